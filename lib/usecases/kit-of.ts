import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { kitFiles } from '#lib/kit/kit.ts';

/** The kit is a function of the spec, and a spec never changes. */
const kits = new WeakMap<Spec, readonly KitFile[]>();

/** The files that a spec yields, made once. */
export function kitOf(spec: Spec): readonly KitFile[] {
  const files = kits.get(spec) ?? kitFiles(spec);
  kits.set(spec, files);
  return files;
}
