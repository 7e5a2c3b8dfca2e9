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

const launches = 23;
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
let scratch: ScratchDatabase;
let house: House;
let node: Server;
let asked = 0;
let status = 200;

const specOf = (n: number, address: string) => `format: big-green/v1
launch: { id: shared-${n}, title: Shared ${n}, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { node: { kind: endpoint, address: '${address}' } }
tracks:
  node:
    title: Node
    lead: sre
    items:
      health:
        title: Node is well
        phase: launch
        checks: [{ kind: endpoint, path: /health, assert: [{ at: /ok, equals: true }] }]
`;

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: '/nonexistent',
  };
  node = createServer((_, response) => {
    asked += 1;
    response.statusCode = status;
    response.setHeader('content-type', 'application/json');
    response.end('{"ok":true}');
  });
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(node.address() as AddressInfo).port}`;
  for (let n = 0; n < launches; n += 1) {
    const adopted = await adoptSpec({ text: specOf(n, address), name: 'shared.yaml' }, house);
    if (!adopted.ok) throw new Error(adopted.problem.message);
  }
});
afterAll(async () => {
  node.close();
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
});

async function cycle() {
  const { sourceKey } = await house.db.launchSource.findFirstOrThrow();
  const before = await house.db.ledgerHead.findFirstOrThrow();
  const collected = await collect(sourceKey, house);
  const told = await house.db.ledgerEntry.findMany({
    where: { seq: { gte: before.size } },
    select: { type: true, launchId: true },
  });
  return { collected, told };
}

test('launches on one source are settled in parts, each told once what the source did', async () => {
  const all = Array.from({ length: launches }, (_, n) => `shared-${n}`).sort();
  const of = (told: readonly { type: string; launchId: string | null }[], type: string) =>
    told.flatMap((one) => (one.type === type ? (one.launchId ?? '') : [])).sort();

  const first = await cycle();
  expect({ requests: asked, news: [...(first.collected?.news ?? [])].sort() }).toEqual({
    requests: 1,
    news: all,
  });

  expect((await cycle()).told).toEqual([]);

  status = 503;
  const dark = await cycle();
  expect(of(dark.told, 'source.silent')).toEqual(all);
  expect((await cycle()).told).toEqual([]);

  status = 401;
  expect(of((await cycle()).told, 'source.nonsense')).toEqual(all);

  status = 200;
  expect(of((await cycle()).told, 'source.answered')).toEqual(all);
  const source = await house.db.source.findFirstOrThrow();
  expect(Number(source.requests)).toBe(asked);
});
