import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from '#lib/usecases/adopt-spec.ts';
import { githubHook, hookSpec } from '#lib/usecases/receive-hook.fixture.ts';
import { setSourceHook } from '#lib/usecases/source-hook.ts';
import { POST } from './route.ts';

const kept = globalThis as { bigGreenHouse?: House };
const outgoing = createOutgoing({ allow: [] });

let scratch: ScratchDatabase;
let house: House;
let key = '';
let secret = '';

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: '/nonexistent',
  };
  kept.bigGreenHouse = house;
  await adoptSpec({ text: hookSpec('http://127.0.0.1:9'), name: 'test.yaml' }, house);
  key = (await house.db.launchSource.findFirstOrThrow({ where: { sourceId: 'github' } })).sourceKey;
  const set = await setSourceHook(key, house);
  if (set.ok) secret = set.value.secret;
});
afterAll(async () => {
  delete kept.bigGreenHouse;
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
});

const post = async (body: Buffer, { of = body, to = key, type = 'application/json' } = {}) => {
  const headers = githubHook(secret, of).headers as Headers;
  headers.set('content-type', type);
  const request = new Request('http://localhost/', { method: 'POST', headers, body: Uint8Array.from(body) });
  return (await POST(request, { params: Promise.resolve({ key: to }) })).status;
};

test('what came of a delivery has a status of its own', async () => {
  const body = Buffer.from('{ "name" : "\\u2713 ✓" , "n":1.0 }');
  expect(await post(body)).toBe(202);
  expect(await post(body)).toBe(409);
  expect(await post(Buffer.from('{}'), { of: body })).toBe(403);
  expect(await post(Buffer.from(JSON.stringify(JSON.parse(body.toString()))), { of: body })).toBe(403);
  expect(await post(Buffer.from('{}'), { to: 'sha256:none' })).toBe(404);
  expect(await post(Buffer.from('a=b'), { type: 'application/x-www-form-urlencoded' })).toBe(422);
  expect(await post(Buffer.alloc(25 * 1024 * 1024 + 1))).toBe(413);
});

test('bytes that are no UTF-8 are signed as they are', async () => {
  expect(await post(Buffer.of(0x22, 0xff, 0xfe, 0x00, 0x22))).toBe(202);
});
