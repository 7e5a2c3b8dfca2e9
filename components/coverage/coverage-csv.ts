import type { CoverageCell, CoverageView } from '#lib/domain/view.ts';

const heads = [
  'metric',
  'group',
  'type',
  'labels',
  'declared',
  'emitted',
  'panel',
  'alert',
  'runbook',
  'last sample (UTC)',
  'why',
];

/**
 * The matrix as CSV (RFC 4180). A cell that a spreadsheet would take for a formula (it begins with = + - @, a tab or a
 * carriage return) gets an apostrophe before it.
 */
export function coverageCsv(view: CoverageView): string {
  const rows = view.rows.map((row) => [
    row.metric,
    row.group,
    row.type,
    row.labels.join(' '),
    cellWord(row.declared),
    cellWord(row.emitted),
    cellWord(row.panel),
    cellWord(row.alert),
    cellWord(row.runbook),
    row.lastSampleAt ?? '',
    row.why,
  ]);
  return [heads, ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function cellWord(cell: CoverageCell): string {
  const word = cell.state === 'not-required' ? 'not required' : cell.state;
  return cell.silentSince ? `${word}, silent since ${cell.silentSince}` : word;
}

function quoted(text: string): string {
  const safe = /^[=+\-@\t\r\0]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
