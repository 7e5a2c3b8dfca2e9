import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';

const text = `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  node: { kind: endpoint, address: 'http://127.0.0.1:1' }
  constructor: { kind: repository, address: ../code }
tracks:
  only:
    title: Only
    lead: sre
    items:
      notes: { title: Notes, phase: launch, checks: [{ kind: file, path: NOTES.md }] }
`;

let scratch: ScratchDatabase;
let house: House;
const outgoing = createOutgoing({ allow: [] });

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: '/nonexistent',
  };
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
});

const adopt = (addresses: Record<string, string>, name = 'test.yaml') =>
  adoptSpec({ text, name, addresses }, house);

test.each([
  ['a user name and password', { node: 'http://bob:canary@127.0.0.1:1' }],
  ['a query, where tokens hide', { node: 'http://127.0.0.1:1/?token=canary' }],
  ['a scheme that is not asked', { node: 'file:///canary' }],
  ['a NUL', { node: 'http://127.0.0.1:1/canary\0' }],
  ['half a character', { node: 'http://127.0.0.1:1/canary\ud800' }],
  ['a helper of Git’s', { constructor: 'ext::sh -c canary' }],
  ['a dash before it', { constructor: '--upload-pack=x' }],
  ['more characters than a spec’s may have', { node: `http://127.0.0.1:1/canary${'a'.repeat(2000)}` }],
  ['a source that the spec does not have', { other: 'http://127.0.0.1:1/canary' }],
])('an address from the request with %s is refused, and shown to nobody', async (_what, addresses) => {
  const adopted = await adopt(addresses);
  expect(adopted).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
  expect(JSON.stringify(adopted)).not.toContain('canary');
  expect(await house.db.source.count()).toBe(0);
});

test('a name that holds a NUL is refused', async () => {
  const adopted = await adopt({}, 'a\0');
  expect(adopted).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
});

test('a source may be called as objects’ own members are', async () => {
  expect(await adopt({ node: 'http://127.0.0.1:2' })).toMatchObject({ ok: true });
  const origins = await house.db.source.findMany({ select: { origin: true }, orderBy: { origin: 'asc' } });
  expect(origins.map(({ origin }) => origin)).toEqual(['../code', 'http://127.0.0.1:2']);
});
