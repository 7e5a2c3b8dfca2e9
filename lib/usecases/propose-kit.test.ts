import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import { type Instead, type RunningGithub, serveGithub } from '#e2e/github/serve.ts';
import { emptyWorld, type GithubWorld, type Permission } from '#e2e/github/world.ts';
import { type RunningGitlab, serveGitlab } from '#e2e/gitlab/serve.ts';
import { emptyGitlabWorld, type GitlabWorld } from '#e2e/gitlab/world.ts';
import type { ProposalClick, ProposalPlan, ProposalView } from '#lib/domain/proposal-view.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { launchKit } from './launch-kit.ts';
import { moveSource } from './move-source.ts';
import { planProposal } from './plan-proposal.ts';
import { proposeKit } from './propose-kit.ts';
import { sourceKey } from './source-addresses.ts';
import { setSourceToken } from './source-token.ts';
import { switchSource } from './switch-source.ts';

const spec = readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8');
const id = 'the-block';
const readToken = 'github_pat_reads_0123456789';
const writeToken = 'github_pat_canary_7f3a1c_writes';
const labToken = 'glpat-canary-7f3a1c-writes';
const reads: readonly Permission[] = ['metadata', 'contents', 'pull_requests'];
const allowed: readonly Permission[] = [...reads, 'contents:write', 'pull_requests:write', 'workflows:write'];
const document = 'docs/operations.md';
const ours = '\uFEFF# Operations\r\n\r\nOurs.  \r\n';
const closed = 'http://127.0.0.1:1';
const ms = Date.parse('2026-11-20T08:00:00Z');

let scratch: ScratchDatabase;
let house: House;
let world: GithubWorld;
let lab: GitlabWorld;
let github: RunningGithub;
let gitlab: RunningGitlab;
let instead: Instead = () => null;
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

/** An empty repository in both places, with a document of its own. */
function begin(): void {
  Object.assign(world, emptyWorld(ms));
  Object.assign(lab, emptyGitlabWorld(ms));
  world.tokens.set(readToken, new Set(reads));
  world.tokens.set(writeToken, new Set(allowed));
  lab.tokens.set(labToken, 'Developer');
  lab.writers.add(labToken);
  instead = () => null;
  for (const one of [world, lab])
    commitFiles(
      one,
      { [document]: ours, 'src/lib.rs': 'pub fn a() {}\n' },
      { message: 'Begin', at: '2026-11-19T09:00:00Z' },
    );
}

beforeAll(async () => {
  world = emptyWorld(ms);
  lab = emptyGitlabWorld(ms);
  github = await serveGithub(world, { instead: (path, method) => instead(path, method) });
  gitlab = await serveGitlab(lab);
  scratch = await scratchDatabase();
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: '/nonexistent',
  };
  const addresses = {
    repository: `https://127.0.0.1:1/the-block/node.git`,
    prometheus: closed,
    node: closed,
    grafana: closed,
    github: github.address,
    gitlab: gitlab.address,
  };
  const adopted = await adoptSpec({ text: spec, name: 'the-block.yaml', addresses }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
  await setSourceToken(await keyOf('github'), readToken, house);
  await setSourceToken(await keyOf('gitlab'), labToken, house);
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  await github.stop();
  await gitlab.stop();
});
beforeEach(begin);

async function keyOf(kind: string): Promise<string> {
  const origin = kind === 'github' ? github.address : gitlab.address;
  return (await house.db.source.findFirstOrThrow({ where: { kind, origin } })).key;
}

async function view(choice: Parameters<typeof planProposal>[1] = {}): Promise<ProposalView> {
  const answer = await planProposal(id, choice, house);
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value;
}

async function plan(choice: Parameters<typeof planProposal>[1] = {}): Promise<ProposalPlan> {
  const { plan: seen, unread } = await view(choice);
  if (!seen) throw new Error(unread?.message);
  return seen;
}

