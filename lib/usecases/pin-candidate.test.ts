import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdBoards } from '#lib/board/store.ts';
import type { Standing } from '#lib/domain/standing.ts';
import { writeStandings } from '#lib/evidence/store.ts';
import { inLedgerTransaction, openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec, type SpecToAdopt } from './adopt-spec.ts';
import { pinCandidate } from './pin-candidate.ts';

const specText = (repository: string) => `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
candidate: { source: code, ref: main }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  code: { kind: repository, address: '${repository}' }
tracks:
  only:
    title: Only
    lead: sre
    items:
      notes: { title: Notes, phase: launch, checks: [{ kind: file, path: NOTES.md }] }
`;

let scratch: ScratchDatabase;
let house: House;
let folder: string;
const outgoing = createOutgoing({ allow: [] });

beforeAll(async () => {
  scratch = await scratchDatabase();
  folder = await mkdtemp(join(tmpdir(), 'big-green-candidate-'));
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: join(folder, 'cache'),
  };
  await git('init', '--quiet', '--initial-branch=main');
  await commit('one');
  const adopted = await adoptSpec({ text: specText(join(folder, 'code')), name: 'test.yaml' }, house);
  expect(adopted).toMatchObject({ ok: true });
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  await rm(folder, { recursive: true });
});

async function git(...args: string[]): Promise<string> {
  const author = ['-c', 'user.name=Sam', '-c', 'user.email=sam@example.org'];
  const where = args[0] === 'init' ? [join(folder, 'code')] : [];
  const at = args[0] === 'init' ? [] : ['-C', join(folder, 'code')];
  const { stdout } = await promisify(execFile)('git', [...at, ...author, ...args, ...where]);
  return stdout.trim();
}

async function commit(message: string): Promise<string> {
  await git('commit', '--quiet', '--allow-empty', '--message', message);
  return git('rev-parse', 'HEAD');
}

const pinned = async () => (await house.db.candidate.findFirst({ orderBy: { id: 'desc' } }))?.commit ?? null;
const entries = () => house.db.ledgerEntry.count();

test('the commit that was shown decides: a ref that has moved since is refused, and nothing is written', async () => {
  const shown = await pinCandidate('test', { dryRun: true }, house);
  if (!shown.ok) throw new Error(shown.problem.message);
  const { ref, commit: first } = shown.value.candidate;
  const second = await commit('two');
  const before = await entries();
  const refused = await pinCandidate('test', { ref, commit: first }, house);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  if (refused.ok) throw new Error('It was pinned.');
  expect(refused.problem.message).toContain(first.slice(0, 12));
  expect(refused.problem.message).toContain(second.slice(0, 12));
  expect(await pinned()).toBeNull();
  expect(await entries()).toBe(before);

  const again = await pinCandidate('test', { ref, commit: second }, house);
  expect(again).toMatchObject({
    ok: true,
    value: { moved: true, candidate: { ref: 'main', commit: second } },
  });
  expect(await pinned()).toBe(second);
});

test('a commit alone is itself, wherever the branch is; a ref alone is what it means now', async () => {
  const third = await commit('three');
  const fourth = await commit('four');
  expect(await pinCandidate('test', { commit: third }, house)).toMatchObject({
    ok: true,
    value: { candidate: { ref: third, commit: third } },
  });
  expect(await pinCandidate('test', { ref: 'main' }, house)).toMatchObject({
    ok: true,
    value: { candidate: { ref: 'main', commit: fourth } },
  });
});

test('a candidate that would move is not pinned yet, and one that does not move stays pinned as it was', async () => {
  const fifth = await commit('five at last');
  const dry = await pinCandidate('test', { dryRun: true }, house);
  expect(dry).toMatchObject({ value: { moved: true, candidate: { commit: fifth, pinnedAt: null } } });
  const moved = await pinCandidate('test', {}, { ...house, now: () => Date.parse('2030-01-01T00:00:00Z') });
  const candidate = { ref: 'main', commit: fifth, pinnedAt: '2030-01-01T00:00:00.000Z' };
  expect(moved).toMatchObject({ value: { moved: true, candidate } });
  for (const input of [{}, { dryRun: true }, { ref: 'HEAD' }])
    expect(await pinCandidate('test', input, house)).toMatchObject({ value: { moved: false, candidate } });
});

test('an adoption tells what it changes, and the ledger names the blockers that it weakens', async () => {
  const { text, name } = spec('NOTES.md');
  const first = await adoptSpec({ text, name }, house);
  const weaker = text.replace('notes: {', 'notes: { level: optional,');
  const second = await adoptSpec({ text: weaker, name }, house);
  if (!first.ok || !second.ok) throw new Error('It was not adopted.');
  expect(second.value.adoption).toBe(first.value.adoption + 1);
  expect(second.value.changes[0]).toBe('Blocker demoted: “Notes” (notes) from blocker to optional.');
  const entry = await house.db.ledgerEntry.findFirstOrThrow({
    where: { type: 'spec.adopted' },
    orderBy: { seq: 'desc' },
  });
  expect(entry.version).toBe(2);
  expect(JSON.parse(Buffer.from(entry.bytes).toString('utf8')).data.weakened).toMatchObject({
    removedBlockers: { count: 0, ids: [] },
    demoted: { count: 1, ids: ['notes'] },
  });
});

const stood: Standing = {
  verdict: 'unknown',
  ruleVersion: 1,
  evidenceDigest: null,
  judgement: null,
  observedAt: null,
  triedAt: '2026-11-25T08:00:00.000Z',
  failure: null,
  silentSince: null,
  failing: null,
  maxAgeMs: 60_000,
  since: '2026-11-25T08:00:00.000Z',
  changes: [],
};
const spec = (path: string): SpecToAdopt => {
  const text = specText(join(folder, 'code')).replace('NOTES.md', path);
  return { text, name: 'test.yaml' };
};

test.each([
  ['a candidate that moves', async () => pinCandidate('test', { commit: await commit('five') }, house)],
  ['a spec that is adopted', () => adoptSpec(spec('OTHER.md'), house)],
])('%s waits for a cycle that is being written, and neither stops the other', async (_what, verb) => {
  const rows = [{ launch: 'test', item: 'notes', check: 'file', standing: stood }];
  await writeStandings(house.db, rows);
  let doing: ReturnType<typeof verb> | undefined;
  await house.db.$transaction(async (tx) => {
    await holdBoards(tx, ['test']);
    doing = verb();
    doing.catch(() => undefined);
    await sleep(500);
    await writeStandings(tx, rows);
  });
  expect(await doing).toMatchObject({ ok: true });
  expect(await house.db.standing.count()).toBe(0);
});

test('a commit that was read for one version of the spec is not pinned under the next', async () => {
  const sixth = await commit('six');
  const before = await pinned();
  let pinning: ReturnType<typeof pinCandidate> | undefined;
  await inLedgerTransaction(house.db, async () => {
    const adopting = adoptSpec(spec('THIRD.md'), house);
    adopting.catch(() => undefined);
    await sleep(300);
    pinning = pinCandidate('test', { commit: sixth }, house);
    pinning.catch(() => undefined);
    await sleep(1000);
  });
  expect(await pinning).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  expect(await pinned()).toBe(before);
});
