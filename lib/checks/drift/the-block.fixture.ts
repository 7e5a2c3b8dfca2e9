import { readFileSync } from 'node:fs';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { kitFiles } from '#lib/kit/kit.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';

/** The files that The Block's spec yields, of one format. */
export function filesOfTheBlock(format: KitFile['format']): readonly KitFile[] {
  const path = new URL('../../../launches/the-block.yaml', import.meta.url);
  const read = readSpec(readFileSync(path, 'utf8'), 'the-block.yaml');
  if (!read.ok) throw new Error(read.problem.message);
  return kitFiles(read.value.spec).filter((file) => file.format === format);
}
