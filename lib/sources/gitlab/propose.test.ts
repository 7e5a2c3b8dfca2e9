import { expect, onTestFinished, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import { treeTold } from '#e2e/gitlab/git-answers.ts';
import type { Instead } from '#e2e/gitlab/serve.ts';
import type { GitlabWorld, Role } from '#e2e/gitlab/world.ts';
import type { Proposal, Proposed } from '#lib/domain/proposal.ts';
import type { SourceContext } from '#lib/domain/question.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { seenBy } from '../collected.fixture.ts';
import { proposalBase, proposeTo } from '../registry.ts';
import { files, nowMs, smallWorld, startGitlab } from './gitlab.fixture.ts';

const token = 'glpat-writes-canary-0123456789';
const branch = 'big-green/kit-0a1b2c3d';
const script = 'scripts/verify.sh';
const proposed = [
  { path: 'monitoring/alerts.yml', text: 'groups: []\n', executable: false, was: null },
  { path: script, text: '#!/bin/sh\nexit 0\n', executable: true, was: null },
  { path: 'README.md', text: '# Node\r\n\uFEFFÖl\n', executable: false, was: { executable: false } },
];

async function begin(
  options: { readonly role?: Role; readonly scope?: 'read_api'; readonly instead?: Instead } = {},
) {
  const { world, commits } = smallWorld();
  world.tokens.set(token, options.role ?? 'Developer');
  if (options.scope !== 'read_api') world.writers.add(token);
  const started = await startGitlab(world, options.instead ? { instead: options.instead } : {});
  const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => nowMs });
  onTestFinished(() => outgoing.close());
  const credential = { origin: started.gitlab.origin, token };
  const context: SourceContext = { outgoing, now: () => nowMs, commit: null, credential };
  const proposal: Proposal = {
    base: { branch: 'main', commit: commits[0] ?? '' },
    branch,
    files: proposed,
    title: 'Add the launch kit',
    text: 'As the spec has it.',
    message: 'Add the launch kit',
  };
  const propose = (given: Partial<Proposal> = {}) =>
    proposeTo(started.source, { ...proposal, ...given }, context);
  const writes = () => started.gitlab.asked.filter(({ method }) => method === 'POST');
  return { world, commits, propose, writes, context, ...started };
}

type Begun = Awaited<ReturnType<typeof begin>>;

async function made(begun: Begun, given: Partial<Proposal> = {}): Promise<Proposed> {
  const answer = await begun.propose(given);
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
}

async function refusedBy(begun: Begun, given: Partial<Proposal> = {}): Promise<string> {
  const answer = await begun.propose(given);
  if (answer.ok) throw new Error('expected a failure');
  return answer.failure.message;
}

/** Mode and text by path, as the stand-in holds them on a branch. */
function holds(world: GitlabWorld, ref: string, folder = ''): Record<string, string> {
  const entries = treeTold(world, ref, folder) ?? [];
  return Object.assign(
    {},
    ...entries.map(({ path, mode, id }) =>
      mode === '040000'
        ? holds(world, ref, path ?? '')
        : { [path ?? '']: `${mode} ${world.blobs.get(id ?? '')}` },
    ),
  );
}

test('one commit on a branch of its own and one merge request, and all other files stay byte for byte', async () => {
  const begun = await begin();
  const { world, gitlab, commits } = begun;
  const before = holds(world, 'main');
  const value = await made(begun);
  expect(value).toEqual({
    branch,
    commit: world.branches.get(branch),
    branchAddress: `${gitlab.address}/-/tree/${branch}`,
    isNewBranch: true,
    request: { number: 1, address: `${gitlab.address}/-/merge_requests/1`, state: 'open' },
    isNewRequest: true,
    left: null,
  });
  expect(world.commits.get(value.commit)?.parents).toEqual([commits[0]]);
  expect(holds(world, branch)).toEqual({
    ...before,
    'monitoring/alerts.yml': '100644 groups: []\n',
    [script]: '100755 #!/bin/sh\nexit 0\n',
    'README.md': '100644 # Node\r\n\uFEFFÖl\n',
  });
  expect(holds(world, 'main')).toEqual(before);
  expect(begun.writes()).toHaveLength(2);
});

test('the commit that was made is read again as any other', async () => {
  const begun = await begin();
  const { commit } = await made(begun);
  const seen = await begun.ask([{ ask: 'file', source: 'gitlab', path: script }], commit);
  expect(seenBy(seen)).toMatchObject({ found: 'file', executable: true, text: '#!/bin/sh\nexit 0\n' });
});

