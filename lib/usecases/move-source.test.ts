import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SourceReading } from '#lib/domain/source-settings.ts';
import { readObservations } from '#lib/evidence/observation-store.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { moveSource } from './move-source.ts';
import { previewMove } from './preview-move.ts';
import { sourceKey } from './source-addresses.ts';
import { setSourceToken } from './source-token.ts';
import { testAddress } from './test-source.ts';
import { viewItem } from './view-item.ts';
import { viewSources } from './view-sources.ts';

const canary = 'bg-canary-91b2dd04';
const hourMs = 3_600_000;

const specText = (id: string, address: string, more = '') => `
format: big-green/v1
launch: { id: ${id}, title: Launch ${id}, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { node: { kind: endpoint, title: The node, address: '${address}'${more} } }
tracks:
  all:
    title: All
    lead: sre
    items:
      mode: { title: Mode, phase: launch, checks: [{ kind: endpoint, path: /mode, maxAge: 2h, assert: [{ at: /ok, equals: true }] }] }
      fees: { title: Fees, level: optional, phase: launch, checks: [{ kind: endpoint, path: /mode, maxAge: 2h, assert: [{ at: /ok, equals: true }] }] }
`;

let scratch: ScratchDatabase;
let house: House;
let server: Server;
let here: string;
/** The same server by another name: it answers the same, and is another source. */
let there: string;
let held: (() => void) | null = null;
let isHolding = false;
let asked: { readonly host: string; readonly authorization: string | null }[] = [];
const outgoing = createOutgoing({ allow: ['127.0.0.0/8', 'localhost'] });
const key = (address: string) => sourceKey('endpoint', address);

