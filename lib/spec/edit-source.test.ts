import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { unseenCharacter } from './characters.ts';
import { addSource, editSource, type SourceChange, writtenSource } from './edit-source.ts';

const block = `# A launch.
sources:
  # What the node says.
  node:
    kind: endpoint   # JSON
    title: "The node"
    address: http://127.0.0.1:8545
    every: 10s # a block
    # Nothing more is known of it.

  grafana: { kind: grafana, title: 'Graf''s', address: 'http://127.0.0.1:3000' } # live
# What there is to do.
tracks: {}
`;
const node = (lines: string) => `sources:\n  node:\n${lines}`;

/** Lines that are only in the one, and lines that are only in the other. */
function difference(before: string, after: string | null): readonly [readonly string[], readonly string[]] {
  const [old, now] = [before.split('\n'), (after ?? '').split('\n')];
  return [old.filter((line) => !now.includes(line)), now.filter((line) => !old.includes(line))];
}

test.each<[string, string, SourceChange, string[], string[]]>([
  [
    'a quoted text',
    'node',
    { title: 'A "new" one' },
    ['    title: "The node"'],
    ['    title: "A \\"new\\" one"'],
  ],
  [
    'a value before a comment',
    'node',
    { every: '1m' },
    ['    every: 10s # a block'],
    ['    every: 1m # a block'],
  ],
  ['a key that is new', 'node', { timeout: '5s' }, [], ['    timeout: 5s']],
  ['a key that goes', 'node', { every: null }, ['    every: 10s # a block'], []],
  [
    'a key that goes and one that comes',
    'node',
    { every: null, network: 'main' },
    ['    every: 10s # a block'],
    ['    network: main'],
  ],
  [
    'a value in braces',
    'grafana',
    { title: "O'Hara" },
    ["  grafana: { kind: grafana, title: 'Graf''s', address: 'http://127.0.0.1:3000' } # live"],
    ["  grafana: { kind: grafana, title: 'O''Hara', address: 'http://127.0.0.1:3000' } # live"],
  ],
  [
    'a key in braces that goes, and two that come',
    'grafana',
    { title: null, every: '20s', timeout: '3s' },
    ["  grafana: { kind: grafana, title: 'Graf''s', address: 'http://127.0.0.1:3000' } # live"],
    ["  grafana: { kind: grafana, address: 'http://127.0.0.1:3000', every: 20s, timeout: 3s } # live"],
  ],
])('%s: that alone changes', (_what, id, change, gone, come) => {
  expect(difference(block, editSource(block, id, change))).toEqual([gone, come]);
});

test('a text that would be a number, a word of YAML’s or a comment is put in quotes', () => {
  for (const title of ['2026', 'null', 'yes # no', '- a', '{x}', 'a: b', '&a', '1e3', 'true', "it's", '@x']) {
    const after = editSource(block, 'node', { network: title });
    expect(parse(after ?? '').sources.node.network, title).toBe(title);
  }
});

test('any text on one line comes back as it was typed, in every layout', () => {
  const line = fc
    .string({ unit: 'grapheme', maxLength: 40 })
    .filter((text) => !/[\t\r\n]/.test(text) && unseenCharacter(text) === null && text.trim() !== '');
  fc.assert(
    fc.property(line, fc.constantFrom('node', 'grafana'), (title, id) => {
      const after = editSource(block, id, { title, network: title });
      const { sources } = parse(after ?? '');
      expect(sources[id]).toMatchObject({ title, network: title });
      const other = id === 'node' ? 'grafana' : 'node';
      expect(sources[other]).toEqual(parse(block).sources[other]);
    }),
  );
});

test('line ends and a byte order mark stay what they are', () => {
  const windows = `\ufeff${block.replaceAll('\n', '\r\n')}`;
  const after = editSource(windows, 'node', { timeout: '5s' });
  expect(after).toBe(
    `\ufeff${(editSource(block, 'node', { timeout: '5s' }) ?? '').replaceAll('\n', '\r\n')}`,
  );
});

test('a text over several lines is replaced as a whole', () => {
  const folded = node('    kind: endpoint\n    title: >-\n      The\n      node\n    address: http://a\n');
  expect(editSource(folded, 'node', { title: 'It' })).toBe(
    node('    kind: endpoint\n    title: It\n    address: http://a\n'),
  );
});

