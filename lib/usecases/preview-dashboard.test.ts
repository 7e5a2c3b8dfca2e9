import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { type FakePrometheus, fakePrometheus, success } from '#lib/sources/prometheus/fake.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { previewDashboard } from './preview-dashboard.ts';
import { setSourceToken } from './source-token.ts';
import { switchSource } from './switch-source.ts';

const text = readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8');
const token = 'canary-of-prometheus-0123456789';
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
let scratch: ScratchDatabase;
let house: House;
let prometheus: FakePrometheus;
let key: string;

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = { db: openDatabase(scratch.appUrl), outgoing, seal: testSeal, now: Date.now, cacheDir: '/nowhere' };
  prometheus = await fakePrometheus(() => success({ resultType: 'matrix', result: [] }));
  const addresses = { prometheus: prometheus.source.address };
  const adopted = await adoptSpec({ text, name: 'the-block.yaml', addresses }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
  const where = { launchId: 'the-block', sourceId: 'prometheus' };
  key = (await house.db.launchSource.findFirstOrThrow({ where })).sourceKey;
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await prometheus.stop();
  await scratch.drop();
});

test('a preview asks with the token that its source has', async () => {
  expect(await setSourceToken(key, token, house)).toMatchObject({ ok: true });
  const drawn = await previewDashboard('the-block', 'treasury', '1h', house);
  expect(drawn).toMatchObject({ ok: true });
  expect(prometheus.asked.length).toBeGreaterThan(0);
  expect(new Set(prometheus.asked.map(({ authorization }) => authorization))).toEqual(
    new Set([`Bearer ${token}`]),
  );
});

test('a preview asks no source that is switched off, and says so', async () => {
  await switchSource(key, 'off', house);
  const before = prometheus.asked.length;
  expect(await previewDashboard('the-block', 'treasury', '1h', house)).toMatchObject({
    ok: false,
    problem: { code: 'conflict', message: expect.stringContaining('is switched off and was not asked.') },
  });
  expect(prometheus.asked.length).toBe(before);
});
