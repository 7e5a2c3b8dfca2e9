import { describe, expect, test } from 'vitest';
import { catalogue } from './mistakes/catalogue.fixture.ts';
import { sound } from './mistakes/sound.fixture.ts';
import { readSpec } from './read.ts';

const mebi = 1024 * 1024;

/** Texts that would cost a careless reader its memory or its stack, and what is said of each. */
const texts: readonly (readonly [name: string, text: string, where: string, message: string])[] = [
  ['10 MB', 'a: b\n'.repeat(2 * mebi), '1:1', 'The text has 10 MiB; a spec has at most 1 MiB.'],
  [
    'a little over 1 MiB',
    `${sound}${'#'.repeat(mebi)}`,
    '1:1',
    'The text has 1 MiB; a spec has at most 1 MiB.',
  ],
  [
    'many bytes in few characters',
    `${sound}# ${'€'.repeat(400_000)}`,
    '1:1',
    'The text has 1.1 MiB; a spec has at most 1 MiB.',
  ],
  ['billion laughs', laughs(20), '6:10', 'Aliases repeat more than 10000 values in all.'],
  [
    'one large value repeated',
    `a: &a [${'x, '.repeat(20_000)}x]\nb: [${'*a, '.repeat(99)}*a]`,
    '2:5',
    'Aliases repeat more than 10000 values in all.',
  ],
  ['very many aliases', `a: &a 1\nb:\n${'  - *a\n'.repeat(100_000)}`, '203:5', 'More than 200 aliases.'],
  [
    'an alias in a sound spec',
    sound
      .replace('{ sre: 1 }', `&s [${'1,'.repeat(10_100)}1]`)
      .replace('ref: main', 'ref: main\n  x: 1')
      .replace('maxAge: 2m', 'maxAge: *s'),
    '71:21',
    'Aliases repeat more than 10000 values in all.',
  ],
  ['lists in lists', '['.repeat(mebi), '1:64', 'Nested more than 64 deep.'],
  ['maps in maps', '{a: '.repeat(mebi / 4), '1:253', 'Nested more than 64 deep.'],
  ['list items in list items', '- '.repeat(mebi / 2), '1:127', 'Nested more than 64 deep.'],
  ['keys in keys', '? '.repeat(mebi / 2), '1:127', 'Nested more than 64 deep.'],
  [
    'ever deeper lines',
    Array.from({ length: 1400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    '64:65',
    'Nested more than 64 deep.',
  ],
  [
    'empty lines',
    '\n'.repeat(mebi - 1),
    '500001:1',
    'The text has more words and signs than any spec needs.',
  ],
  [
    'very many list items',
    '- 1\n'.repeat(mebi / 4),
    '125001:1',
    'The text has more words and signs than any spec needs.',
  ],
  ['commas', `[${','.repeat(mebi - 2)}`, '1:2', 'Nothing stands before this comma.'],
  [
    'escapes that mean nothing',
    `a: "${'\\q'.repeat(500_000)}"`,
    '1:5',
    '`\\q` means nothing inside double quotes.',
  ],
  ['very many tags', '- !a 1\n'.repeat(100_000), '1:3', '`!a` is a YAML tag, and a spec has none.'],
  [
    'a tag of JavaScript',
    'a: !!js/function "process.exit()"',
    '1:4',
    '`!!js/function` is a YAML tag, and a spec has none.',
  ],
  ['very many documents', '---\na: 1\n'.repeat(50_000), '3:1', 'A second YAML document begins here.'],
  [
    'very many directives',
    '%a\n'.repeat(300_000),
    '1:1',
    'A line that begins with % tells YAML how to read; a spec has none.',
  ],
];

describe('attack 16: hostile texts', () => {
  test.each(texts)('%s', (_, text, where, message) => {
    const before = memory();
    const read = readSpec(text, { catalogue, name: 'hostile.yaml' });
    const grown = memory() - before;
    if (read.ok) throw new Error('It was read.');
    const [fault] = read.problem.faults;
    expect(`${fault?.line}:${fault?.column}`).toBe(where);
    expect(fault?.message).toBe(message);
    expect(fault?.remedy).toMatch(/\.$|\?$/);
    expect(grown).toBeLessThan(50 * mebi);
  });

  test('two items with one id are named, with where the first stands', () => {
    const text = sound.replace(
      '      approval:\n',
      '      approval:\n        title: Another\n      approval:\n',
    );
    const read = readSpec(text, { catalogue, name: 'twice.yaml' });
    const said = read.ok ? [] : read.problem.faults.map(({ message }) => message);
    expect(said.join()).toContain('approval');
  });

  test('names of JavaScript itself are names like others, but for the one that cannot be kept', () => {
    for (const key of ['constructor', 'toString', 'hasOwnProperty']) {
      expect(readSpec(sound.replaceAll('vault_balance', key), { catalogue, name: 'odd.yaml' }).ok, key).toBe(
        true,
      );
    }
    const read = readSpec(sound.replaceAll('vault_balance', '__proto__'), { catalogue, name: 'odd.yaml' });
    expect(read.ok ? null : read.problem.faults[0]?.message).toBe('`__proto__` cannot be a key.');
    expect(Object.hasOwn(Object.prototype, 'type')).toBe(false);
  });

  test('a long near-miss costs no more than it is worth', () => {
    const metrics = Array.from(
      { length: 10_000 },
      (_, index) => `    vault_metric_number_${index}: { type: gauge }`,
    ).join('\n');
    const text = sound
      .replace('    vault_balance: { type: gauge }', metrics)
      .replace('metric: vault_lag_seconds', 'metric: vault_metric_numbre_77');
    const read = readSpec(text, { catalogue, name: 'large.yaml' });
    expect(read.ok ? [] : read.problem.faults.map(({ remedy }) => remedy)).toContain(
      'Write `vault_metric_number_77`, if that is meant.',
    );
  });
});

function laughs(depth: number): string {
  const lines = Array.from({ length: depth }, (_, index) => {
    const ten = Array.from({ length: 9 }, () => `*a${index}`).join(', ');
    return `a${index + 1}: &a${index + 1} [${ten}]`;
  });
  return `a0: &a0 ha\n${lines.join('\n')}`;
}

function memory(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
