import { expect, test } from 'vitest';
import type { CoverageCell, CoverageRow } from '#lib/domain/view.ts';
import { isWhole, summarise, whyNotWhole } from './coverage-summary.ts';

const cell = (state: CoverageCell['state'], note: string | null = null): CoverageCell => ({
  state,
  note,
  silentSince: null,
});
const free = cell('not-required', 'Nothing is asked.');

function cells(part: Partial<Record<'emitted' | 'panel' | 'alert' | 'runbook', CoverageCell>>) {
  return { emitted: cell('there'), panel: free, alert: free, runbook: free, ...part };
}

function row(part: Parameters<typeof cells>[0]): CoverageRow {
  const all = cells(part);
  return { ...all, whole: isWhole(all) } as CoverageRow;
}

test('what is only declared is not whole, and neither is what nobody asked for at all', () => {
  expect(isWhole(cells({}))).toBe(true);
  expect(isWhole(cells({ panel: cell('there'), runbook: cell('there', 'It has a gap.') }))).toBe(true);
  for (const state of ['hole', 'unknown', 'declared'] as const) {
    expect(isWhole(cells({ runbook: cell(state) })), state).toBe(false);
    expect(isWhole(cells({ panel: cell(state) })), state).toBe(false);
  }
  expect(isWhole(cells({ emitted: free }))).toBe(false);
});

test('why a metric is not whole leaves out what is there', () => {
  const noted = cell('there', 'It draws another bound.');
  expect(whyNotWhole(cells({ panel: noted }))).toBe('');
  expect(
    whyNotWhole(cells({ panel: cell('hole', 'Gone.'), alert: noted, runbook: cell('unknown', 'Dark.') })),
  ).toBe('Gone. Dark.');
});

test('the sentence names what is lacking, and truncates', () => {
  const rows = [
    ...Array.from({ length: 4 }, () => row({})),
    row({ emitted: cell('hole'), panel: cell('hole') }),
    row({ panel: cell('hole'), runbook: cell('declared') }),
    row({ runbook: cell('unknown') }),
    row({ panel: cell('declared') }),
  ];
  expect(summarise(rows)).toMatchObject({
    title: 'Metric coverage: 4 of 8',
    percent: 50,
    verdict: 'fail',
    sentence:
      '50 % of the metrics have everything that the spec asks of them. 2 have a hole: 1 is not emitted as declared, ' +
      '2 are not on a panel that is to show it. 1 cannot be told. 1 is partly declared and not looked at.',
  });
});

test('without a hole what cannot be told or is only declared is unknown, and never a pass', () => {
  expect(summarise([row({}), row({ panel: cell('declared') })])).toMatchObject({
    verdict: 'unknown',
    percent: 50,
  });
  expect(summarise([row({})])).toMatchObject({ verdict: 'pass', percent: 100 });
  expect(summarise([])).toMatchObject({ verdict: 'unknown', percent: 0 });
});
