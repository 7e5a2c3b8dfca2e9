import { expect, test } from 'vitest';
import type { CoverageRow, CoverageView } from '#lib/domain/view.ts';
import { coverageCsv } from './coverage-csv.ts';
import { columnCount, groupRows } from './group-rows.ts';

const there = { state: 'there', note: null, silentSince: null } as const;
const hole = { state: 'hole', note: 'gone', silentSince: null } as const;
const declared = { state: 'declared', note: 'No check looks.', silentSince: null } as const;
const free = { state: 'not-required', note: null, silentSince: null } as const;

function row(metric: string, part: Partial<CoverageRow>): CoverageRow {
  return {
    metric,
    group: 'Treasury',
    type: 'gauge',
    labels: ['status'],
    declared: there,
    emitted: there,
    panel: free,
    alert: free,
    runbook: free,
    places: [],
    why: '',
    whole: true,
    line: [],
    lastSampleAt: null,
    item: null,
    alerts: [],
    query: metric,
    ...part,
  };
}

const rows = [
  row('a_total', {}),
  row('b_total', { emitted: hole, runbook: declared, whole: false, why: '=HYPERLINK("http://x"), "quoted"' }),
  row('c_total', { group: 'Energy', alert: there, runbook: there, why: '-1 of 3' }),
];

test('cells that begin a formula are made harmless, and quotes are doubled', () => {
  const lines = coverageCsv({ rows } as unknown as CoverageView).split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[2]).toBe(
    'b_total,Treasury,gauge,status,there,hole,not required,not required,declared,,"\'=HYPERLINK(""http://x""), ""quoted"""',
  );
  expect(lines[3]).toContain('"\'-1 of 3"');
});

test('groups count all of theirs, whatever is shown', () => {
  expect(groupRows(rows, 'hole', '').map(({ title, whole, total }) => [title, whole, total])).toEqual([
    ['Treasury', 1, 2],
  ]);
  expect(groupRows(rows, 'open', ''), 'what has a hole is not merely open').toEqual([]);
  const open = row('d_total', { panel: declared, whole: false });
  expect(groupRows([...rows, open], 'open', '').flatMap((group) => group.rows)).toEqual([open]);
  expect(groupRows(rows, 'all', 'ENERGY')).toEqual([]);
  expect(groupRows(rows, 'all', 'c_').map(({ title }) => title)).toEqual(['Energy']);
});

test('a column counts only what is asked, and truncates', () => {
  expect(columnCount(rows, 'emitted')).toBe('2 of 3, 66 %');
  expect(columnCount(rows, 'alert')).toBe('1 of 1, 100 %');
  expect(columnCount(rows, 'panel')).toBe('not asked');
  expect(columnCount(rows, 'runbook'), 'what is only declared is not there').toBe('1 of 2, 50 %');
});
