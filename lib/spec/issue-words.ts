import type { z } from 'zod';
import { meant } from './faults.ts';
import { saidOf } from './schema-walk.ts';
import type { Path, SpecNode } from './tree.ts';

type Issue = z.core.$ZodIssue;

export interface Words {
  readonly message: string;
  readonly remedy: string | null;
}

/** What is wrong with a value, and what to write instead, from what its schema found. */
export function words(
  issue: Issue,
  node: SpecNode | null,
  schema: z.core.$ZodType | null,
  path: Path,
): Words {
  const key = nameOf(path);
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
      return issue.origin === 'string'
        ? { message: `${key} is empty.`, remedy: likeThis(schema) }
        : outside('least', Number(issue.minimum), issue.inclusive !== false, node, key);
    case 'too_big':
      return issue.origin === 'string'
        ? { message: `${key} has more than ${issue.maximum} characters.`, remedy: 'Shorten it.' }
        : outside('most', Number(issue.maximum), issue.inclusive !== false, node, key);
    default: {
      const own = /^Invalid/.test(issue.message)
        ? `${found(node)} is not right here.`
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
  if (node?.kind !== 'scalar') {
    const message = `${key} wants ${typeName(expected)}, and this is ${found(node)}.`;
    const items = expected === 'array' ? 'Begin each entry with `- `, on a line of its own.' : null;
    return { message, remedy: items ?? likeThis(schema) ?? `Write ${typeName(expected)}.` };
  }
  if (node.value === null) return { message: `${key} is empty.`, remedy: whenEmpty(expected, schema) };
  const number = Number(node.value);
  const is =
    expected === 'int' && typeof node.value === 'number'
      ? 'is not whole'
      : `is ${typeof node.value === 'boolean' ? 'a truth value' : typeName(typeof node.value)}`;
  const message = `${key} wants ${typeName(expected)}, and ${found(node)} ${is}.`;
  if (expected === 'string') return { message, remedy: `Put it in quotes: \`"${node.source}"\`.` };
  if (expected === 'array') return { message, remedy: `Write \`[${node.source}]\` for a list of one.` };
  const unquoted =
    ['number', 'int'].includes(expected) && typeof node.value === 'string' && Number.isFinite(number);
  if (unquoted && node.value.trim() !== '') return { message, remedy: `Write \`${number}\` without quotes.` };
  const begins = /^-?[0-9]+(\.[0-9]+)?(?=[^0-9.])/.exec(node.source)?.[0];
  const plain =
    begins === undefined ? `Write ${typeName(expected)}.` : `Write the number alone: \`${begins}\`.`;
  return {
    message,
    remedy: ['number', 'int', 'boolean'].includes(expected) ? plain : (likeThis(schema) ?? plain),
  };
}

function wrongValue(values: readonly string[], node: SpecNode | null, key: string): Words {
  const [only] = values;
  if (values.length === 1)
    return { message: `${key} cannot be ${found(node)}.`, remedy: `Write \`${only}\`.` };
  const written = node?.kind === 'scalar' ? String(node.value) : '';
  return { message: `${key} cannot be ${found(node)}.`, remedy: meant(written, new Set(values)) };
}

function outside(
  end: 'least' | 'most',
  limit: number,
  inclusive: boolean,
  node: SpecNode | null,
  key: string,
): Words {
  const size = node?.kind === 'list' ? node.nodes.length : node?.kind === 'map' ? node.entries.size : null;
  if (size === 0 && end === 'least') return { message: `${key} is empty.`, remedy: 'Name at least one.' };
  const bound = inclusive ? `at ${end} ${limit}` : `${end === 'least' ? 'more' : 'less'} than ${limit}`;
  const said = size === null ? found(node) : `${size} entries`;
  return { message: `${key} is out of range: ${said}.`, remedy: `Write ${bound}.` };
}

/** What a sentence calls the value at a path. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  const holder = path.findLast((part) => typeof part === 'string');
  return typeof last === 'number' ? `An entry of \`${holder}\`` : `\`${last ?? 'This'}\``;
}

function whenEmpty(expected: string, schema: z.core.$ZodType | null): string | null {
  if (expected !== 'object' && expected !== 'record') return likeThis(schema);
  return 'Write `{}` if there is nothing to say of it, else its keys on indented lines below.';
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
  if (example !== undefined) return `Write for example \`${inline(example)}\`.`;
  return description === undefined ? null : `Wanted: ${decapitalise(description)}`;
}

/** An example as YAML on one line. */
function inline(example: unknown): string {
  if (typeof example !== 'object' || example === null) return String(example);
  if (Array.isArray(example)) return `[${example.map(inline).join(', ')}]`;
  return `{ ${Object.entries(example)
    .map(([key, value]) => `${key}: ${inline(value)}`)
    .join(', ')} }`;
}

function decapitalise(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** Kinds' own words begin small and end without a full stop; ours do not. */
export function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?”]$/.test(begun) ? begun : `${begun}.`;
}

/** What a schema's type is called. */
export function typeName(expected: string): string {
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

/** What stands at a node, for a sentence. */
export function found(node: SpecNode | null): string {
  if (node === null) return 'nothing';
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map';
  if (node.value === null) return 'nothing';
  const text = node.source.length > 60 ? `${node.source.slice(0, 59)}…` : node.source;
  return `\`${text}\``;
}
