import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { viewCoverage } from './view-coverage.ts';

const specText = (here: string, away: string) => `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
networks: { one: One, two: Two }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  here: { kind: prometheus, address: '${here}', network: one }
  away: { kind: prometheus, address: '${away}', network: two }
metrics:
  node:
    node_height: { type: gauge }
  vault:
    vault_balance: { type: gauge }
alerts:
  NodeStuck: { metric: node_height, severity: critical }
  VaultLow: { metric: vault_balance, severity: critical }
tracks:
  all:
    title: All
    lead: sre
    items:
      node: { title: Node, phase: launch, checks: [{ kind: alert-rule, source: here, alerts: [NodeStuck] }] }
      vault: { title: Vault, phase: launch, checks: [{ kind: alert-rule, source: away, alerts: [VaultLow] }] }
`;

let scratch: ScratchDatabase;
let prometheus: Server;
let house: House;
let loaded = ['NodeStuck'];
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

/** Stands where a Prometheus would that has loaded these alerts, and nothing else. */
function answer(): string {
  const rules = loaded.map((name) => ({
    type: 'alerting',
    name,
    query: 'up == 0',
    duration: 0,
    labels: { severity: 'critical' },
    annotations: {},
    alerts: [],
    health: 'ok',
    state: 'inactive',
    lastEvaluation: new Date().toISOString(),
    evaluationTime: 0,
  }));
  const groups = [{ name: 'launch', file: 'rules.yml', interval: 15, rules }];
  return JSON.stringify({ status: 'success', data: { groups } });
}

beforeAll(async () => {
  scratch = await scratchDatabase();
  prometheus = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(answer());
  });
  await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve));
  const { port } = prometheus.address() as AddressInfo;
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: '/nonexistent',
  };
  const text = specText(`http://127.0.0.1:${port}`, 'http://127.0.0.1:9');
  const adopted = await adoptSpec({ text, name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
});
afterAll(async () => {
  prometheus.close();
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
});

async function alerts(): Promise<Readonly<Record<string, string>>> {
  for (const { key } of await house.db.source.findMany()) await collect(key, house);
  const view = await viewCoverage('test', house);
  if (!view.ok) throw new Error(view.problem.message);
  return Object.fromEntries(view.value.rows.map(({ metric, alert }) => [metric, alert.state]));
}

test('an alert that only a Prometheus which is away may have loaded is unknown, and no hole', async () => {
  expect(await alerts()).toEqual({ node_height: 'there', vault_balance: 'unknown' });
  loaded = [];
  expect(await alerts()).toMatchObject({ node_height: 'hole', vault_balance: 'unknown' });
});