beforeAll(async () => {
  server = createServer((request, response) => {
    const host = request.headers.host ?? '';
    asked.push({ host, authorization: request.headers.authorization ?? null });
    const answer = () => response.setHeader('content-type', 'application/json').end('{"ok":true}');
    const needsToken = host.startsWith('localhost') && request.headers.authorization !== `Bearer ${canary}`;
    if (needsToken) response.writeHead(401).end('{}');
    else if (isHolding) held = answer;
    else answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  there = here.replace('127.0.0.1', 'localhost');
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
  server.close();
});
beforeEach(async () => {
  isHolding = false;
  await adopt('one');
  await adopt('two');
  await house.db.sourceToken.deleteMany();
  await collect(key(here), house);
  asked = [];
});

async function adopt(id: string, more = '', addresses = { node: here }) {
  const adopted = await adoptSpec({ text: specText(id, here, more), name: `${id}.yaml`, addresses }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
}
async function readings(...ids: readonly string[]): Promise<SourceReading[]> {
  const rows = await house.db.launch.findMany({ where: { id: { in: [...ids] } } });
  return rows.map(({ id, specDigest }) => ({ launch: id, source: 'node', spec: specDigest }));
}
async function check(launch: string) {
  const view = await viewItem(launch, 'mode', house);
  const [first] = view.ok ? view.value.checks : [];
  if (!first) throw new Error('no check');
  return first;
}
const evidence = (launchId: string) =>
  house.db.evidence.findMany({ where: { launchId, itemId: 'mode' }, orderBy: { id: 'desc' } });
async function entries(): Promise<{ type: string; launch: string | null; data: Record<string, unknown> }[]> {
  const rows = await house.db.ledgerEntry.findMany({ orderBy: { seq: 'asc' } });
  return rows.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')));
}

test('what rests on a source that is moved is unknown at once, and says so', async () => {
  expect((await check('one')).verdict).toBe('pass');
  const before = (await entries()).length;
  const moved = await moveSource(
    key(here),
    { to: there, launches: await readings('one'), token: null },
    house,
  );
  expect(moved).toEqual({ ok: true, value: { key: key(there), launches: 1 } });
  expect(asked).toEqual([]);
  const now = await check('one');
  expect(now).toMatchObject({ verdict: 'unknown', judgement: null, evidenceDigest: null });
  expect(now.sentence).toMatch(
    new RegExp(`^The node is read at ${there} since .* UTC, and nothing was judged from there yet\\.$`),
  );
  expect(now.history.map(({ verdict }) => verdict).slice(-2)).toEqual(['pass', 'unknown']);
  expect(now.history.at(-1)?.sentence).toBe(now.sentence);
  expect((await check('two')).verdict).toBe('pass');
  const told = (await entries()).slice(before);
  expect(told.map(({ type, launch }) => [type, launch])).toEqual([
    ['source.moved', 'one'],
    ['evidence.regressed', 'one'],
  ]);
  expect(told[0]?.data).toEqual({
    source: 'node',
    from: key(here),
    to: key(there),
    weakened: { blockers: { count: 1, ids: ['mode'] } },
  });
  const sources = await viewSources(house);
  expect(sources.ok && sources.value.sources.map(({ address }) => address).sort()).toEqual(
    [here, there].sort(),
  );
});

test('evidence of the old address is not taken for the new one’s, however alike', async () => {
  const [old] = await evidence('one');
  await moveSource(key(here), { to: there, launches: await readings('one'), token: canary }, house);
  const keys = [{ launch: 'one', item: 'mode', check: 'endpoint' }];
  expect(await readObservations(house.db, keys)).toEqual(new Map());
  await collect(key(there), house);
  expect(asked).toContainEqual({ host: new URL(there).host, authorization: `Bearer ${canary}` });
  expect(await check('one')).toMatchObject({ verdict: 'pass', evidenceDigest: old?.digest });
  const [fresh, before] = await evidence('one');
  expect(fresh).toMatchObject({ digest: old?.digest, seen: 1 });
  expect(before).toEqual(old);
  expect((await readObservations(house.db, keys)).size).toBe(1);
  await collect(key(there), house);
  expect((await evidence('one'))[0]).toMatchObject({ id: fresh?.id, seen: 2 });
});

test('no verdict stands on silence or nonsense of an address that never answered', async () => {
  await moveSource(key(here), { to: there, launches: await readings('one'), token: null }, house);
  await collect(key(there), house);
  expect(await check('one')).toMatchObject({ verdict: 'unknown', judgement: null });
  expect((await check('one')).sentence).toContain('nothing was judged from there yet');
  const shut = 'http://127.0.0.1:9';
  await moveSource(key(there), { to: shut, launches: await readings('one'), token: null }, house);
  await collect(key(shut), house);
  await collect(key(shut), house);
  expect(await check('one')).toMatchObject({ verdict: 'unknown', judgement: null });
});

test('what was asked of the old address while the source was moved is not judged for the new one', async () => {
  isHolding = true;
  const cycle = collect(key(here), house);
  await expect.poll(() => held).not.toBeNull();
  await moveSource(key(here), { to: there, launches: await readings('one'), token: null }, house);
  held?.();
  await cycle;
  expect(await check('one')).toMatchObject({ verdict: 'unknown', judgement: null });
  expect((await check('two')).verdict).toBe('pass');
  const silent = (await entries()).filter(
    ({ type, data }) => type.startsWith('source.') && 'sources' in data,
  );
  expect(silent.every(({ data }) => (data.sources as string[]).length > 0)).toBe(true);
});

test('of two who move it at once, the second is told where it is', async () => {
  const launches = await readings('one');
  const shut = 'http://127.0.0.1:9';
  const both = await Promise.all([
    moveSource(key(here), { to: there, launches, token: null }, house),
    moveSource(key(here), { to: shut, launches, token: null }, house),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const refused = both.find(({ ok }) => !ok);
  const at = (await house.db.launchSource.findFirstOrThrow({ where: { launchId: 'one' } })).sourceKey;
  expect(refused).toMatchObject({
    problem: {
      code: 'conflict',
      message: `The source was moved meanwhile: “Launch one” reads it at ${at === key(there) ? there : shut} by now.`,
    },
  });
});

test('a spec that was adopted meanwhile stops a move, with what it changed', async () => {
  const launches = await readings('one', 'two');
  await adopt('two', ', every: 40s');
  const refused = await moveSource(key(here), { to: there, launches, token: canary }, house);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  expect(!refused.ok && refused.problem.message).toBe(
    'Another version of the spec of “Launch two” came into force meanwhile. Source changed: “The node” (node), every 40s where it was 15s.',
  );
  expect((await check('one')).verdict).toBe('pass');
  expect(await house.db.sourceToken.count()).toBe(0);
});

test('more than ten launches move by tens, and what stops a later ten says for how many it was moved', async () => {
  const ids = Array.from({ length: 12 }, (_, n) => `many-${String(n).padStart(2, '0')}`);
  for (const id of ids) await adopt(id);
  const launches = await readings(...ids);
  await adopt('many-11', ', every: 40s');
  const refused = await moveSource(key(here), { to: there, launches, token: null }, house);
  expect(refused).toMatchObject({
    problem: { code: 'conflict', message: expect.stringMatching(/^Moved for 10 launches\. Another version/) },
  });
  const readThere = async () =>
    (
      await house.db.launchSource.findMany({ where: { sourceKey: key(there) }, orderBy: { launchId: 'asc' } })
    ).map(({ launchId }) => launchId);
  expect(await readThere()).toEqual(ids.slice(0, 10));
  const rest = await readings('many-10', 'many-11');
  expect(await moveSource(key(here), { to: there, launches: rest, token: null }, house)).toMatchObject({
    ok: true,
  });
  expect(await readThere()).toEqual(ids);
});

test('a launch that reads it no more stops a move', async () => {
  const [launches] = await readings('one');
  if (!launches) throw new Error('no launch');
  const gone = await moveSource(
    key(here),
    { to: there, launches: [{ ...launches, source: 'other' }], token: null },
    house,
  );
  expect(gone).toMatchObject({
    problem: { code: 'conflict', message: expect.stringContaining('no “other”') },
  });
  const nobody = { ...launches, launch: 'nobody' };
  expect(await moveSource(key(here), { to: there, launches: [nobody], token: null }, house)).toMatchObject({
    problem: { code: 'conflict' },
  });
  expect(await moveSource('nowhere', { to: there, launches: [launches], token: null }, house)).toMatchObject({
    problem: { code: 'not-found' },
  });
});

test('the preview names the blockers, and says that token and webhook do not go along', async () => {
  await setSourceToken(key(here), canary, house);
  const preview = await previewMove(key(here), { to: there, launches: await readings('one') }, house);
  if (!preview.ok) throw new Error(preview.problem.message);
  expect(preview.value.launches).toMatchObject([
    { launch: 'one', source: 'node', blockers: [{ id: 'mode', title: 'Mode' }], others: 1 },
  ]);
  expect(preview.value.says).toEqual([
    '1 blocker and 1 other item rest on it and are unknown from the move on, until the new address has answered. Unknown blocks, and is not red.',
    `Its token does not go along: it is bound to ${here} and to this source.`,
    `No token is held for ${there}: without one it is asked without signing in.`,
    '“Launch two” reads it at the old address as before.',
    'The spec stays as it is. A new version of it keeps this address, unless that moves its own.',
    'What was read at the old address stays in the items’ history, as read there.',
  ]);
  const all = await previewMove(key(here), { to: there, launches: await readings('one', 'two') }, house);
  expect(all.ok && all.value.says).toContain(
    'Nobody asks the old address any more. Its token stays sealed until you remove it here.',
  );
});

test('an address is tested with what its checks want to know, and a token that is not kept', async () => {
  const before = await evidence('one');
  const input = { kind: 'endpoint', address: there, of: { key: key(here), launches: ['one'] } } as const;
  const without = await testAddress({ ...input, token: null }, house);
  expect(without.ok && without.value.parts.map(({ name, state }) => [name, state])).toEqual([
    ['Signs in', 'found'],
    ['Paths', 'missing'],
  ]);
  const tested = await testAddress({ ...input, token: canary }, house);
  expect(tested.ok && tested.value.parts.map(({ state }) => state)).toEqual(['found', 'found']);
  expect(JSON.stringify(tested)).not.toContain(canary);
  expect(await house.db.sourceToken.count()).toBe(0);
  expect(await evidence('one')).toEqual(before);
});

const addresses: [string, string][] = [
  ['a user before the host', 'http://user@localhost:1'],
  ['where clouds keep metadata', 'http://169.254.169.254/latest'],
  ['the same, mapped', 'http://[::ffff:169.254.169.254]/'],
  ['an address in disguise', 'http://2130706433:1'],
  ['a NUL', 'http://localhost:1/\0'],
  ['a line break', 'http://localhost:1/\r\nhost: x'],
  ['nothing', ''],
  ['10 000 characters', `http://localhost/${'a'.repeat(10_000)}`],
  ['a file', 'file:///etc/passwd'],
];

test.each(addresses)('%s is refused, moved to or tested', async (_what, to) => {
  const launches = await readings('one');
  const wrong = { ok: false, problem: { code: 'invalid-input' } };
  expect(await moveSource(key(here), { to, launches, token: null }, house)).toMatchObject(wrong);
  expect(await previewMove(key(here), { to, launches }, house)).toMatchObject(wrong);
  expect(await testAddress({ kind: 'endpoint', address: to, token: canary, of: null }, house)).toMatchObject(
    wrong,
  );
  expect(asked).toEqual([]);
});

test.each([`${canary}\r\nx: y`, `${canary}\0`, `${canary} b`, canary.repeat(400)])(
  'what is no token is refused without being said again',
  async (token) => {
    const launches = await readings('one');
    const moved = await moveSource(key(here), { to: there, launches, token }, house);
    const tested = await testAddress({ kind: 'endpoint', address: there, token, of: null }, house);
    expect([moved, tested]).toMatchObject([{ ok: false }, { ok: false }]);
    expect(JSON.stringify([moved, tested])).not.toContain(canary);
    expect((await check('one')).verdict).toBe('pass');
  },
);

test('a token that would go over plain http is refused with the move, which is not made without it', async () => {
  const to = 'http://elsewhere.example/status';
  const moved = await moveSource(key(here), { to, launches: await readings('one'), token: canary }, house);
  expect(moved).toMatchObject({
    ok: false,
    problem: { code: 'refused', message: expect.stringContaining('over plain http to elsewhere.example') },
  });
  expect((await check('one')).verdict).toBe('pass');
});

test('a token that moves with a source is in no table, ledger, view or answer', async () => {
  const launches = await readings('one', 'two');
  const moved = await moveSource(key(here), { to: there, launches, token: ` ${canary}\n` }, house);
  await collect(key(there), house);
  const types = (await entries()).map(({ type }) => type);
  expect(types).toContain('source.token_set');
  const tables = await house.db.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')`;
  const hex = Buffer.from(canary).toString('hex');
  for (const { name } of tables) {
    const rows = await house.db.$queryRawUnsafe<{ text: string }[]>(
      `SELECT t::text AS text FROM "${name}" t`,
    );
    for (const { text } of rows) expect(text.includes(canary) || text.includes(hex), name).toBe(false);
  }
  expect(JSON.stringify([moved, await viewSources(house), await check('one')])).not.toContain(canary);
});

test('what is held for a source that no launch reads any more is listed, and can be removed', async () => {
  await setSourceToken(key(here), canary, house);
  await moveSource(key(here), { to: there, launches: await readings('one', 'two'), token: null }, house);
  const view = await viewSources(house);
  const left = view.ok ? view.value.sources.at(-1) : undefined;
  expect(left).toMatchObject({
    key: key(here),
    launches: [],
    message: 'No launch reads it any more. What is held for it stays until it is removed.',
  });
  await setSourceToken(key(here), null, house);
  const after = await viewSources(house);
  expect(after.ok && after.value.sources.map((source) => source.key)).toEqual([key(there)]);
});

test('an adoption that names another address says the same', async () => {
  await adopt('one', '', { node: there });
  expect(await check('one')).toMatchObject({ verdict: 'unknown', judgement: null });
  expect((await check('one')).sentence).toContain(`is read at ${there}`);
  const moved = (await entries()).filter(({ type }) => type === 'source.moved');
  expect(moved.at(-1)).toMatchObject({ launch: 'one', data: { to: key(there) } });
});

test('a stretch in which nobody looked stays in the history of what is moved', async () => {
  const later = { ...house, now: () => Date.now() + 3 * hourMs };
  await moveSource(key(here), { to: there, launches: await readings('one'), token: null }, later);
  const view = await viewItem('one', 'mode', later);
  const history = view.ok ? (view.value.checks[0]?.history ?? []) : [];
  expect(history.map(({ verdict }) => verdict).slice(-3)).toEqual(['pass', 'stale', 'unknown']);
});
