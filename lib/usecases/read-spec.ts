import { parsePromql } from '#lib/checks/promql/parse.ts';
import { checkKinds } from '#lib/checks/registry.ts';
import type { Result } from '#lib/domain/problem.ts';
import { readSpec as read, type SpecRead } from '#lib/spec/read.ts';
import { kitOf } from './kit-of.ts';

/** Reads a spec's text with every kind of check there is. `name` is what messages call it: a file's name. */
export function readSpec(text: string, name: string): Result<SpecRead> {
  return read(text, { catalogue: checkKinds, name, promqlFault, kitFiles: kitOf });
}

function promqlFault(expr: string): string | null {
  const parse = parsePromql(expr);
  return parse.ok ? null : parse.message;
}