function clickOf(shown: ProposalPlan, given: Partial<ProposalClick> = {}): ProposalClick {
  const { source, base, branch, files, title, text } = shown;
  const chosen = files.filter(({ isChosen }) => isChosen).map(({ path }) => path);
  const [token, { address }] = source === 'github' ? [writeToken, github] : [labToken, gitlab];
  return {
    source,
    address,
    base: base.commit,
    branch: branch ?? '',
    files: chosen,
    title,
    text,
    token,
    ...given,
  };
}

async function refusal(click: ProposalClick): Promise<{ readonly code: string; readonly message: string }> {
  const answer = await proposeKit(id, click, house);
  if (answer.ok) throw new Error('expected a refusal');
  return answer.problem;
}

const files = async () => {
  const kit = await launchKit(id, house);
  if (!kit.ok) throw new Error(kit.problem.message);
  return kit.value.files;
};

async function events(): Promise<readonly { readonly data: Record<string, unknown> }[]> {
  const rows = await house.db.ledgerEntry.findMany({
    where: { type: 'kit.proposed' },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')));
}

/** Text and mode of a file on a branch at GitHub. */
function fileOn(branch: string, path: string): string {
  let sha = world.commits.get(world.branches.get(branch) ?? '')?.tree ?? '';
  let mode = '';
  for (const part of path.split('/')) {
    const entry = world.trees.get(sha)?.find(({ name }) => name === part);
    [sha, mode] = [entry?.sha ?? '', entry?.mode ?? ''];
  }
  return `${mode} ${world.blobs.get(sha)?.toString('utf8')}`;
}

test('the plan says where, from which commit and why, and ticks what is missing', async () => {
  const { targets, plan: shown } = await view();
  expect(targets.map(({ source, request, hasToken }) => [source, request, hasToken])).toEqual([
    ['github', 'pull request', true],
    ['gitlab', 'merge request', true],
  ]);
  expect(shown?.base).toEqual({
    branch: 'main',
    commit: world.branches.get('main'),
    why: 'The candidate is taken from main: what is merged there comes into the next one.',
  });
  expect(shown?.branch).toMatch(/^big-green\/kit-[0-9a-f]{8}$/);
  const all = await files();
  expect(shown?.files).toHaveLength(all.length);
  expect(shown?.files.filter(({ isChosen }) => !isChosen).map(({ path, act }) => [path, act])).toEqual([
    [document, 'change'],
  ]);
  expect(shown?.permissions).toContain('Workflows: read and write');
  expect((await plan({ source: 'gitlab' })).permissions).toEqual(['scope api', 'role Developer']);
});

test('a click makes the request, once, and the ledger says so once', async () => {
  const before = (await events()).length;
  const click = clickOf(await plan());
  const first = await proposeKit(id, click, house);
  expect(first).toMatchObject({
    ok: true,
    value: {
      branch: click.branch,
      request: { number: 1, state: 'open' },
      sentence: 'Pull request #1 is open.',
    },
  });
  const second = await proposeKit(id, click, house);
  expect(second.ok && second.value.sentence).toBe(
    'Pull request #1 was there already, with exactly these files; it is open.',
  );
  const told = (await events()).slice(before);
  expect(told).toHaveLength(1);
  expect(told[0]?.data).toMatchObject({
    source: await keyOf('github'),
    branch: click.branch,
    commit: world.branches.get(click.branch),
    base: click.base,
    request: 1,
    address: `${github.address}/pull/1`,
  });
  const all = await files();
  for (const { path, text, executable } of all.filter((one) => one.path !== document))
    expect(fileOn(click.branch, path)).toBe(`${executable ? '100755' : '100644'} ${text}`);
  expect(all.some(({ executable }) => executable)).toBe(true);
  expect(fileOn(click.branch, document)).toBe(`100644 ${ours}`);
});

test('two clicks at once come to one request and one event', async () => {
  const before = (await events()).length;
  const click = clickOf(await plan(), { title: 'At once' });
  const both = await Promise.all([proposeKit(id, click, house), proposeKit(id, click, house)]);
  expect(both.map((one) => one.ok && one.value.request?.number)).toEqual([1, 1]);
  expect(world.pulls).toHaveLength(1);
  expect((await events()).length - before).toBe(1);
});

test('a document takes the kit’s sections over the base’s own text, which stays byte for byte', async () => {
  const shown = await plan({ files: [document] });
  expect(shown.files.find(({ path }) => path === document)?.says).toContain('all its other text stays');
  expect(shown.text).toContain(`Changed:\n\n- \`${document}\``);
  const click = clickOf(shown);
  expect(await proposeKit(id, click, house)).toMatchObject({ ok: true });
  const written = fileOn(click.branch, document);
  expect(written.startsWith(`100644 ${ours}`)).toBe(true);
  expect(written.length).toBeGreaterThan(ours.length + 500);
  expect(written.replaceAll('\r\n', '')).not.toContain('\n');
  expect(fileOn(click.branch, 'src/lib.rs')).toBe('100644 pub fn a() {}\n');
});

test('GitLab gets the same files, with the source’s own token where the person so chooses', async () => {
  const click = clickOf(await plan({ source: 'gitlab' }), { token: null });
  const made = await proposeKit(id, click, house);
  expect(made.ok && made.value.sentence).toBe('Merge request !1 is open.');
  expect(lab.mergeRequests).toMatchObject([{ head: click.branch, base: 'main' }]);
  expect(click.branch).toBe((await plan()).branch);
});

test('a base that moved meanwhile is a conflict, and nothing is written', async () => {
  const click = clickOf(await plan());
  commitFiles(world, { 'src/lib.rs': 'pub fn b() {}\n' }, { message: 'On', at: '2026-11-19T10:00:00Z' });
  expect(await refusal(click)).toMatchObject({ code: 'conflict' });
  expect((await refusal(click)).message).toContain('main has moved to');
  expect(world.branches.size).toBe(1);
});

test('attack 23: a source that moved meanwhile is sent no token, neither the one given nor the one held', async () => {
  const click = clickOf(await plan());
  const kit = await launchKit(id, house);
  if (!kit.ok) throw new Error(kit.problem.message);
  const spec = kit.value.launch.head.specDigest;
  const other = await serveGithub(world, {});
  const move = (to: string) => ({ to, token: null, launches: [{ launch: id, source: 'github', spec }] });
  const home = await keyOf('github');
  expect(await moveSource(home, move(other.address), house)).toMatchObject({ ok: true });
  for (const token of [writeToken, null]) {
    const { code, message } = await refusal({ ...click, token });
    expect([code, message]).toEqual(['conflict', expect.stringContaining(`at ${other.address} since`)]);
  }
  expect(other.asked).toEqual([]);
  await moveSource(sourceKey('github', other.address), move(github.address), house);
  await other.stop();
  expect(world.branches.size).toBe(1);
});

test('what was not shown is not written: another branch’s name is a conflict', async () => {
  const click = clickOf(await plan(), { branch: 'big-green/kit-00000000' });
  expect((await refusal(click)).message).toContain('is not what was shown');
  expect(world.branches.size).toBe(1);
});

test.each(['../../etc/passwd', '/etc/passwd', '.git/config', 'src/lib.rs'])(
  'a click on %s, which is no file of the kit, is refused',
  async (path) => {
    const shown = await plan();
    expect(await refusal(clickOf(shown, { files: [path] }))).toMatchObject({ code: 'conflict' });
    expect(world.branches.size).toBe(1);
  },
);

test('a folder that is a link there, or a path in other letter case, is not written through', async () => {
  const content = { monitoring: { link: '/etc' }, 'Docs/operations.md': ours };
  commitFiles(world, content, { message: 'Links', at: '2026-11-19T10:00:00Z' });
  const shown = await plan();
  const linked = shown.files.find(({ path }) => path.startsWith('monitoring/'));
  expect(linked).toMatchObject({ act: 'none', says: 'monitoring is a symlink there, and no folder' });
  const other = shown.files.find(({ path }) => path === document);
  expect(other).toMatchObject({ act: 'none' });
  expect(other?.says).toContain('differs in letter case alone');
  expect(await refusal(clickOf(shown, { files: [linked?.path ?? ''] }))).toMatchObject({ code: 'conflict' });
});

test('a token is in no log, ledger, table or answer, whatever comes of the click', async () => {
  const said: string[] = [];
  const streams = [process.stdout, process.stderr];
  const spies = streams.map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((chunk) => Boolean(said.push(String(chunk)))),
  );
  const click = clickOf(await plan());
  const answers = [await proposeKit(id, click, house)];
  begin();
  instead = (_path, method) =>
    method === 'POST' ? { status: 422, text: JSON.stringify({ message: `no ${writeToken}` }) } : null;
  answers.push(await proposeKit(id, click, house));
  world.tokens.delete(writeToken);
  answers.push(await proposeKit(id, click, house));
  answers.push(await proposeKit(id, { ...click, token: `${writeToken}\nx` }, house));
  for (const spy of spies) spy.mockRestore();
  expect(answers.map(({ ok }) => ok)).toEqual([true, false, false, false]);
  expect(JSON.stringify([answers, said])).not.toContain('canary');
  const tables = await house.db.$queryRaw<{ name: string }[]>`
    SELECT relname::text AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege(oid, 'SELECT')`;
  for (const { name } of tables) {
    const rows = await house.db.$queryRawUnsafe<{ text: string }[]>(
      `SELECT t::text AS text FROM "${name}" t`,
    );
    const hex = Buffer.from('canary_7f3a1c').toString('hex');
    for (const { text } of rows) expect(/canary_7f3a1c/.test(text) || text.includes(hex), name).toBe(false);
  }
});

test('a token without a right is told so by name, and what it left behind', async () => {
  world.tokens.set(writeToken, new Set(reads));
  const click = clickOf(await plan());
  const none = await refusal(click);
  expect(none).toMatchObject({ code: 'refused' });
  expect(none.message).toContain('Contents: write');
  world.tokens.set(writeToken, new Set([...reads, 'contents:write']));
  expect((await refusal(click)).message).toContain('Workflows: write');
  world.tokens.set(writeToken, new Set([...reads, 'contents:write', 'workflows:write']));
  const half = await proposeKit(id, click, house);
  expect(half).toMatchObject({ ok: true, value: { request: null, branch: click.branch } });
  expect(half.ok && half.value.left?.message).toContain('Pull requests: write');
  expect((await events()).at(-1)?.data).toMatchObject({ branch: click.branch, request: null });
});

test('a source without a token, or switched off, is not asked to write', async () => {
  const click = clickOf(await plan(), { token: null });
  const writes = github.asked.filter(({ method }) => method === 'POST').length;
  await setSourceToken(await keyOf('github'), null, house);
  expect((await refusal(click)).message).toContain('No token is held for GitHub');
  await switchSource(await keyOf('github'), 'off', house);
  expect((await refusal({ ...click, token: writeToken })).message).toContain('is switched off');
  expect((await view()).unread?.message).toContain('is switched off');
  await switchSource(await keyOf('github'), 'on', house);
  await setSourceToken(await keyOf('github'), readToken, house);
  expect(github.asked.filter(({ method }) => method === 'POST')).toHaveLength(writes);
});

test.each([
  [{ title: '' }, 'The title is one line'],
  [{ title: 'a\nb' }, 'The title is one line'],
  [{ text: 'x'.repeat(65_001) }, 'at most 65000'],
  [{ files: [] }, 'Choose a file'],
  [{ token: 'two words' }, 'A token is one word'],
  [{ source: 'prometheus' }, 'no GitHub or GitLab source'],
])('%j is refused before anything is asked', async (given, words) => {
  const click = clickOf(await plan(), given);
  const asked = github.asked.length;
  expect((await refusal(click)).message).toContain(words);
  expect(github.asked).toHaveLength(asked);
});
