import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import { serveGithub } from '#e2e/github/serve.ts';
import { serveGitlab } from '#e2e/gitlab/serve.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import * as github from '#lib/sources/github/github.fixture.ts';
import * as gitlab from '#lib/sources/gitlab/gitlab.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { candidateFiles } from './candidate-files.ts';
import { checkOnce } from './check-once.ts';
import { collect } from './collect.ts';
import { launchInForce } from './launch-in-force.ts';
import { pinCandidate } from './pin-candidate.ts';
import { readSpec } from './read-spec.ts';
import { setSourceToken } from './source-token.ts';
import { switchSource } from './switch-source.ts';
import { viewBoard } from './view-board.ts';

const specText = (id: string, kind: string, address: string) => `
format: big-green/v1
launch: { id: ${id}, title: Test, target: { at: 2030-12-01T14:00:00Z } }
candidate: { ref: main }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  code: { kind: ${kind}, title: Code, address: '${address}' }
tracks:
  only:
    title: Only
    lead: sre
    items:
      notes: { title: Notes, phase: launch, checks: [{ kind: file, path: NOTES.md, matches: Ready }] }
`;

let scratch: ScratchDatabase;
let house: House;
const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => github.nowMs });

beforeAll(async () => {
  scratch = await scratchDatabase();
  const db = openDatabase(scratch.appUrl);
  house = { db, outgoing, seal: testSeal, now: () => github.nowMs, cacheDir: '/nowhere' };
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
});

describe.each(['github', 'gitlab'] as const)('a candidate from %s', (kind) => {
  const { world } = kind === 'github' ? github.smallWorld() : gitlab.smallWorld();
  const token = kind === 'github' ? github.token : gitlab.token;
  const at = '2026-11-19T12:00:00Z';
  const first = commitFiles(world, { 'NOTES.md': 'Ready\n', 'kit.md': 'one' }, { message: 'Notes', at });
  let stop = async (): Promise<void> => undefined;
  let asked: readonly { readonly authorization: string | null }[] = [];
  let key = '';
  let text = '';

  beforeAll(async () => {
    const now = () => github.nowMs;
    const server =
      'formerNames' in world ? await serveGithub(world, { now }) : await serveGitlab(world, { now });
    ({ stop, asked } = server);
    text = specText(kind, kind, server.address);
    const adopted = await adoptSpec({ text, name: 'test.yaml' }, house);
    if (!adopted.ok) throw new Error(adopted.problem.message);
    key = (await house.db.launchSource.findFirstOrThrow({ where: { launchId: kind } })).sourceKey;
  });
  afterAll(() => stop());

  const file = async (path: string) => {
    const launch = await launchInForce(house.db, kind);
    if (!launch) throw new Error('There is no launch.');
    return candidateFiles(launch, [path], house);
  };

  test('is refused in words without a token, and pinned with it, sent to its own origin', async () => {
    const hidden = await pinCandidate(kind, {}, house);
    expect(hidden).toMatchObject({ ok: false, problem: { code: 'source-failed' } });
    await setSourceToken(key, token, house);
    expect(await pinCandidate(kind, {}, house)).toMatchObject({
      ok: true,
      value: { moved: true, candidate: { ref: 'main', commit: first } },
    });
    expect(asked.at(-1)?.authorization).toBe(`Bearer ${token}`);
  });

  test('is what checks and screens read files at', async () => {
    await collect(key, house);
    const board = await viewBoard(kind, house);
    if (!board.ok) throw new Error(board.problem.message);
    expect(board.value.tracks[0]?.items[0]?.state).toBe('ready');
    const { source, files, unread } = await file('kit.md');
    expect(unread).toBeNull();
    expect(source?.kind).toBe(kind);
    expect(files.get('kit.md')).toMatchObject({ commit: first, text: 'one' });
  });

  test('moves with its branch, and files with it', async () => {
    const second = commitFiles(world, { 'NOTES.md': 'Ready\n', 'kit.md': 'two' }, { message: 'Two', at });
    expect(await pinCandidate(kind, {}, house)).toMatchObject({
      value: { moved: true, candidate: { commit: second } },
    });
    expect((await file('kit.md')).files.get('kit.md')?.text).toBe('two');
  });

  test('is what a look without a server judges', async () => {
    const read = readSpec(text, 'test.yaml');
    if (!read.ok) throw new Error(read.problem.message);
    const { spec } = read.value;
    const tokens = new Map([['code', token]]);
    const looked = await checkOnce({ spec, addresses: {}, tokens, ref: first }, house);
    if (!looked.ok) throw new Error(looked.problem.message);
    expect(looked.value.launch.candidate?.commit).toBe(first);
    expect(looked.value.tracks[0]?.items[0]?.state).toBe('ready');
  });

  test('is not asked for while the source is switched off, or asked to be left alone', async () => {
    const before = asked.length;
    await house.db.source.update({ where: { key }, data: { quietUntil: new Date(github.nowMs + 60_000) } });
    const quiet = await pinCandidate(kind, {}, house);
    expect(quiet).toMatchObject({ ok: false, problem: { code: 'source-failed' } });
    await house.db.source.update({ where: { key }, data: { quietUntil: null } });
    await switchSource(key, 'off', house);
    expect(await pinCandidate(kind, {}, house)).toMatchObject({
      problem: { code: 'conflict', message: 'Code is switched off and was not asked.' },
    });
    expect((await file('README.md')).unread?.message).toContain('is switched off');
    expect(asked.length).toBe(before);
  });
});
