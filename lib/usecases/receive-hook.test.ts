import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { createSeal } from '#lib/server/seal.ts';
import { adoptSpec } from './adopt-spec.ts';
import { deliveryLifeMs, forgetDeliveries } from './forget-deliveries.ts';
import { githubHook, gitlabHook, hookSpec, signedGitlabHook, withHeaders } from './receive-hook.fixture.ts';
import { type HookRequest, receiveHook } from './receive-hook.ts';
import { removeSourceHook, setSourceHook } from './source-hook.ts';
import { viewSources } from './view-sources.ts';

const installation = 'of this test alone, and long enough';
const outgoing = createOutgoing({ allow: [] });
const body = '{"action":"completed","workflow_run":{"conclusion":"success"}}';
const checked = { ok: true, value: { did: 'check-now' } };
const nothing = { ok: true, value: { did: 'nothing' } };
const refused = (code: string) => ({ ok: false, problem: { code } });

let scratch: ScratchDatabase;
let house: House;
let clockMs = 0;
const keys = { github: '', gitlab: '', node: '' };
const secrets = { github: '', gitlab: '' };

const openHouse = (): House => ({
  db: openDatabase(scratch.appUrl),
  outgoing,
  seal: createSeal(installation, 'source token'),
  now: () => Date.now() + clockMs,
  cacheDir: '/nonexistent',
});
const secretOf = async (key: string) => {
  const set = await setSourceHook(key, house);
  if (!set.ok) throw new Error(set.problem.message);
  return set.value.secret;
};
const hub = (request: HookRequest, at = house) => receiveHook(keys.github, request, at);
const lab = (request: HookRequest) => receiveHook(keys.gitlab, request, house);
const jobs = () =>
  house.db.$queryRaw<{ key: string; due: boolean }[]>`
    SELECT key, run_at <= now() AS due FROM graphile_worker.jobs ORDER BY key`;
const clearJobs = () => house.db.$executeRaw`DELETE FROM graphile_worker._private_jobs`;

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = openHouse();
  const adopted = await adoptSpec({ text: hookSpec('http://127.0.0.1:9'), name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(JSON.stringify(adopted.problem));
  const links = await house.db.launchSource.findMany();
  for (const { sourceId, sourceKey } of links) keys[sourceId as keyof typeof keys] = sourceKey;
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
});
beforeEach(async () => {
  clockMs = 0;
  await clearJobs();
  await house.db.hookDelivery.deleteMany();
  secrets.github = await secretOf(keys.github);
  secrets.gitlab = await secretOf(keys.gitlab);
});

const require = createRequire(import.meta.url);
const examplesSchema = z.array(z.object({ name: z.string(), examples: z.array(z.json()) }));
const examples = examplesSchema
  .parse(JSON.parse(readFileSync(require.resolve('@octokit/webhooks-examples'), 'utf8')))
  .filter(({ name }) => ['workflow_run', 'check_run', 'push'].includes(name));

test('GitHub’s own examples are all here', () => {
  expect(examples.map(({ name, examples: { length } }) => [name, length]).sort()).toEqual([
    ['check_run', 9],
    ['push', 7],
    ['workflow_run', 5],
  ]);
});

test.each(examples.flatMap(({ name, examples: of }) => of.map((example, n) => [name, n, example] as const)))(
  'GitHub’s example %s %i is let in, whatever it says, and its source is looked at now',
  async (name, _n, example) => {
    const request = githubHook(secrets.github, JSON.stringify(example, null, 2), { 'x-github-event': name });
    expect(await hub(request)).toEqual(checked);
    expect(await jobs()).toEqual([{ key: `collect:${keys.github}`, due: true }]);
  },
);

test('a ping is answered, and what is not news is let in and asks nobody', async () => {
  for (const event of ['ping', 'star', 'no_such_event'])
    expect(await hub(githubHook(secrets.github, `{"zen":"${event}"}`, { 'x-github-event': event }))).toEqual(
      nothing,
    );
  expect(await lab(gitlabHook(secrets.gitlab, { 'x-gitlab-event': 'Note Hook' }))).toEqual(nothing);
  expect(await jobs()).toEqual([]);
});