test('what stands for another by its name is not changed', () => {
  const alias = 'sources:\n  a: &a { kind: endpoint, address: http://a }\n  b: *a\n';
  expect(editSource(alias, 'b', { title: 'B' })).toBeNull();
  expect(editSource(alias, 'c', { title: 'C' })).toBeNull();
  const titled = 'x: &t It\nsources:\n  a: { kind: endpoint, title: *t, address: http://a }\n';
  expect(editSource(titled, 'a', { title: 'B' })).toBeNull();
});

const added = {
  id: 'more',
  kind: 'prometheus',
  title: 'More of it',
  network: null,
  address: 'http://127.0.0.1:9091',
} as const;
const flow = 'more: { kind: prometheus, title: More of it, address: http://127.0.0.1:9091 }';

test.each([
  ['behind one in braces', block, [`  ${flow}`]],
  [
    'behind one in lines',
    node('    kind: endpoint\n    address: http://a # here\n'),
    ['  more:', '    kind: prometheus', '    title: More of it', '    address: http://127.0.0.1:9091'],
  ],
  [
    'at the end of a text without a line end',
    node('    kind: endpoint\n    address: http://a'),
    ['  more:', '    kind: prometheus', '    title: More of it', '    address: http://127.0.0.1:9091'],
  ],
  [
    'behind one with a text over lines',
    node('    kind: endpoint\n    title: |\n      It\ntracks: {}\n'),
    ['  more:', '    kind: prometheus', '    title: More of it', '    address: http://127.0.0.1:9091'],
  ],
  [
    'where there was none',
    'a: 1\ntracks: {}\n',
    [
      'sources:',
      '  more:',
      '    kind: prometheus',
      '    title: More of it',
      '    address: http://127.0.0.1:9091',
      '',
    ],
  ],
])('a source is added %s', (_what, text, lines) => {
  const after = addSource(text, added)?.text ?? null;
  const [gone, come] = difference(text, after);
  expect([gone, come]).toEqual([[], lines.filter((line) => !text.split('\n').includes(line))]);
  expect(parse(after ?? '')).toEqual({
    ...parse(text),
    sources: {
      ...parse(text).sources,
      more: { kind: 'prometheus', title: 'More of it', address: added.address },
    },
  });
});

test.each([
  'sources: {}\ntracks: {}\n',
  'sources: { a: { kind: endpoint, address: http://a } }\n',
  '{"sources": {"a": {"kind": "endpoint", "address": "http://a"}}}',
])('a source is added inside braces: %s', (text) => {
  expect(parse(addSource(text, added)?.text ?? '').sources).toMatchObject({
    ...parse(text).sources,
    more: { kind: 'prometheus' },
  });
});

test('checks that are given say which source they read, and no other', () => {
  const text = `sources: { a: { kind: prometheus, address: http://a } }
tracks:
  t:
    items:
      one: { checks: [{ kind: metric, metric: x }, { kind: metric, source: a, metric: y }] }
      two:
        checks:
          - kind: query
            expr: up
          - kind: file
`;
  const check = (item: string, index: number) => ({ track: 't', item, index, source: 'a' });
  const after = addSource(text, added, [check('one', 0), check('one', 1), check('two', 0)]);
  expect(after?.named.map(({ item, index }) => `${item} ${index}`)).toEqual(['one 0', 'two 0']);
  expect(parse(after?.text ?? '').tracks.t.items).toEqual({
    one: {
      checks: [
        { kind: 'metric', source: 'a', metric: 'x' },
        { kind: 'metric', source: 'a', metric: 'y' },
      ],
    },
    two: { checks: [{ kind: 'query', source: 'a', expr: 'up' }, { kind: 'file' }] },
  });
  expect(addSource(text, added, [check('nothing', 0)])).toBeNull();
});

test('a source is found where it stands', () => {
  expect(writtenSource(block, 'node')).toEqual({
    line: 4,
    text: block.split('\n').slice(3, 8).join('\n'),
    values: { title: 'The node', network: null, every: '10s', timeout: null },
  });
  expect(writtenSource(block, 'grafana')).toMatchObject({ line: 11, values: { title: "Graf's" } });
  expect(writtenSource(block, 'other')).toBeNull();
});

test('of the shipped spec each source is changed on its own line, and the rest stays byte for byte', () => {
  const text = readFileSync('launches/the-block.yaml', 'utf8');
  for (const id of Object.keys(parse(text).sources)) {
    const after = editSource(text, id, { every: '33s', title: 'Another' });
    const [old, now] = [text.split('\n'), (after ?? '').split('\n')];
    expect(now).toHaveLength(old.length);
    const come = now.filter((line, n) => line !== old[n]).map((line) => line.trim());
    expect(come).toEqual(['title: Another', 'every: 33s']);
  }
});
