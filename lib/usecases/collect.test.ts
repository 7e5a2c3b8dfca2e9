import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Exposition, startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import type { BoardView, ItemRow } from '#lib/domain/view.ts';
import { openDatabase } from '#lib/server/database.ts';
import { environment } from '#lib/server/env.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { requestCheck } from './request-check.ts';
import { viewBoard } from './view-board.ts';
import { viewCoverage } from './view-coverage.ts';
import { viewItem } from './view-item.ts';

const binary = await findPrometheus(environment().prometheusBin);
const minute = 60_000;

const specText = (prometheus: string, endpoint: string, title = 'Test') => `
format: big-green/v1
launch: { id: test, title: ${title}, target: { at: 2030-12-01T14:00:00Z } }
defaults: { every: 2s, maxAge: 2m, freshWithin: 30s }
networks: { testnet: Testnet }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  prometheus: { kind: prometheus, address: '${prometheus}', network: testnet }
  node: { kind: endpoint, address: '${endpoint}', network: testnet }
metrics:
  treasury:
    treasury_balance: { type: gauge }
tracks:
  treasury:
    title: Treasury
    lead: sre
    items:
      balance: { title: Balance emitted, phase: launch, checks: [{ kind: metric, metric: treasury_balance }] }
      whole: { title: All of it, phase: launch, checks: [{ kind: items, items: [balance] }] }
`;

