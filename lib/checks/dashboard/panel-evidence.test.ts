import { expect, test } from 'vitest';
import type { MetricPlace } from '#lib/domain/coverage.ts';
import { changed, type Dashboard, judgeFile, judgeText, type Panel } from '../dashboard-file.fixture.ts';
import { absentAt, fileAt } from '../file.fixture.ts';
import { panelSeen } from './panel-evidence.ts';

const lag: MetricPlace = {
  id: 'treasury',
  title: 'Execution Lag (p95)',
  name: 'panel “Execution Lag (p95)” of Treasury',
  file: 'monitoring/grafana_treasury_dashboard.json',
  as: ['treasury_disbursement_lag_seconds_bucket'],
};

/** What a check of the kit's own file says of the panel, once a test changed it. */
function seen(change: (panel: Panel, all: Dashboard) => void, place = lag) {
  return panelSeen(judgeText('treasury', changed('treasury', lag.title, change)), place);
}

test('a panel as the spec has it is there', () => {
  expect(seen(() => {})).toEqual({ kind: 'there', note: null });
});

test('one that is gone is missing, at the commit that was read', () => {
  const gone = seen((panel, all) => {
    all.panels = all.panels.filter((one) => one !== panel);
  });
  expect(gone).toEqual({
    kind: 'missing',
    why: expect.stringMatching(
      /^Panel “Execution Lag \(p95\)” of Treasury at [0-9a-f]{12}: it is not there\.$/,
    ),
  });
});

test('one whose queries read something else, or are all hidden, does not show the metric', () => {
  const other = seen(({ targets: [target] }) => {
    if (target) target.expr = 'sum(treasury_balance)';
  });
  expect(other).toMatchObject({ kind: 'missing', why: expect.stringContaining('it does not read') });
  const hidden = seen(({ targets }) => {
    for (const target of targets) target.hide = true;
  });
  expect(hidden).toMatchObject({ kind: 'missing', why: expect.stringContaining('hidden') });
});

test('one whose query does not parse is missing, with the reason', () => {
  const broken = seen(({ targets: [target] }) => {
    if (target) target.expr = 'sum(treasury_disbursement_lag_seconds_bucket';
  });
  expect(broken).toMatchObject({ kind: 'missing', why: expect.stringContaining('does not parse') });
});

test('one that draws another bound is there, and says so', () => {
  const moved = seen(({ fieldConfig }) => {
    for (const step of fieldConfig.defaults.thresholds.steps) if (step.value === 300) step.value = 400;
  });
  expect(moved).toMatchObject({ kind: 'there', note: expect.stringContaining('400') });
});

test('one that asks for the recording rule of its threshold is there', () => {
  const recorded = seen(({ targets: [target] }) => {
    if (target) target.expr = 'treasury:disbursement_lag_seconds:p95';
  });
  expect(recorded).toEqual({ kind: 'there', note: null });
});

test('a library panel’s content is in Grafana: nobody can say', () => {
  const library = seen((panel, { panels }) => {
    const reference = { title: panel.title, libraryPanel: { uid: 'x', name: 'Lag' } };
    panels[panels.indexOf(panel)] = reference as unknown as Panel;
  });
  expect(library).toMatchObject({ kind: 'dark', why: expect.stringContaining('library panel') });
});

test('a metric that is chosen by a pattern is not taken for there where the file asks otherwise', () => {
  const byPattern = { ...lag, as: [] };
  const ask = (expr: string) => (panel: Panel) => {
    for (const target of panel.targets) target.expr = expr;
  };
  const asSpec = seen(() => {}, byPattern);
  expect(asSpec).toEqual({ kind: 'there', note: null });
  const otherwise = ask('max(treasury_disbursement_lag_seconds_bucket)');
  expect(seen(otherwise, byPattern)).toMatchObject({ kind: 'dark' });
  expect(seen(otherwise)).toEqual({ kind: 'there', note: null });
});

test('a file that is not there holds no panel; one that cannot be read may hold it', () => {
  expect(panelSeen(judgeFile('treasury', absentAt('d.json')), lag)).toMatchObject({
    kind: 'missing',
    why: expect.stringContaining('d.json'),
  });
  const large = fileAt('d.json', null, { whyNoText: 'too-large' });
  expect(panelSeen(judgeFile('treasury', large), lag)).toMatchObject({ kind: 'dark' });
});
