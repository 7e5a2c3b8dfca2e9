import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AlertOnScreen } from '#lib/domain/alert-view.ts';
import type { RunbooksView } from '#lib/domain/runbooks-view.ts';
import { type FakePrometheus, fakePrometheus, success } from '#lib/sources/prometheus/fake.fixture.ts';
import { type ShippedLaunch, shippedLaunch } from './shipped-launch.fixture.ts';
import { viewRunbookText } from './view-runbook-text.ts';
import { viewRunbooks } from './view-runbooks.ts';

const document = 'docs/operations.md';
let launch: ShippedLaunch;
let prometheus: FakePrometheus;
const states: Record<string, 'inactive' | 'pending' | 'firing'> = {
  TreasuryBacklogHigh: 'inactive',
  TreasuryBacklogCritical: 'pending',
  TreasuryExecutionLagHigh: 'firing',
  DiskFull: 'firing',
};

function rules() {
  return Object.entries(states).map(([name, state]) => ({
    type: 'alerting',
    name,
    query: 'up == 0',
    duration: 0,
    labels: { severity: 'critical' },
    annotations: name === 'DiskFull' ? { runbook_url: 'https://example.com/disk' } : {},
    alerts: [],
    health: 'ok',
    state,
    lastEvaluation: new Date().toISOString(),
  }));
}

beforeAll(async () => {
  prometheus = await fakePrometheus((path) =>
    path === 'rules'
      ? success({ groups: [{ name: 'launch', file: 'rules.yml', interval: 15, rules: rules() }] })
      : null,
  );
  launch = await shippedLaunch({ prometheus: prometheus.source.address });
});
afterAll(() => prometheus.stop());

async function view(): Promise<RunbooksView> {
  const seen = await viewRunbooks('the-block', launch.house);
  if (!seen.ok) throw new Error(seen.problem.message);
  return seen.value;
}
const runbookOf = ({ runbooks }: RunbooksView, id: string) => runbooks.find((one) => one.id === id);
const alertsOf = (seen: RunbooksView): Readonly<Record<string, AlertOnScreen['state']>> =>
  Object.fromEntries(
    seen.runbooks.flatMap(({ alerts }) => alerts.map(({ name, state }) => [name, state] as const)),
  );
const read = (runbook: string) =>
  viewRunbookText({ launch: 'the-block', runbook }, new AbortController().signal, launch.house);

test('before anybody looked every runbook and alert is unknown, and says so', async () => {
  const seen = await view();
  expect(seen).toMatchObject({ verdict: 'unknown', title: 'Runbooks: 0 of 4 whole' });
  expect(new Set(Object.values(alertsOf(seen)))).toEqual(new Set(['unknown']));
  expect(runbookOf(seen, 'treasury-stuck')).toMatchObject({
    sentence: 'Not looked at yet.',
    section: null,
  });
});

test('an alert is loaded, pending, firing or missing, as its check’s evidence has it', async () => {
  await launch.look('prometheus');
  const seen = await view();
  expect(alertsOf(seen)).toMatchObject({
    TreasuryBacklogHigh: 'loaded',
    TreasuryBacklogCritical: 'pending',
    TreasuryExecutionLagHigh: 'firing',
    TreasuryExecutorStuck: 'not-loaded',
  });
  expect(seen.sentence).toContain('Firing now: TreasuryExecutionLagHigh.');
  expect(seen.undeclared).toEqual([
    {
      name: 'DiskFull',
      severity: 'critical',
      state: 'firing',
      says: '',
      silentSince: null,
      metric: null,
      item: expect.any(String),
      leadsTo: 'https://example.com/disk',
    },
  ]);
});

test('a section is told by its parts, its commands and its gaps', async () => {
  await launch.commitKit((path, text) =>
    path === document
      ? text
          .replace('## Energy Stalled', '## Energy')
          .replace('- The executor reports an error', '[Explain what people see]\n\n- See [below](#nowhere)')
          .replace('tb-cli gov treasury balance | jq', 'tb-cli gov treasury balance | | jq')
      : text,
  );
  await launch.look('repository');
  const seen = await view();
  const stuck = runbookOf(seen, 'treasury-stuck');
  expect(stuck).toMatchObject({ verdict: 'fail', item: 'runbook-treasury-stuck' });
  const { section } = stuck ?? {};
  expect(section?.parts).toContainEqual({ title: 'Diagnosis', state: 'written' });
  expect(section?.commands).toBe((section?.parsed ?? 0) + 1);
  expect(section?.gaps.map(({ about }) => about).sort()).toEqual(['commands', 'link', 'placeholder']);
  expect(runbookOf(seen, 'energy-stalled')).toMatchObject({ verdict: 'fail', section: null });
  expect(runbookOf(seen, 'settlement-audit')).toMatchObject({ verdict: 'pass', alerts: [] });
  expect(seen.title).toBe('Runbooks: 2 of 4 whole');
  expect(seen.verdict).toBe('fail');
});

test('a section is read as the candidate has it; one that is not there says so', async () => {
  const text = await read('settlement-audit');
  expect(text).toMatchObject({ ok: true, value: { title: 'Settlement Audit', more: 0 } });
  const kinds = text.ok ? new Set(text.value.blocks.map(({ kind }) => kind)) : new Set();
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['code', 'heading', 'list', 'paragraph']));
  expect(await read('energy-stalled')).toMatchObject({
    ok: false,
    problem: { message: expect.stringContaining('it has no heading “Energy Stalled”') },
  });
  expect(await read('nobody')).toMatchObject({ ok: false, problem: { code: 'not-found' } });
});

test('a document that would be slow to read is read aside, and its section shown', async () => {
  await launch.commitKit((path, text) =>
    path === document ? `${text}\n\n${'a line\n'.repeat(3000)}` : text,
  );
  expect(await read('settlement-audit')).toMatchObject({ ok: true, value: { title: 'Settlement Audit' } });
}, 120_000);