test.each<[string, () => HookRequest]>([
  ['signed with another secret', () => githubHook('another', body)],
  ['signed with no secret', () => githubHook('', body)],
  [
    'of another body',
    () => ({ ...githubHook(secrets.github, body), body: [Buffer.from(body.replace('success', 'failure'))] }),
  ],
  [
    'parsed and written again',
    () => ({
      ...githubHook(secrets.github, body),
      body: [Buffer.from(JSON.stringify(JSON.parse(body), null, 1))],
    }),
  ],
  ['with other line ends', () => ({ ...githubHook(secrets.github, '{\n}'), body: [Buffer.from('{\r\n}')] })],
  ['in UTF-16', () => ({ ...githubHook(secrets.github, body), body: [Buffer.from(body, 'utf16le')] })],
  [
    'with a byte order mark',
    () => ({ ...githubHook(secrets.github, body), body: [Buffer.from(`\ufeff${body}`)] }),
  ],
  [
    'with bytes replaced that are no UTF-8',
    () => ({ ...githubHook(secrets.github, Buffer.of(0x22, 0xff, 0x22)), body: [Buffer.from('"\ufffd"')] }),
  ],
  [
    'with a signature cut short',
    () => withHeaders(githubHook(secrets.github, body), { 'x-hub-signature-256': 'sha256=00' }),
  ],
  [
    'with a signature that is empty',
    () => withHeaders(githubHook(secrets.github, body), { 'x-hub-signature-256': '' }),
  ],
  [
    'with a signature far too long',
    () =>
      withHeaders(githubHook(secrets.github, body), {
        'x-hub-signature-256': `sha256=${'0'.repeat(10_000)}`,
      }),
  ],
])('attack 14: a delivery %s is refused, and leaves no trace', async (_what, request) => {
  expect(await hub(request())).toMatchObject(refused('refused'));
  expect(await jobs()).toEqual([]);
  expect(await house.db.hookDelivery.count()).toBe(0);
});

test('a right signature holds however the bytes are cut', async () => {
  const request = githubHook(secrets.github, '{"a":"✓"}');
  const bytes = Buffer.from('{"a":"✓"}');
  expect(await hub({ ...request, body: [...bytes].map((byte) => Buffer.of(byte)) })).toEqual(checked);
});

test.each(['x-github-event', 'x-github-delivery', 'x-hub-signature-256'])(
  'a delivery without %s is refused',
  async (name) => {
    expect(await hub(withHeaders(githubHook(secrets.github, body), { [name]: null }))).toMatchObject(
      refused('invalid-input'),
    );
    expect(await jobs()).toEqual([]);
  },
);

test.each(['application/x-www-form-urlencoded', 'text/plain', 'application/jsonx', ''])(
  'a delivery as %j is refused',
  async (type) => {
    const request = withHeaders(githubHook(secrets.github, body), { 'content-type': type });
    expect(await hub(request)).toMatchObject(refused('invalid-input'));
  },
);

test('what is signed is taken though it is no JSON: nothing of it is read', async () => {
  for (const odd of ['', 'not json', '['.repeat(100_000)])
    expect(await hub(githubHook(secrets.github, odd))).toEqual(checked);
});

test('a body over 25 MiB is let go unread, though its signature would hold', async () => {
  const huge = Buffer.alloc(25 * 1024 * 1024 + 1, 0x20);
  let given = 0;
  const pieces = function* () {
    for (; ; given += 65_536) yield huge.subarray(0, 65_536);
  };
  expect(await hub({ ...githubHook(secrets.github, huge), body: pieces() })).toMatchObject(
    refused('too-large'),
  );
  expect(given).toBeLessThanOrEqual(huge.length);
  expect(await hub(githubHook(secrets.github, huge.subarray(1)))).toEqual(checked);
});

test('attack 14: a delivery is taken once: again, under a new id, and after a restart', async () => {
  const request = githubHook(secrets.github, body);
  expect(await hub(request)).toEqual(checked);
  await clearJobs();
  expect(await hub(request)).toMatchObject(refused('conflict'));
  const renamed = withHeaders(request, { 'x-github-delivery': 'a-new-id' });
  expect(await hub(renamed)).toMatchObject(refused('conflict'));
  const restarted = openHouse();
  expect(await hub(request, restarted)).toMatchObject(refused('conflict'));
  expect(await hub(withHeaders(request, { 'x-github-delivery': 'another' }), restarted)).toMatchObject(
    refused('conflict'),
  );
  await restarted.db.$disconnect();
  expect(await jobs()).toEqual([]);
});

