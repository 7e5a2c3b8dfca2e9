import { rmSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { CoverageCell } from '#lib/domain/view.ts';
import { type ShippedLaunch, shipped, shippedLaunch } from './shipped-launch.fixture.ts';
import { viewCoverage } from './view-coverage.ts';

const energy = 'monitoring/grafana_energy_dashboard.json';
const runbooks = 'docs/operations.md';
let launch: ShippedLaunch;

beforeAll(async () => {
  // Nobody looks for one of the runbooks.
  const text = shipped.replace(
    'runbook: receipts-flatlining',
    'path: docs/other.md\n            section: Other',
  );
  launch = await shippedLaunch({ text });
});

async function cells(column: 'panel' | 'runbook'): Promise<Readonly<Record<string, CoverageCell>>> {
  const view = await viewCoverage('the-block', launch.house);
  if (!view.ok) throw new Error(view.problem.message);
  return Object.fromEntries(view.value.rows.map((row) => [row.metric, row[column]]));
}

test('nothing is a tick before anybody looked', async () => {
  for (const column of ['panel', 'runbook'] as const) {
    const states = new Set(Object.values(await cells(column)).map(({ state }) => state));
    expect([...states].sort(), column).toEqual(
      column === 'panel' ? ['not-required', 'unknown'] : ['declared', 'not-required', 'unknown'],
    );
  }
});

test('panels and sections are held against the files at the candidate', async () => {
  await launch.commitKit((path, content) => {
    if (path === runbooks) return content.replace('## Energy Stalled', '## Energy');
    if (path !== energy) return content;
    const dashboard = JSON.parse(content) as { panels: { title: string }[] };
    const panels = dashboard.panels.filter(({ title }) => title !== 'Signature Failures');
    return JSON.stringify({ ...dashboard, panels });
  });
  await launch.look('repository');
  const panel = await cells('panel');
  expect(panel.oracle_latency_seconds).toEqual({ state: 'there', note: null, silentSince: null });
  expect(panel.energy_signature_verification_failures_total).toMatchObject({
    state: 'hole',
    note: expect.stringMatching(/^Panel “Signature Failures” of Energy at [0-9a-f]{12}: it is not there/),
  });
  expect(panel.energy_treasury_fee_total?.state).toBe('not-required');
  const runbook = await cells('runbook');
  expect(runbook.treasury_disbursement_backlog?.state).toBe('there');
  expect(runbook.oracle_latency_seconds).toMatchObject({
    state: 'hole',
    note: expect.stringContaining('it has no heading “Energy Stalled”'),
  });
  expect(runbook.receipt_emitted_total).toMatchObject({
    state: 'declared',
    note: 'No check looks whether the runbook “Receipts Flatlining” is in docs/operations.md.',
  });
});

test('a repository that is gone makes both unknown, and neither a hole', async () => {
  rmSync(launch.there.path, { recursive: true, force: true });
  await launch.look('repository');
  const late = { ...launch.house, now: () => Date.now() + 11 * 60_000 };
  const view = await viewCoverage('the-block', late);
  const states = view.ok ? view.value.rows.flatMap(({ panel, runbook }) => [panel.state, runbook.state]) : [];
  expect([...new Set(states)].sort()).toEqual(['declared', 'not-required', 'unknown']);
});
