import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CoverageCell } from '#lib/domain/view.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import {
  removeFolders,
  repository,
  type TestRepository,
} from '#lib/sources/repository/repository.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { launchKit } from './launch-kit.ts';
import { pinCandidate } from './pin-candidate.ts';
import { viewCoverage } from './view-coverage.ts';

const text = readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8');
const energy = 'monitoring/grafana_energy_dashboard.json';
const runbooks = 'docs/operations.md';
let scratch: ScratchDatabase;
let house: House;
let there: TestRepository;
const cacheDir = mkdtempSync(join(tmpdir(), 'coverage-test-'));
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = { db: openDatabase(scratch.appUrl), outgoing, seal: testSeal, now: Date.now, cacheDir };
  there = repository();
  there.write('README.md', 'The node.\n');
  there.commit();
  const addresses = { repository: there.path, prometheus: 'http://127.0.0.1:1', node: 'http://127.0.0.1:1' };
  // Nobody looks for one of the runbooks.
  const unlooked = text.replace(
    'runbook: receipts-flatlining',
    'path: docs/other.md\n            section: Other',
  );
  const adopted = await adoptSpec({ text: unlooked, name: 'the-block.yaml', addresses }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  removeFolders();
  rmSync(cacheDir, { recursive: true, force: true });
});

async function cells(column: 'panel' | 'runbook'): Promise<Readonly<Record<string, CoverageCell>>> {
  const view = await viewCoverage('the-block', house);
  if (!view.ok) throw new Error(view.problem.message);
  return Object.fromEntries(view.value.rows.map((row) => [row.metric, row[column]]));
}

async function look(): Promise<void> {
  await pinCandidate('the-block', {}, house);
  for (const { key, kind } of await house.db.source.findMany()) {
    if (kind === 'repository') await collect(key, house);
  }
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
  const kit = await launchKit('the-block', house);
  if (!kit.ok) throw new Error(kit.problem.message);
  for (const { path, text: content } of kit.value.files) {
    if (path === energy) {
      const dashboard = JSON.parse(content) as { panels: { title: string }[] };
      const panels = dashboard.panels.filter(({ title }) => title !== 'Signature Failures');
      there.write(path, JSON.stringify({ ...dashboard, panels }));
    } else if (path === runbooks) there.write(path, content.replace('## Energy Stalled', '## Energy'));
    else there.write(path, content);
  }
  there.commit();
  await look();
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
  rmSync(there.path, { recursive: true, force: true });
  for (const { key, kind } of await house.db.source.findMany()) {
    if (kind === 'repository') await collect(key, house);
  }
  const late = { ...house, now: () => Date.now() + 11 * 60_000 };
  const view = await viewCoverage('the-block', late);
  const states = view.ok ? view.value.rows.flatMap(({ panel, runbook }) => [panel.state, runbook.state]) : [];
  expect([...new Set(states)].sort()).toEqual(['declared', 'not-required', 'unknown']);
});
