import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { githubHook, hookSpec, startVendor } from './receive-hook.fixture.ts';
import { receiveHook } from './receive-hook.ts';
import { setSourceHook } from './source-hook.ts';
import { setSourceToken } from './source-token.ts';
import { testSource } from './test-source.ts';
import { viewSources } from './view-sources.ts';

const hourMs = 3_600_000;

let scratch: ScratchDatabase;
let vendor: Server;
let asked = 0;
/** What the vendor says of its limit. */
let answer: { readonly status: number; readonly headers: Record<string, string> } = {
  status: 429,
  headers: { 'retry-after': '3600' },
};
let clockMs = 0;
let key = '';
let secret = '';
let houses: House[] = [];

/** A process of its own over the same database: nothing in memory of what a source asked for. */
function openHouse(): House {
  const now = () => Date.now() + clockMs;
  const house = {
    db: openDatabase(scratch.appUrl),
    outgoing: createOutgoing({ allow: ['127.0.0.0/8'], now }),
    seal: testSeal,
    now,
    cacheDir: '/nonexistent',
  };
  houses = [...houses, house];
  return house;
}
const job = async (house: House) => {
  const rows = await house.db.$queryRaw<{ at: Date }[]>`
    SELECT run_at AS at FROM graphile_worker.jobs WHERE key = ${`collect:${key}`}`;
  return rows.map(({ at }) => at.getTime());
};
const quiet = async (house: House) =>
  (await house.db.source.findUniqueOrThrow({ where: { key } })).quietUntil?.getTime() ?? 0;

beforeAll(async () => {
  scratch = await scratchDatabase();
  const started = await startVendor((request, response) => {
    if (!request.url?.includes('/api/v3/')) return response.writeHead(404).end('{}');
    asked += 1;
    return response
      .writeHead(answer.status, { ...answer.headers, 'content-type': 'application/json' })
      .end('{}');
  });
  vendor = started.server;
  const house = openHouse();
  const adopted = await adoptSpec({ text: hookSpec(started.address), name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(JSON.stringify(adopted.problem));
  key = (await house.db.launchSource.findFirstOrThrow({ where: { sourceId: 'github' } })).sourceKey;
  await house.db.candidate.create({
    data: {
      launchId: 'test',
      ref: 'main',
      commit: 'a'.repeat(40),
      digests: {},
      pinnedAt: new Date(),
      actor: 'local',
    },
  });
  const set = await setSourceHook(key, house);
  if (!set.ok) throw new Error(set.problem.message);
  secret = set.value.secret;
  await collect(key, house);
});
afterAll(async () => {
  for (const { db, outgoing } of houses) {
    await db.$disconnect();
    await (outgoing as ReturnType<typeof createOutgoing>).close();
  }
  await scratch.drop();
  vendor.close();
});

test('a webhook during a source’s limit asks nothing before the time it named, also after a restart', async () => {
  const [house] = houses as [House];
  expect(asked).toBe(1);
  const untilMs = await quiet(house);
  expect(untilMs).toBeGreaterThan(Date.now() + hourMs - 60_000);
  for (const at of [house, openHouse()]) {
    expect(
      await receiveHook(key, githubHook(secret, JSON.stringify({ at: Math.random() })), at),
    ).toMatchObject({
      ok: true,
    });
    expect((await job(at))[0]).toBeLessThan(untilMs);
    expect(await collect(key, at)).toMatchObject({ requests: 0 });
    expect(await job(at)).toEqual([untilMs]);
  }
  expect(asked).toBe(1);
  const tested = await testSource(key, openHouse());
  expect(tested.ok && tested.value.parts.at(-1)).toMatchObject({ state: 'not-tried' });
  expect(asked).toBe(1);
});

test('who is left alone because they asked for it is silent, and not forgotten', async () => {
  const [house] = houses as [House];
  clockMs = hourMs - 60_000;
  const view = await viewSources(house);
  const sources = view.ok ? view.value.sources : [];
  expect(sources.find((one) => one.key === key)?.health).toBe('silent');
  clockMs = 0;
});

test('another token is not bound by that, and the same one is, whichever source has it', async () => {
  const house = openHouse();
  await setSourceToken(key, 'first-token', house);
  await collect(key, house);
  expect(asked).toBe(2);
  const text = hookSpec(`http://127.0.0.1:${(vendor.address() as { port: number }).port}`)
    .replace('id: test', 'id: other')
    .replace('owner/repo', 'owner/other');
  await adoptSpec({ text, name: 'other.yaml' }, house);
  await house.db.candidate.create({
    data: {
      launchId: 'other',
      ref: 'main',
      commit: 'b'.repeat(40),
      digests: {},
      pinnedAt: new Date(),
      actor: 'local',
    },
  });
  const other = await house.db.launchSource.findFirstOrThrow({
    where: { launchId: 'other', sourceId: 'github' },
  });
  await setSourceToken(other.sourceKey, 'first-token', house);
  expect(await collect(other.sourceKey, openHouse())).toMatchObject({ requests: 0 });
  expect(asked).toBe(2);
  await setSourceToken(other.sourceKey, 'second-token', house);
  expect(await collect(other.sourceKey, openHouse())).toMatchObject({ requests: 1 });
  expect(asked).toBe(3);
});

test('once the time has come it is asked again', async () => {
  clockMs = hourMs + 5_000;
  const before = asked;
  await collect(key, openHouse());
  expect(asked).toBe(before + 1);
  clockMs = 0;
});

test('an answer that says that it was the last for now holds after a restart too', async () => {
  const house = openHouse();
  const resetMs = Date.now() + 2 * hourMs;
  answer = {
    status: 200,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)) },
  };
  await setSourceToken(key, 'a-third-token', house);
  const before = asked;
  await collect(key, house);
  expect(asked).toBe(before + 1);
  expect(await collect(key, openHouse())).toMatchObject({ requests: 0 });
  expect(asked).toBe(before + 1);
  expect((await job(house))[0]).toBeGreaterThan(Date.now() + hourMs);
});