test('of one delivery that comes many times at once, one is taken', async () => {
  const request = githubHook(secrets.github, body);
  const came = await Promise.all(Array.from({ length: 20 }, () => hub(request)));
  expect(came.filter(({ ok }) => ok)).toHaveLength(1);
});

test('attack 14: deliveries out of order are each a reason to look, and none is believed', async () => {
  const [completed, requested] = ['completed', 'requested'].map((action) =>
    githubHook(secrets.github, JSON.stringify({ action })),
  );
  expect(await hub(completed as HookRequest)).toEqual(checked);
  expect(await hub(requested as HookRequest)).toEqual(checked);
  expect(await jobs()).toHaveLength(1);
  expect(await house.db.evidence.count({ where: { itemId: 'hub' } })).toBe(0);
});

test('1 000 deliveries at once are one look', async () => {
  const many = Array.from({ length: 1000 }, (_, n) => githubHook(secrets.github, `{"n":${n}}`));
  const came = await Promise.all(many.map((request) => hub(request)));
  expect(came.every(({ ok }) => ok)).toBe(true);
  expect(await jobs()).toEqual([{ key: `collect:${keys.github}`, due: true }]);
}, 120_000);

test('what comes just after a look waits a moment, so that hooks in a row are one look', async () => {
  const lastAskedAt = new Date(Date.now() + 60_000);
  clockMs = 60_500;
  await house.db.source.update({ where: { key: keys.github }, data: { lastAskedAt } });
  expect(await hub(githubHook(secrets.github, body))).toEqual(checked);
  const [job] = await house.db.$queryRaw<{ at: Date }[]>`SELECT run_at AS at FROM graphile_worker.jobs`;
  expect(job?.at.getTime()).toBe(lastAskedAt.getTime() + 2_000);
  await house.db.source.update({ where: { key: keys.github }, data: { lastAskedAt: null } });
});

test('a source that is unknown, of another kind, or has no webhook gives one answer', async () => {
  const request = githubHook(secrets.github, body);
  await removeSourceHook(keys.github, house);
  const answers = [
    await receiveHook('sha256:none', request, house),
    await receiveHook(keys.node, request, house),
    await hub(request),
  ];
  expect(answers[0]).toMatchObject(refused('not-found'));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await setSourceHook(keys.node, house)).toMatchObject(refused('refused'));
  expect(await setSourceHook('sha256:none', house)).toMatchObject(refused('not-found'));
});

test('a secret that was rotated is refused, and the new one holds', async () => {
  const rotated = await secretOf(keys.github);
  expect(rotated).not.toBe(secrets.github);
  expect(await hub(githubHook(secrets.github, body))).toMatchObject(refused('refused'));
  expect(await hub(githubHook(rotated, body))).toEqual(checked);
  expect(await lab(gitlabHook(rotated))).toMatchObject(refused('refused'));
});

test('a secret that is rotated while a delivery is under way refuses that too', async () => {
  const request = githubHook(secrets.github, body);
  const slow = async function* () {
    yield Buffer.from(body);
    await setSourceHook(keys.github, house);
  };
  expect(await hub({ ...request, body: slow() })).toMatchObject(refused('not-found'));
  expect(await jobs()).toEqual([]);
});

test.each(['', 'x', 'x'.repeat(50), 'x'.repeat(5000), 'whsec_', 'tökén'])(
  'attack 15: GitLab’s token is not %j, whatever its length',
  async (token) => {
    expect(await lab(gitlabHook(token))).toMatchObject(refused('refused'));
    expect(await lab(gitlabHook(`${secrets.gitlab}${token || ' x'}`))).toMatchObject(refused('refused'));
    expect(await lab(gitlabHook(secrets.gitlab.slice(0, -1)))).toMatchObject(refused('refused'));
    expect(await jobs()).toEqual([]);
  },
);

