import { expect, test } from 'vitest';
import type { CoverageRow, CoverageView } from '#lib/domain/view.ts';
import { coverageCsv } from './coverage-csv.ts';
import { columnCount, groupRows } from './group-rows.ts';

const there = { state: 'there', note: null, silentSince: null } as const;
const hole = { state: 'hole', note: 'gone', silentSince: null } as const;
const free = { state: 'not-required', note: null, silentSince: null } as const;

function row(metric: string, part: Partial<CoverageRow>): CoverageRow {
  return {
    metric,
    group: 'Treasury',
    type: 'gauge',
    labels: ['status'],
    declared: there,
    emitted: there,
    alert: free,
    why: '',
    whole: true,
    line: [],
    lastSampleAt: null,
    item: null,
    query: metric,
    ...part,
  };
}

const rows = [
  row('a_total', {}),
  row('b_total', { emitted: hole, whole: false, why: '=HYPERLINK("http://x"), "quoted"' }),
  row('c_total', { group: 'Energy', alert: there, why: '-1 of 3' }),
];

test('cells that begin a formula are made harmless, and quotes are doubled', () => {
  const lines = coverageCsv({ rows } as unknown as CoverageView).split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[2]).toBe(
    'b_total,Treasury,gauge,status,there,hole,not required,,"\'=HYPERLINK(""http://x""), ""quoted"""',
  );
  expect(lines[3]).toContain('"\'-1 of 3"');
});

test('groups count all of theirs, whatever is shown', () => {
  expect(groupRows(rows, 'hole', '').map(({ title, whole, total }) => [title, whole, total])).toEqual([
    ['Treasury', 1, 2],
  ]);
  expect(groupRows(rows, 'all', 'ENERGY')).toEqual([]);
  expect(groupRows(rows, 'all', 'c_').map(({ title }) => title)).toEqual(['Energy']);
});

test('a column counts only what is asked, and truncates', () => {
  expect(columnCount(rows, 'emitted')).toBe('2 of 3, 66 %');
  expect(columnCount(rows, 'alert')).toBe('1 of 1, 100 %');
});