describe.skipIf(binary === null && !environment().ci)('a launch over a real Prometheus', () => {
  let scratch: ScratchDatabase;
  let prometheus: RunningPrometheus;
  let node: Exposition;
  let house: House;
  let clockMs = 0;
  const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

  beforeAll(async () => {
    scratch = await scratchDatabase();
    node = await startExposition('# TYPE treasury_balance gauge\ntreasury_balance 42\n');
    prometheus = await startPrometheus({
      binary: binary ?? 'prometheus',
      targets: [{ job: 'node', addresses: [node.address] }],
    });
    const db = openDatabase(scratch.appUrl);
    house = { db, outgoing, seal: testSeal, now: () => Date.now() + clockMs, cacheDir: '/nonexistent' };
  });
  afterAll(async () => {
    await prometheus.stop();
    await node.stop();
    await house.db.$disconnect();
    await outgoing.close();
    await scratch.drop();
  });

  const key = async () => {
    const link = await house.db.launchSource.findFirstOrThrow({
      where: { launchId: 'test', sourceId: 'prometheus' },
    });
    return link.sourceKey;
  };
  const cycle = async () => collect(await key(), house);
  const board = async (): Promise<BoardView> => {
    const view = await viewBoard('test', house);
    if (!view.ok) throw new Error(view.problem.message);
    return view.value;
  };
  const row = async (id: string): Promise<ItemRow> => {
    const found = (await board()).tracks.flatMap(({ items }) => items).find((item) => item.id === id);
    if (!found) throw new Error(`no item ${id}`);
    return found;
  };
  /** Cycles until an item has a state, as a worker would; scrapes come once a second. */
  const until = async (state: ItemRow['state']) => {
    for (let n = 0; n < 30; n++) {
      await cycle();
      if ((await row('balance')).state === state) return;
      await sleep(500);
    }
    throw new Error(`never ${state}: ${JSON.stringify(await row('balance'))}`);
  };
  const eventTypes = async () =>
    (await house.db.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })).map(({ type }) => type);

  test('is adopted, collected, and comes to ready', async () => {
    const adopted = await adoptSpec({ text: specText(prometheus.url, node.url), name: 'test.yaml' }, house);
    expect(adopted).toMatchObject({ ok: true, value: { launch: 'test', created: true } });
    expect((await board()).readiness.kind).toBe('cannot-tell');
    expect((await board()).collecting).toEqual({ done: 1, total: 2 });
    await until('ready');
    expect(await row('whole')).toMatchObject({ state: 'ready' });
    expect((await board()).readiness).toMatchObject({ kind: 'ready-for-review', ready: 2, blockers: 2 });
    expect(await eventTypes()).toEqual(
      expect.arrayContaining(['launch.created', 'spec.adopted', 'source.added', 'evidence.recorded']),
    );
  });

  test('seeing the same again appends nothing, extends one evidence row, and raises no version', async () => {
    await cycle();
    const size = await house.db.ledgerEntry.count();
    const rows = await house.db.evidence.count({ where: { itemId: 'balance' } });
    const { version } = (await board()).launch;
    for (let n = 0; n < 3; n++) expect(await cycle()).toMatchObject({ news: [] });
    expect(await house.db.ledgerEntry.count()).toBe(size);
    expect(await house.db.evidence.count({ where: { itemId: 'balance' } })).toBe(rows);
    const newest = await house.db.evidence.findFirstOrThrow({
      where: { itemId: 'balance' },
      orderBy: { id: 'desc' },
    });
    expect(newest.seen).toBeGreaterThan(3);
    expect((await board()).launch.version).toBe(version);
  });

  test('a metric that is gone fails once confirmed, and its item and what rests on it with it', async () => {
    node.set('# TYPE other gauge\nother 1\n');
    await until('fail');
    expect(await row('whole')).toMatchObject({ state: 'fail' });
    expect((await board()).readiness.kind).toBe('not-ready');
    expect(await eventTypes()).toContain('evidence.regressed');
    const coverage = await viewCoverage('test', house);
    expect(coverage).toMatchObject({ ok: true, value: { whole: 0, total: 1, percent: 0, verdict: 'fail' } });
    node.set('# TYPE treasury_balance gauge\ntreasury_balance 43\n');
    await until('ready');
    expect(await eventTypes()).toContain('evidence.recovered');
  });

  test('a Prometheus that stops is silent, then unknown with its last good answer, and never red', async () => {
    const { port } = prometheus;
    await prometheus.stop();
    await cycle();
    const silent = await row('balance');
    expect(silent).toMatchObject({ state: 'ready', silentSince: expect.any(String) });
    clockMs += 2 * minute + 1000;
    await cycle();
    expect(await row('balance')).toMatchObject({ state: 'unknown' });
    expect((await row('balance')).fact).toEqual({
      lead: expect.stringMatching(/^Silent since \d\d:\d\d UTC\.$/),
      rest: expect.stringMatching(/^Last good: /),
    });
    expect(await row('whole')).toMatchObject({ state: 'unknown' });
    expect((await board()).readiness.kind).toBe('cannot-tell');
    expect(await eventTypes()).toContain('source.silent');
    clockMs = 0;
    prometheus = await startPrometheus({
      binary: binary ?? 'prometheus',
      targets: [{ job: 'node', addresses: [node.address] }],
      port,
    });
    await until('ready');
    expect(await eventTypes()).toContain('source.answered');
  });

  test('nobody looks for longer than maxAge: stale by the clock alone, and the gap stays in the history', async () => {
    await cycle();
    clockMs += 5 * minute;
    expect(await row('balance')).toMatchObject({ state: 'stale' });
    expect((await board()).readiness.kind).toBe('cannot-tell');
    clockMs = 0;
    await house.db.$executeRaw`
      UPDATE standing SET standing = jsonb_set(jsonb_set(standing, '{triedAt}', to_jsonb('2026-01-01T00:00:00.000Z'::text)),
        '{observedAt}', to_jsonb('2026-01-01T00:00:00.000Z'::text)) WHERE item_id = 'balance'`;
    await cycle();
    for (const id of ['balance', 'whole']) {
      const item = await viewItem('test', id, house);
      if (!item.ok) throw new Error(item.problem.message);
      const verdicts = item.value.checks[0]?.history.map(({ verdict }) => verdict) ?? [];
      expect([id, ...verdicts.slice(-3)]).toEqual([id, 'pass', 'stale', 'pass']);
    }
    expect(await eventTypes()).toContain('evidence.gap');
  });

  test('adopting a changed spec forgets nothing that did not change, and says what stands', async () => {
    await until('ready');
    const text = specText(prometheus.url, node.url, 'Renamed');
    const adopted = await adoptSpec({ text, name: 'test.yaml' }, house);
    expect(adopted).toMatchObject({ ok: true, value: { created: false } });
    expect((await board()).launch.title).toBe('Renamed');
    expect(await row('balance')).toMatchObject({ state: 'ready' });
  });

  test('a spec that is wrong changes nothing and says where', async () => {
    const before = await house.db.ledgerEntry.count();
    const text = specText(prometheus.url, node.url).replace('kind: metric,', 'kind: metrc,');
    const refused = await adoptSpec({ text, name: 'test.yaml' }, house);
    expect(refused).toMatchObject({
      ok: false,
      problem: { faults: [expect.objectContaining({ line: expect.any(Number) })] },
    });
    expect(await house.db.ledgerEntry.count()).toBe(before);
  });

  test('checking again now queues the sources of its scope, and refuses what is not there', async () => {
    expect(await requestCheck('test', { item: 'balance' }, house)).toEqual({
      ok: true,
      value: { requested: 1 },
    });
    expect(await requestCheck('test', { item: 'nope' }, house)).toMatchObject({ ok: false });
    expect(await requestCheck('nope', {}, house)).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    });
    const jobs = await house.db.$queryRaw<{ key: string }[]>`SELECT key FROM graphile_worker.jobs`;
    expect(jobs.map((job) => job.key)).toContain(`collect:${await key()}`);
  });
});
