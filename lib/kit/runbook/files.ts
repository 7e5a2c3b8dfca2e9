import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { correctionsOf } from '../header.ts';
import { documentBlocks } from './blocks.ts';
import { markdownOf } from './markdown.ts';

/** A Markdown document for each file that the spec's runbooks stand in. */
export function runbookFiles(spec: Spec): readonly KitFile[] {
  const runbooks = spec.kit?.runbooks ?? [];
  return [...new Set(runbooks.map(({ file }) => file))].map((path) => {
    const titles = runbooks.filter(({ file }) => file === path).map(({ title }) => title);
    return {
      path,
      part: 'runbooks',
      title: titles.length === 1 ? `Runbook ${titles[0]}` : `Runbooks ${titles.join(', ')}`,
      text: markdownOf(documentBlocks(spec, path)),
      executable: false,
      format: 'markdown',
      corrections: correctionsOf(spec, 'runbooks'),
    };
  });
}
