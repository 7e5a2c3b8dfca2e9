import { type Verdict, worstVerdict } from '#lib/domain/verdict.ts';
import type { CoverageCell, CoverageRow, CoverageView } from '#lib/domain/view.ts';

type Column = 'emitted' | 'panel' | 'alert' | 'runbook';
type State = CoverageCell['state'];

const columns: readonly Column[] = ['emitted', 'panel', 'alert', 'runbook'];
const lacks: Readonly<Record<Column, string>> = {
  emitted: 'not emitted as declared',
  panel: 'not on a panel that is to show it',
  alert: 'without an alert that is to watch it',
  runbook: 'not in a runbook that is to have it',
};

/** Whether a metric has, by evidence, all that the spec asks of it: what is only declared is not there. */
export function isWhole(row: Pick<CoverageRow, Column>): boolean {
  return row.emitted.state === 'there' && columns.every((one) => settled(row[one].state));
}

function settled(state: State): boolean {
  return state === 'there' || state === 'not-required';
}

/** Why a metric is not whole, the cells in their order; empty where it is. */
export function whyNotWhole(row: Pick<CoverageRow, Column>): string {
  return columns
    .flatMap((one) => (settled(row[one].state) ? [] : [row[one].note]))
    .filter((note) => note !== null)
    .join(' ');
}

/** What the matrix comes to: the count, the truncated percentage, and a sentence that says what is lacking. */
export function summarise(
  rows: readonly CoverageRow[],
): Pick<CoverageView, 'title' | 'sentence' | 'verdict' | 'whole' | 'total' | 'percent'> {
  const total = rows.length;
  const whole = rows.filter((row) => row.whole).length;
  const holed = rows.filter((row) => has(row, 'hole'));
  const rest = rows.filter((row) => !row.whole && !has(row, 'hole'));
  const dark = rest.filter((row) => has(row, 'unknown')).length;
  const declared = rest.length - dark;
  const percent = total === 0 ? 0 : Math.trunc((100 * whole) / total);
  const verdicts: Verdict[] = [
    ...(holed.length > 0 ? ['fail' as const] : []),
    ...(rest.length > 0 ? ['unknown' as const] : []),
  ];
  const told = [
    ...(dark > 0 ? [`${dark} cannot be told.`] : []),
    ...(declared > 0
      ? [`${declared} ${declared === 1 ? 'is' : 'are'} partly declared and not looked at.`]
      : []),
  ];
  return {
    title: `Metric coverage: ${whole} of ${total}`,
    sentence:
      total === 0
        ? 'The spec declares no metric: an empty list is not coverage.'
        : [
            `${percent} % of the metrics have everything that the spec asks of them.`,
            ...holes(holed),
            ...told,
          ].join(' '),
    verdict: total === 0 ? 'unknown' : (worstVerdict(verdicts) ?? 'pass'),
    whole,
    total,
    percent,
  };
}

function holes(holed: readonly CoverageRow[]): readonly string[] {
  if (holed.length === 0) return [];
  const parts = columns.flatMap((one) => {
    const count = holed.filter((row) => row[one].state === 'hole').length;
    return count === 0 ? [] : [`${count} ${count === 1 ? 'is' : 'are'} ${lacks[one]}`];
  });
  return [`${holed.length} ${holed.length === 1 ? 'has' : 'have'} a hole: ${parts.join(', ')}.`];
}

function has(row: CoverageRow, state: State): boolean {
  return columns.some((one) => row[one].state === state);
}
