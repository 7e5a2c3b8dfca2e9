import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SourceSetting } from '#lib/domain/source-settings.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { setSourceToken } from './source-token.ts';
import { switchSource } from './switch-source.ts';
import { testSource } from './test-source.ts';
import { viewBoard } from './view-board.ts';
import { viewSources } from './view-sources.ts';

const canary = 'bg-canary-7f3a1c';

const specText = (address: string) => `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { node: { kind: endpoint, title: The node, address: '${address}' } }
tracks:
  all:
    title: All
    lead: sre
    items:
      mode: { title: Mode, phase: launch, checks: [{ kind: endpoint, path: /mode, assert: [{ at: /ok, equals: true }] }] }
`;

let scratch: ScratchDatabase;
let house: House;
let server: Server;
let address: string;
let asked: { readonly path: string; readonly authorization: string | null }[] = [];
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization ?? null });
    if (request.headers.authorization !== `Bearer ${canary}`) response.writeHead(401).end('{}');
    else response.setHeader('content-type', 'application/json').end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  scratch = await scratchDatabase();
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: '/nonexistent',
  };
  const adopted = await adoptSpec({ text: specText(address), name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  server.close();
});
beforeEach(() => {
  asked = [];
});

async function only(): Promise<SourceSetting> {
  const view = await viewSources(house);
  const [source] = view.ok ? view.value.sources : [];
  if (!source) throw new Error('no source');
  return source;
}

test('a source without its token may not see, and says so', async () => {
  const { key } = await only();
  await collect(key, house);
  expect(await only()).toMatchObject({
    health: 'nonsense',
    tokenSetAt: null,
    tokenOrigin: address,
    items: 1,
  });
  const tested = await testSource(key, house);
  expect(tested.ok && tested.value.parts.map(({ name, state }) => [name, state])).toEqual([
    ['Signs in', 'found'],
    ['Paths', 'missing'],
  ]);
  expect(tested.ok && tested.value.note).toContain('never absent');
});

test('attack 25: a token is sent to its source, sealed in the database, and in no ledger, view or answer', async () => {
  const { key } = await only();
  expect(await setSourceToken(key, ` ${canary}\n`, house)).toMatchObject({ ok: true });
  await collect(key, house);
  expect(asked.at(-1)).toEqual({ path: '/mode', authorization: `Bearer ${canary}` });
  expect(await only()).toMatchObject({ health: 'answering' });
  expect((await only()).tokenSetAt).not.toBeNull();
  const tables = await house.db.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')`;
  expect(tables.map(({ name }) => name)).toContain('source_token');
  for (const { name } of tables) {
    const rows = await house.db.$queryRawUnsafe<{ text: string }[]>(
      `SELECT t::text AS text FROM "${name}" t`,
    );
    const hex = Buffer.from(canary).toString('hex');
    for (const { text } of rows) expect(text.includes(canary) || text.includes(hex), name).toBe(false);
  }
  expect(JSON.stringify(await viewSources(house))).not.toContain(canary);
  expect(JSON.stringify(await testSource(key, house))).not.toContain(canary);
  const types = (await house.db.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })).map(({ type }) => type);
  expect(types).toContain('source.token_set');
});

test('attack 23: a row that is moved to another source opens nothing there, and its token is not sent', async () => {
  const { key } = await only();
  await house.db.$executeRaw`UPDATE source_token SET origin = 'https://evil.example'`;
  await collect(key, house);
  expect(asked.at(-1)).toEqual({ path: '/mode', authorization: null });
  await setSourceToken(key, canary, house);
});

test.each([
  ['two\r\nwords: x', 'one word'],
  ['a b', 'one word'],
  ['', 'one word'],
  ['x'.repeat(4097), 'one word'],
  ['tökén', 'one word'],
])('attack 24: %j is no token', async (token, words) => {
  const { key } = await only();
  const refused = await setSourceToken(key, token, house);
  expect(!refused.ok && refused.problem.message).toContain(words);
});

test('no token is taken for a source on another machine without https', async () => {
  const addresses = { node: 'http://10.1.2.3:9090' };
  await adoptSpec({ text: specText(address), name: 'test.yaml', addresses }, house);
  const { key } = await only();
  const before = await house.db.ledgerEntry.count();
  const refused = await setSourceToken(key, canary, house);
  expect(refused).toMatchObject({
    ok: false,
    problem: {
      code: 'refused',
      message: expect.stringContaining('it would go over plain http to 10.1.2.3'),
    },
  });
  expect(await only()).toMatchObject({ tokenSetAt: null });
  expect(await house.db.ledgerEntry.count()).toBe(before);
  await adoptSpec({ text: specText(address), name: 'test.yaml', addresses: { node: address } }, house);
});

test('attack 23: another address of the source is another source, and has no token', async () => {
  const other = address.replace('127.0.0.1', 'localhost');
  await adoptSpec({ text: specText(address), name: 'test.yaml', addresses: { node: other } }, house);
  const moved = await only();
  expect(moved).toMatchObject({ address: other, tokenSetAt: null });
  await collect(moved.key, house);
  expect(asked.every(({ authorization }) => authorization === null)).toBe(true);
  await adoptSpec({ text: specText(address), name: 'test.yaml', addresses: { node: address } }, house);
});

test('a source that is switched off is not asked, its board says so, and comes back', async () => {
  const { key } = await only();
  expect(await switchSource(key, 'off', house)).toMatchObject({ ok: true });
  expect(await collect(key, house)).toBeNull();
  expect(asked).toEqual([]);
  const health = async () => {
    const board = await viewBoard('test', house);
    return board.ok ? board.value.sources.map((source) => source.health) : board;
  };
  expect(await health()).toEqual(['disabled']);
  expect(await switchSource(key, 'on', house)).toMatchObject({ ok: true, value: { disabledAt: null } });
  await collect(key, house);
  expect(await health()).toEqual(['answering']);
  expect(await switchSource('nowhere', 'off', house)).toMatchObject({ ok: false });
});

test('a token that is removed is gone', async () => {
  const { key } = await only();
  expect(await setSourceToken(key, null, house)).toEqual({ ok: true, value: { tokenSetAt: null } });
  expect(await house.db.sourceToken.count()).toBe(0);
  await collect(key, house);
  expect(asked.at(-1)?.authorization).toBeNull();
});