test('GitLab’s token lets in, once for each id, by the older header too', async () => {
  const request = gitlabHook(secrets.gitlab);
  expect(await lab(request)).toEqual(checked);
  expect(await lab(request)).toMatchObject(refused('conflict'));
  const older = withHeaders(gitlabHook(secrets.gitlab), {
    'idempotency-key': null,
    'x-gitlab-event-uuid': 'one',
  });
  expect(await lab(older)).toEqual(checked);
  expect(await lab(older)).toMatchObject(refused('conflict'));
  expect(await lab(withHeaders(older, { 'x-gitlab-event-uuid': null }))).toMatchObject(
    refused('invalid-input'),
  );
  for (const name of ['x-gitlab-event', 'x-gitlab-token'])
    expect(await lab(withHeaders(gitlabHook(secrets.gitlab), { [name]: null }))).toMatchObject(
      refused('invalid-input'),
    );
});

test('GitLab’s signature covers body, id and time, and no token stands in for one that is wrong', async () => {
  const signed = (atMs = Date.now()) => signedGitlabHook(secrets.gitlab, atMs);
  const once = signed();
  expect(await lab(once)).toEqual(checked);
  expect(await lab(once)).toMatchObject(refused('conflict'));
  const wrong = [
    withHeaders(once, { 'webhook-id': 'a-new-id' }),
    withHeaders(signed(), { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) + 1) }),
    { ...signed(), body: [Buffer.from('{"object_kind":"pipeline"}')] },
    withHeaders(signed(), { 'webhook-signature': 'v1,AAAA', 'x-gitlab-token': secrets.gitlab }),
    signed(Date.now() - 301_000),
    signed(Date.now() + 302_000),
  ];
  for (const request of wrong) expect(await lab(request)).toMatchObject(refused('refused'));
  for (const name of ['webhook-id', 'webhook-timestamp'])
    expect(await lab(withHeaders(signed(), { [name]: null }))).toMatchObject(refused('invalid-input'));
});

test('its secret is sealed, set-up and removal are in the ledger, and deliveries are not', async () => {
  const before = await house.db.ledgerEntry.count();
  expect(await hub(githubHook(secrets.github, body))).toEqual(checked);
  expect(await house.db.ledgerEntry.count()).toBe(before);
  await removeSourceHook(keys.github, house);
  await removeSourceHook(keys.github, house);
  const types = (await house.db.ledgerEntry.findMany({ orderBy: { seq: 'asc' } })).map(({ type }) => type);
  expect(types.slice(before)).toEqual(['source.hook_removed']);
  expect(types).toContain('source.hook_set');
  const dump = await house.db.$queryRaw<{ text: string }[]>`
    SELECT t::text AS text FROM source_hook t UNION ALL SELECT encode(bytes, 'escape') FROM ledger_entry
    UNION ALL SELECT t::text FROM hook_delivery t`;
  const hex = Buffer.from(secrets.gitlab).toString('hex');
  for (const { text } of dump) expect(text.includes(secrets.gitlab) || text.includes(hex)).toBe(false);
  expect(JSON.stringify(await viewSources(house))).not.toContain(secrets.gitlab);
});

test('Settings say which source takes one, since when it is set up, and when the last came', async () => {
  const of = async (kind: string) => {
    const view = await viewSources(house);
    return view.ok ? view.value.sources.find((source) => source.kind === kind)?.hook : undefined;
  };
  expect(await of('endpoint')).toBeNull();
  expect(await of('github')).toEqual({
    path: `/api/hooks/${keys.github}`,
    setAt: expect.any(String),
    lastAt: null,
  });
  await hub(githubHook('forged', body));
  expect(await of('github')).toMatchObject({ lastAt: null });
  await hub(githubHook(secrets.github, body));
  expect(await of('github')).toMatchObject({ lastAt: expect.any(String) });
});

test('deliveries are forgotten after a week, and not before', async () => {
  await hub(githubHook(secrets.github, body));
  clockMs = deliveryLifeMs - 60_000;
  expect(await forgetDeliveries(house)).toBe(0);
  clockMs = deliveryLifeMs + 60_000;
  expect(await forgetDeliveries(house)).toBe(2);
});
