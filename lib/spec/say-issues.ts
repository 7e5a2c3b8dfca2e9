import type { z } from 'zod';
import type { Faults } from './faults.ts';
import { meant } from './faults.ts';
import { addIt, found, typeName, words } from './issue-words.ts';
import { nearest } from './nearest.ts';
import { keysOf, saidOf, schemaAt } from './schema-walk.ts';
import { nodeAt, type Path, type SpecNode } from './tree.ts';

type Issue = z.core.$ZodIssue;

/** What was parsed: where it stands in the document, and by which schema. */
export interface Parsed {
  readonly root: SpecNode;
  readonly base: Path;
  readonly schema: z.core.$ZodType;
}

/** Says what a schema found wrong, each thing at its place, with what to write instead. */
export function sayIssues(faults: Faults, parsed: Parsed, issues: readonly Issue[]): void {
  for (const issue of issues) sayIssue(faults, parsed, issue, []);
}

function sayIssue(faults: Faults, parsed: Parsed, issue: Issue, above: readonly PropertyKey[]): void {
  const below = [...above, ...issue.path];
  const path: Path = [
    ...parsed.base,
    ...below.map((part) => (typeof part === 'number' ? part : String(part))),
  ];
  const node = nodeAt(parsed.root, path);
  const schema = schemaAt(parsed.schema, below);
  const own = issue.code === 'custom' && issue.params?.scalar !== true;
  if (node === null && below.length > 0 && !own) {
    const last = String(below.at(-1));
    faults.add(path, `\`${last}\` is missing.`, addIt(last, schema), 'key');
    return;
  }
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) sayUnknownKey(faults, [...path, key], schema);
  } else if (issue.code === 'invalid_union') {
    sayUnion(faults, parsed, issue, { below, path, node, schema });
  } else if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    for (const inner of issue.issues) sayIssue(faults, parsed, inner, below);
  } else {
    const { message, remedy } = words(issue, node, schema, path);
    faults.add(path, message, remedy);
  }
}

/** Says of a key that nobody knows it, and which was probably meant. */
export function sayUnknownKey(faults: Faults, path: Path, schema: z.core.$ZodType | null): void {
  const title = schema === null ? undefined : saidOf(schema).title;
  sayKeyNotOf(faults, path, title ?? null, new Set(schema === null ? [] : (keysOf(schema) ?? [])));
}

/** Says of a key that it is none of those that something has. */
export function sayKeyNotOf(
  faults: Faults,
  path: Path,
  title: string | null,
  keys: ReadonlySet<string>,
): void {
  const article = title?.endsWith('s') ? '' : /^`?[aeiou]/.test(title ?? '') ? 'an ' : 'a ';
  const where = title === null ? 'here' : `in ${article}${title}`;
  const key = String(path.at(-1));
  const near = nearest(key, keys);
  if (near !== null) faults.excuse([...path.slice(0, -1), near]);
  faults.add(path, `\`${key}\` is not known ${where}.`, meant(key, keys), 'key');
}

interface At {
  readonly below: readonly PropertyKey[];
  readonly path: Path;
  readonly node: SpecNode | null;
  readonly schema: z.core.$ZodType | null;
}

/** The branch that went furthest is the one that was meant. */
function sayUnion(faults: Faults, parsed: Parsed, issue: z.core.$ZodIssueInvalidUnion, at: At): void {
  const deep = issue.errors.filter((issues) =>
    issues.every(({ path, code }) => path.length > 0 || code === 'custom'),
  );
  const best = deep.toSorted((a, b) => a.length - b.length)[0];
  if (best !== undefined) {
    for (const inner of best) sayIssue(faults, parsed, inner, at.below);
    return;
  }
  const values = issue.errors.flat().flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : []));
  const wanted = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === 'invalid_type' ? [typeName(inner.expected)] : []));
  const any = [...new Set([...values.map((value) => `\`${String(value)}\``), ...wanted])];
  const remedy = any.length > 0 ? `Write ${any.join(' or ')}.` : 'See the guide to the format.';
  faults.add(at.path, `${found(at.node)} is not what can stand here.`, remedy);
}
