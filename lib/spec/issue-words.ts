import type { z } from 'zod';
import type { Faults } from './faults.ts';
import { meant } from './faults.ts';
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
    const { message, remedy } = words(issue, node, schema, String(below.at(-1) ?? 'this'));
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
  const where = title === null ? 'here' : `in ${/^`?[aeiou]/.test(title) ? 'an' : 'a'} ${title}`;
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

interface Words {
  readonly message: string;
  readonly remedy: string | null;
}

function words(issue: Issue, node: SpecNode | null, schema: z.core.$ZodType | null, key: string): Words {
  switch (issue.code) {
    case 'custom': {
      const remedy: unknown = issue.params?.remedy;
      return {
        message: sentence(issue.message),
        remedy: typeof remedy === 'string' ? remedy : likeThis(schema),
      };
    }
    case 'invalid_type':
      return wrongType(issue.expected, node, schema, key);
    case 'invalid_value':
      return wrongValue(issue.values.map(String), node, key);
    case 'too_small':
      return outside(issue.origin, Number(issue.minimum), issue.inclusive !== false, 'least', node, key);
    case 'too_big':
      return outside(issue.origin, Number(issue.maximum), issue.inclusive !== false, 'most', node, key);
    default: {
      const own = /^Invalid/.test(issue.message)
        ? `${found(node)} is not right for \`${key}\`.`
        : sentence(issue.message);
      return { message: own, remedy: likeThis(schema) };
    }
  }
}

function wrongType(
  expected: string,
  node: SpecNode | null,
  schema: z.core.$ZodType | null,
  key: string,
): Words {
  const message = `\`${key}\` wants ${typeName(expected)}; ${found(node)} is none.`;
  if (expected === 'string' && node?.kind === 'scalar' && node.value !== null) {
    return { message, remedy: `Put it in quotes: \`"${node.source}"\`.` };
  }
  if (node?.kind === 'scalar' && node.value === null)
    return { message: `\`${key}\` is empty.`, remedy: likeThis(schema) };
  if (expected === 'array' && node !== null)
    return { message, remedy: 'Begin each entry with `- `, on a line of its own.' };
  if (
    ['number', 'int'].includes(expected) &&
    node?.kind === 'scalar' &&
    Number.isFinite(Number(node.value || Number.NaN))
  ) {
    const whole = expected === 'int' && !Number.isInteger(Number(node.value));
    return {
      message,
      remedy: whole ? 'Write a whole number.' : `Write \`${String(node.value)}\` without quotes.`,
    };
  }
  return { message, remedy: likeThis(schema) ?? `Write ${typeName(expected)}.` };
}

function wrongValue(values: readonly string[], node: SpecNode | null, key: string): Words {
  const [only] = values;
  if (values.length === 1)
    return { message: `\`${key}\` cannot be ${found(node)}.`, remedy: `Write \`${only}\`.` };
  const written = node?.kind === 'scalar' ? String(node.value) : '';
  return { message: `\`${key}\` cannot be ${found(node)}.`, remedy: meant(written, new Set(values)) };
}

function outside(
  origin: string,
  limit: number,
  inclusive: boolean,
  end: 'least' | 'most',
  node: SpecNode | null,
  key: string,
): Words {
  const size = node?.kind === 'list' ? node.nodes.length : node?.kind === 'map' ? node.entries.size : null;
  if (origin === 'string') {
    if (end === 'least')
      return { message: `\`${key}\` is empty.`, remedy: 'Write something, or remove the key.' };
    return { message: `\`${key}\` has more than ${limit} characters.`, remedy: 'Shorten it.' };
  }
  if (size === 0 && end === 'least') return { message: `\`${key}\` is empty.`, remedy: 'Name at least one.' };
  const bound = inclusive ? `at ${end} ${limit}` : `${end === 'least' ? 'more' : 'less'} than ${limit}`;
  const said = size === null ? found(node) : `${size} entries`;
  return { message: `\`${key}\` is out of range: ${said}.`, remedy: `Write ${bound}.` };
}

/** How to add a key that is missing. */
export function addIt(key: string, schema: z.core.$ZodType | null): string {
  const said = schema === null ? {} : saidOf(schema);
  const [example] = said.examples ?? [];
  const like = typeof example === 'string' ? `\`${key}: ${example}\`` : `\`${key}\``;
  return said.description === undefined ? `Add ${like}.` : `Add ${like}: ${decapitalise(said.description)}`;
}

function likeThis(schema: z.core.$ZodType | null): string | null {
  if (schema === null) return null;
  const { description, examples } = saidOf(schema);
  const [example] = examples ?? [];
  if (typeof example === 'string') return `Write for example \`${example}\`.`;
  return description ?? null;
}

function decapitalise(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Kinds' own words begin small and end without a full stop; ours do not. */
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?”]$/.test(begun) ? begun : `${begun}.`;
}

function typeName(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: '`true` or `false`',
    object: 'a map of keys',
    record: 'a map of keys',
    array: 'a list',
  };
  return names[expected] ?? expected;
}

function found(node: SpecNode | null): string {
  if (node === null) return 'nothing';
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map';
  if (node.value === null) return 'nothing';
  const text = node.source.length > 60 ? `${node.source.slice(0, 59)}…` : node.source;
  return `\`${text}\``;
}
