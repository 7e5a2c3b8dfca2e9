import { expect, test } from 'vitest';
import { differences } from './differences.ts';

const between = (format: 'yaml' | 'markdown' | 'grafana-dashboard', kit: string, there: string) => {
  const read = differences({ format, text: kit }, there);
  if (!read.ok) throw new Error(read.fault);
  return read.value;
};

test('a step more does not shift the others: they are known by what they use', () => {
  const steps = (list: string) => `steps:\n${list}`;
  const kit = steps('  - uses: checkout@1\n    with: 1\n  - uses: cache@1\n    with: 2\n');
  const there = steps(
    '  - uses: setup@1\n  - uses: checkout@1\n    with: 1\n  - uses: cache@1\n    with: 2\n',
  );
  expect(between('yaml', kit, there)).toEqual([
    { of: 'value', at: 'steps › “setup@1” › uses', kit: null, repository: 'setup@1' },
  ]);
});

test('a shorter fence inside a longer one ends nothing, and a heading in it is none', () => {
  const text = '# T\n\n## A\n\n````bash\n```\n## no heading\n````\n\nend\n';
  expect(between('markdown', text, text.replace('## no heading', '# no heading'))).toMatchObject([
    { at: 'A › line 7', kit: expect.stringContaining('## no heading') },
  ]);
});

test('a dashboard that another version of Grafana saved says the same', () => {
  const panel = { title: 'a', pluginVersion: '12.0.2', gridPos: { x: 0 } };
  const kit = JSON.stringify({ version: 1, panels: [panel] });
  const there = JSON.stringify({
    version: 7,
    panels: [{ ...panel, pluginVersion: '13.1.0', gridPos: { x: 6 } }],
  });
  expect(between('grafana-dashboard', kit, there)).toEqual([]);
});

test.each([
  [
    'yaml',
    Array.from({ length: 30_000 }, (_, n) => `k${n}: ${n}`).join('\n'),
    'YAML of more than 20000 parts',
  ],
  ['yaml', `[${'1,'.repeat(30_000)}1]`, 'YAML of more than 20000 parts'],
  [
    'grafana-dashboard',
    JSON.stringify(Array.from({ length: 100_001 }, (_, n) => n)),
    'more than 100000 values',
  ],
] as const)('%s with more than is read in a second is left, and says so', (format, text, words) => {
  const kit = format === 'yaml' ? 'a: 1' : '{ "a": 1 }';
  expect(differences({ format, text: kit }, text)).toEqual({
    ok: false,
    isOverLimit: true,
    fault: expect.stringContaining(words),
  });
});
