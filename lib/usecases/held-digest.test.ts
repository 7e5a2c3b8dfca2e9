import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { heldDigest } from './held-digest.ts';

const specText = (address: string) => `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
defaults: { every: 30s, maxAge: 5m }
networks: { testnet: Testnet }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { watch: { kind: prometheus, address: '${address}', network: testnet } }
metrics: { delay: { lag: { type: gauge, help: Lag } } }
alerts: { Slow: { metric: lag, severity: warning } }
tracks:
  all:
    title: All
    lead: sre
    items:
      loaded: { title: Loaded, phase: launch, checks: [{ kind: alert-rule }] }
`;

let scratch: ScratchDatabase;
let prometheus: Server;
let house: House;
let key: string;
let nowMs = Date.parse('2026-11-25T08:00:00.000Z');
let query = 'lag > 300';
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

/** One rule that was just evaluated, at whatever time it is. */
function rules() {
  const at = new Date(nowMs).toISOString();
  const rule = { type: 'alerting', name: 'Slow', query, duration: 300, labels: { severity: 'warning' } };
  const state = { annotations: {}, state: 'inactive', health: 'ok', lastEvaluation: at, alerts: [] };
  return {
    status: 'success',
    data: { groups: [{ name: 'g', file: 'a.yml', interval: 60, rules: [{ ...rule, ...state }] }] },
  };
}

beforeAll(async () => {
  scratch = await scratchDatabase();
  prometheus = createServer((_, response) => {
    response.setHeader('date', new Date(nowMs).toUTCString());
    response.setHeader('content-type', 'application/json').end(JSON.stringify(rules()));
  });
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  const { port } = prometheus.address() as AddressInfo;
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: () => nowMs,
    cacheDir: '/nonexistent',
  };
  const adopted = await adoptSpec({ text: specText(`http://127.0.0.1:${port}`), name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(JSON.stringify(adopted.problem));
  key = (await house.db.launchSource.findFirstOrThrow()).sourceKey;
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  prometheus.close();
});

async function cycle() {
  nowMs += 60_000;
  await collect(key, house);
  const rows = await house.db.evidence.findMany({ orderBy: { id: 'asc' } });
  const { boardVersion } = await house.db.launch.findUniqueOrThrow({ where: { id: 'test' } });
  return { rows, entries: await house.db.ledgerEntry.count(), version: Number(boardVersion) };
}

test('what Prometheus evaluates anew is the same evidence; another rule begins a new row of the same digest', async () => {
  await cycle();
  const before = await cycle();
  expect(before.rows.map(({ verdict, seen }) => [verdict, seen])).toEqual([['pass', 2]]);
  query = 'lag > 600';
  const { rows, entries, version } = await cycle();
  expect(rows.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  expect(rows[1]?.digest).toBe(rows[0]?.digest);
  expect(JSON.stringify(rows[1]?.observation)).toContain('lag > 600');
  // No verdict and no deciding field changed: nothing is news to the ledger, but screens that show it look again.
  expect(version).toBe(before.version + 1);
  expect(entries).toBe(before.entries);
  const after = await cycle();
  expect([after.rows.length, after.version]).toEqual([2, version]);
});

test('another run of a workflow is another holding; how long one has been under way is not', () => {
  const run = (id: string, more: Partial<CiRun> = {}): CiRun => ({
    ...{ id, number: `#${id}`, attempt: 1, event: 'push', branch: 'main', phase: 'finished' as const },
    ...{ conclusion: 'success' as const, startedAt: null, finishedAt: null, tookMs: 1, href: null, jobs: [] },
    ...more,
  });
  const digest = (...runs: CiRun[]) => {
    const commits = [{ commit: 'a', subject: 'A', committedAt: null, runs }];
    const value: CiRunsSeen = {
      vendor: 'github',
      commit: 'a',
      workflow: null,
      commits,
      file: null,
      elsewhere: null,
    };
    const question = { ask: 'ci-runs', source: 'github', workflow: 'gate.yml', commits: 1 } as const;
    return heldDigest([{ question, observedAt: '', tookMs: 1, answers: [], outcome: { ok: true, value } }]);
  };
  expect(digest(run('1', { tookMs: 2 }))).toBe(digest(run('1')));
  expect(digest(run('2'), run('1'))).not.toBe(digest(run('1')));
  expect(digest(run('1', { attempt: 2 }))).not.toBe(digest(run('1')));
});
