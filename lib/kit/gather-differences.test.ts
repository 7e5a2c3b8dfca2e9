import { expect, test } from 'vitest';
import { gatherDifferences } from './gather-differences.ts';

const missing = (at: string) => ({ at, kit: 'x', repository: null });

test('a part that is gone is told once, with the count of its values', () => {
  const panel = ['title', 'type', 'unit', 'options › a'].map((key) => missing(`panels › “Lag” › ${key}`));
  expect(gatherDifferences([...panel, missing('panels › “Balance” › unit')])).toEqual([
    { at: 'panels › “Lag”', kit: '4 values', repository: null },
    missing('panels › “Balance” › unit'),
  ]);
});

test('changed values are each told, however many there are', () => {
  const changed = [1, 2, 3, 4, 5].map((step) => ({
    at: `panels › “Lag” › steps › ${step}`,
    kit: '300',
    repository: '600',
  }));
  expect(gatherDifferences(changed)).toEqual(changed);
});

test('what the kit lacks and what the repository lacks of one part stay apart', () => {
  const extra = [1, 2, 3, 4].map((n) => ({ at: `jobs › lint › ${n}`, kit: null, repository: 'y' }));
  const gone = [1, 2, 3, 4].map((n) => missing(`jobs › lint › ${n}`));
  expect(gatherDifferences([...extra, ...gone])).toEqual([
    { at: 'jobs › lint', kit: null, repository: '4 values' },
    { at: 'jobs › lint', kit: '4 values', repository: null },
  ]);
});
