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

const minute = 60_000;

const specText = (address: string) => `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
defaults: { every: 30s, maxAge: 5m }
networks: { testnet: Testnet }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { node: { kind: endpoint, address: '${address}', network: testnet } }
tracks:
  all:
    title: All
    lead: sre
    items:
      mode: { title: Mode, phase: launch, checks: [{ kind: endpoint, path: /, assert: [{ at: /mode, equals: on }, { at: /height, atLeast: 1, reading: true }] }] }
      whole: { title: All of it, phase: launch, checks: [{ kind: items, items: [mode] }] }
      said: { title: Said, phase: launch, checks: [{ kind: attestation, role: sre, statement: It holds }] }
`;

let scratch: ScratchDatabase;
let node: Server;
let house: House;
let key: string;
let mode = 'on';
let height = 0;
let nowMs = Date.parse('2026-11-25T08:00:00.000Z');
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

beforeAll(async () => {
  scratch = await scratchDatabase();
  node = createServer((_, response) => {
    height += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ mode, height }));
  });
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const { port } = node.address() as AddressInfo;
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: () => nowMs,
    cacheDir: '/nonexistent',
  };
  const adopted = await adoptSpec({ text: specText(`http://127.0.0.1:${port}`), name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
  key = (await house.db.launchSource.findFirstOrThrow()).sourceKey;
  await cycles(2);
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  node.close();
});

/** So many cycles, a minute apart. */
async function cycles(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    nowMs += minute;
    await collect(key, house);
  }
}

async function kept() {
  const { db } = house;
  return {
    evidence: await db.evidence.count(),
    changes: await db.standingChange.count(),
    answers: await db.answer.count(),
    entries: await db.ledgerEntry.count(),
    burnup: await db.burnup.count(),
  };
}

const newest = (itemId: string) =>
  house.db.evidence.findFirstOrThrow({ where: { itemId }, orderBy: { id: 'desc' } });

test('time alone adds no row, however much the readings move; a fact adds its own and no more', async () => {
  const before = await kept();
  await cycles(15);
  expect(await kept()).toEqual(before);
  mode = 'off';
  await cycles(2);
  const turned = await kept();
  expect(turned.evidence).toBe(before.evidence + 2);
  expect(turned.changes).toBe(before.changes + 2);
  expect(turned.answers).toBe(before.answers + 1);
  await cycles(15);
  expect(await kept()).toEqual(turned);
  mode = 'on';
  await cycles(1);
  const back = await kept();
  await cycles(15);
  expect(await kept()).toEqual(back);
});

test('evidence of what rests on other items is seen as long as the fold comes to the same', async () => {
  await cycles(1);
  const before = await newest('whole');
  const entries = await house.db.ledgerEntry.count();
  await cycles(3);
  for (const item of ['mode', 'whole', 'said'])
    expect((await newest(item)).lastSeenAt).toEqual(new Date(nowMs));
  expect(await newest('whole')).toMatchObject({ id: before.id, seen: before.seen + 3 });
  expect(await house.db.ledgerEntry.count()).toBe(entries);
});

test('while nobody folds nothing is seen: an outage of our own parts the rows of every check', async () => {
  await cycles(1);
  const items = ['mode', 'whole', 'said'];
  const before = await Promise.all(items.map(newest));
  const lastMs = nowMs;
  nowMs += 30 * minute;
  await cycles(1);
  for (const [index, item] of items.entries()) {
    const row = await newest(item);
    expect(row).toMatchObject({ digest: before[index]?.digest, firstSeenAt: new Date(nowMs) });
    const old = await house.db.evidence.findUniqueOrThrow({ where: { id: before[index]?.id ?? 0n } });
    expect(old.lastSeenAt).toEqual(new Date(lastMs));
  }
});
