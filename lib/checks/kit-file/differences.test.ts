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