test('a second time answers with what is there; at once, there is one branch and one request', async () => {
  const begun = await begin();
  const [one, other] = await Promise.all([made(begun), made(begun)]);
  expect([one.request, other.request]).toEqual([one.request, one.request]);
  expect([one.isNewRequest, other.isNewRequest].toSorted()).toEqual([false, true]);
  expect(begun.world.mergeRequests).toHaveLength(1);
  const written = begun.writes().length;
  expect(await made(begun)).toMatchObject({ commit: one.commit, isNewBranch: false, isNewRequest: false });
  expect(begun.writes()).toHaveLength(written);
});

test('a branch of that name with other content is left as it is', async () => {
  const begun = await begin();
  const { world, commits } = begun;
  world.branches.set(branch, commits[0] ?? '');
  const content = { ...files, 'monitoring/alerts.yml': 'groups: []\n' };
  const theirs = commitFiles(world, content, { branch, message: 'Theirs', at: '2026-11-19T10:00:00Z' });
  expect(await refusedBy(begun)).toContain('exists and holds something else than what is proposed');
  expect([world.branches.get(branch), begun.writes()]).toEqual([theirs, []]);
});

test.each<[string, Parameters<typeof begin>[0]]>([
  ['read_api', { scope: 'read_api' }],
  ['Reporter', { role: 'Reporter' }],
])('a token of %s alone is told what it takes by name, and nothing is there', async (_name, options) => {
  const begun = await begin(options);
  const message = await refusedBy(begun);
  expect(message).toContain('give its token the scope api and the role Developer in the project');
  expect(message).toContain(`There is no branch ${branch}`);
  expect(begun.world.branches.has(branch)).toBe(false);
});

test('a project that forbids the branch is quoted with its reason', async () => {
  const begun = await begin();
  begun.world.settings.branchPattern = '^(feature|fix)/';
  expect(await refusedBy(begun)).toContain('does not follow the pattern');
  begun.world.settings.branchPattern = null;
  begun.world.protectedBranches.push('big-green/*');
  expect(await refusedBy(begun)).toContain('answered 403 where it was asked for a new commit');
  expect(begun.world.branches.has(branch)).toBe(false);
});

test('a project without merge requests has the branch left, which is said, and nothing else', async () => {
  const begun = await begin();
  begun.world.settings.mergeRequestsEnabled = false;
  const value = await made(begun);
  expect(value).toMatchObject({ isNewBranch: true, request: null });
  expect(value.left?.message).toContain('answered 403 where it was asked for a new merge request');
  expect(value.left?.byHand).toContain(`${begun.gitlab.address}/-/merge_requests/new?`);
  begun.world.settings.mergeRequestsEnabled = true;
  expect(await made(begun)).toMatchObject({ isNewBranch: false, isNewRequest: true, commit: value.commit });
});

test.each(['/repository/commits', '/merge_requests'])(
  'an answer to %s that is lost is looked up, not sent again',
  async (end) => {
    let count = 0;
    const instead: Instead = (path, method) => {
      if (method !== 'POST' || !path.endsWith(end)) return null;
      count += 1;
      return count > 1 ? null : { status: 502, text: '{}', afterwards: true };
    };
    const begun = await begin({ instead });
    expect(await made(begun)).toMatchObject({ request: { number: 1 }, left: null });
    expect(begun.writes().filter(({ path }) => path.endsWith(end))).toHaveLength(1);
  },
);

test('a server that does not set the mode is found out, and no request is opened over it', async () => {
  const begun = await begin();
  const lost = proposed.map((file) => (file.path === script ? { ...file, was: { executable: true } } : file));
  // Where it is said to stand as executable and does not, no action sets its mode: what comes of it has the wrong one.
  begun.world.branches.set('other', begun.commits[0] ?? '');
  const at = { branch: 'other', message: 'Script', at: '2026-11-19T10:00:00Z' };
  const base = commitFiles(begun.world, { ...files, [script]: 'old' }, at);
  const message = await refusedBy(begun, { files: lost, base: { branch: 'other', commit: base } });
  expect(message).toContain('was made, and holds something else than was proposed');
  expect(begun.world.mergeRequests).toEqual([]);
});

test('the base is the branch asked for, else the default one', async () => {
  const { source, context, commits, world } = await begin();
  const side = { branch: 'side', isDefault: false, commit: world.branches.get('side') };
  expect(await proposalBase(source, 'side', context)).toEqual({ ok: true, value: side });
  const main = { branch: 'main', isDefault: true, commit: commits[0] };
  expect(await proposalBase(source, 'v1.0', context)).toEqual({ ok: true, value: main });
});
