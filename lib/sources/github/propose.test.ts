import { expect, onTestFinished, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { Instead } from '#e2e/github/serve.ts';
import type { GithubWorld, Permission } from '#e2e/github/world.ts';
import type { Proposal, Proposed } from '#lib/domain/proposal.ts';
import type { SourceContext } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { seenBy } from '../collected.fixture.ts';
import { proposalBase, proposeTo } from '../registry.ts';
import { files, nowMs, smallWorld, startGithub } from './github.fixture.ts';

const token = 'github_pat_writes_canary_0123456789';
const writing: readonly Permission[] = [
  'metadata',
  'contents',
  'pull_requests',
  'contents:write',
  'pull_requests:write',
];
const branch = 'big-green/kit-0a1b2c3d';
const proposed = [
  { path: 'monitoring/alerts.yml', text: 'groups: []\n', executable: false, was: null },
  { path: 'scripts/verify.sh', text: '#!/bin/sh\nexit 0\n', executable: true, was: null },
  { path: 'README.md', text: '# Node\r\n\uFEFFÖl — “kit”\n', executable: false, was: null },
];

async function begin(options: { readonly may?: readonly Permission[]; readonly instead?: Instead } = {}) {
  const { world, commits } = smallWorld();
  world.tokens.set(token, new Set(options.may ?? writing));
  const started = await startGithub(world, options.instead ? { instead: options.instead } : {});
  const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => nowMs });
  onTestFinished(() => outgoing.close());
  const credential = { origin: started.github.origin, token };
  const context: SourceContext = { outgoing, now: () => nowMs, commit: null, credential };
  const proposal: Proposal = {
    base: { branch: 'main', commit: commits[0] ?? '' },
    branch,
    files: proposed,
    title: 'Add the launch kit',
    text: 'As the spec has it.',
    message: 'Add the launch kit',
  };
  const propose = (given: Partial<Proposal> = {}, source: SourceSpec = started.source) =>
    proposeTo(source, { ...proposal, ...given }, context);
  const writes = () => started.github.asked.filter(({ method }) => method === 'POST');
  return { world, commits, propose, writes, context, proposal, ...started };
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

/** What the stand-in holds on the branch, by path. */
function holds(world: GithubWorld, tree: string, folder = ''): Record<string, string> {
  const entries = world.trees.get(tree) ?? [];
  return Object.assign(
    {},
    ...entries.map(({ name, mode, sha }) =>
      mode === '040000'
        ? holds(world, sha, `${folder}${name}/`)
        : { [`${folder}${name}`]: `${mode} ${world.blobs.get(sha)?.toString('utf8')}` },
    ),
  );
}
const treeOf = (world: GithubWorld, name: string) => {
  const commit = world.commits.get(world.branches.get(name) ?? '');
  return holds(world, commit?.tree ?? '');
};

test('one commit on a branch of its own and one pull request, and all other files stay byte for byte', async () => {
  const begun = await begin();
  const { world, github, commits } = begun;
  const before = treeOf(world, 'main');
  const value = await made(begun);
  expect(value).toEqual({
    branch,
    commit: world.branches.get(branch),
    branchAddress: `${github.address}/tree/${branch}`,
    isNewBranch: true,
    request: { number: 1, address: `${github.address}/pull/1`, state: 'open' },
    isNewRequest: true,
    left: null,
  });
  expect(world.commits.get(value.commit)?.parents).toEqual([commits[0]]);
  expect(treeOf(world, branch)).toEqual({
    ...before,
    'monitoring/alerts.yml': '100644 groups: []\n',
    'scripts/verify.sh': '100755 #!/bin/sh\nexit 0\n',
    'README.md': '100644 # Node\r\n\uFEFFÖl — “kit”\n',
  });
  expect(treeOf(world, 'main')).toEqual(before);
  expect(world.pulls).toMatchObject([{ head: branch, base: 'main', title: 'Add the launch kit' }]);
});

test('the commit that was made is read again as any other', async () => {
  const begun = await begin();
  const { commit } = await made(begun);
  const question = { ask: 'file', source: 'github', path: 'scripts/verify.sh' } as const;
  const seen = await begun.ask([question], commit);
  expect(seenBy(seen)).toMatchObject({ found: 'file', executable: true, text: '#!/bin/sh\nexit 0\n' });
});

test('a second time answers with what is there and writes nothing', async () => {
  const begun = await begin();
  const first = await made(begun);
  const written = begun.writes().length;
  const second = await made(begun);
  expect(second).toEqual({ ...first, isNewBranch: false, isNewRequest: false });
  expect(begun.writes()).toHaveLength(written);
});

test('clicked twice at once, there is one branch and one request', async () => {
  const begun = await begin();
  const [one, other] = await Promise.all([made(begun), made(begun)]);
  expect(begun.world.pulls).toHaveLength(1);
  expect([one.request, other.request]).toEqual([one.request, one.request]);
  expect([one.isNewRequest, other.isNewRequest].toSorted()).toEqual([false, true]);
});

test.each([
  ['another file besides', { ...files, 'monitoring/alerts.yml': 'groups: []\n', x: 'x' }],
  ['other text', { ...files, 'monitoring/alerts.yml': 'other\n' }],
])('a branch of that name with %s is left as it is', async (_what, content) => {
  const begun = await begin();
  const { world } = begun;
  world.branches.set(branch, begun.commits[0] ?? '');
  const theirs = commitFiles(world, content, { branch, message: 'Theirs', at: '2026-11-19T10:00:00Z' });
  expect(await refusedBy(begun)).toContain('exists and holds something else than what is proposed');
  expect(world.branches.get(branch)).toBe(theirs);
  expect(begun.writes()).toEqual([]);
});

test.each<[string, readonly Permission[], string, number]>([
  [
    'to write contents',
    ['metadata', 'contents', 'pull_requests', 'pull_requests:write'],
    'Contents: write',
    1,
  ],
  ['to see pull requests', ['metadata', 'contents', 'contents:write'], 'Pull requests: read', 0],
])(
  'a token without the right %s is told so by name, and nothing is there',
  async (_what, may, name, writes) => {
    const begun = await begin({ may });
    expect(await refusedBy(begun)).toContain(`give its token ${name}`);
    expect(begun.world.branches.has(branch)).toBe(false);
    expect(begun.writes()).toHaveLength(writes);
  },
);

test('a workflow takes one permission more, which is named with the file', async () => {
  const begun = await begin();
  const workflow = '.github/workflows/gate.yml';
  const given = { files: [{ path: workflow, text: 'on: push\n', executable: false, was: null }] };
  const message = await refusedBy(begun, given);
  expect(message).toContain(`over ${workflow}, which is a workflow: give the token Workflows: write`);
  expect(message).toContain(`There is no branch ${branch}`);
  begun.world.tokens.set(token, new Set([...writing, 'workflows:write']));
  expect((await made(begun, given)).request?.number).toBe(1);
});

test('a token that may not open requests leaves a branch, says so, and goes on from there with more rights', async () => {
  const begun = await begin({ may: ['metadata', 'contents', 'pull_requests', 'contents:write'] });
  const value = await made(begun);
  expect(value).toMatchObject({ isNewBranch: true, request: null });
  expect(value.left?.message).toContain('give its token Pull requests: write');
  expect(value.left?.byHand).toBe(`${begun.github.address}/compare/main...${branch}?expand=1`);
  begun.world.tokens.set(token, new Set(writing));
  const again = await made(begun);
  expect(again).toMatchObject({ isNewBranch: false, isNewRequest: true, commit: value.commit, left: null });
});

const broken = { status: 502, text: '{}' } as const;
const at = (end: string, when: 'before' | 'afterwards'): Instead => {
  let count = 0;
  return (path, method) => {
    if (method !== 'POST' || !path.endsWith(end) || count > 0) return null;
    count += 1;
    return { ...broken, afterwards: when === 'afterwards' };
  };
};

test.each(['/git/blobs', '/git/trees', '/git/commits', '/git/refs'])(
  'an answer of 502 to %s leaves no branch, is not sent again, and a second click succeeds',
  async (end) => {
    const begun = await begin({ instead: at(end, 'before') });
    expect(await refusedBy(begun)).toContain(`There is no branch ${branch}`);
    expect(begun.writes().filter(({ path }) => path.endsWith(end))).toHaveLength(1);
    expect(begun.world.branches.has(branch)).toBe(false);
    expect((await made(begun)).request?.number).toBe(1);
  },
);

test.each(['/git/refs', '/pulls'])(
  'an answer to %s that is lost is looked up, not sent again',
  async (end) => {
    const begun = await begin({ instead: at(end, 'afterwards') });
    expect(await made(begun)).toMatchObject({ request: { number: 1 }, left: null });
    expect(begun.writes().filter(({ path }) => path.endsWith(end))).toHaveLength(1);
    expect(begun.world.pulls).toHaveLength(1);
  },
);

test('a request that was closed is answered with as closed, and no other is opened', async () => {
  const begun = await begin();
  await made(begun);
  for (const pull of begun.world.pulls) pull.state = 'closed';
  expect(await made(begun)).toMatchObject({ request: { number: 1, state: 'closed' }, isNewRequest: false });
  begun.world.branches.delete(branch);
  expect(await made(begun)).toMatchObject({ isNewBranch: true, request: { number: 2, state: 'open' } });
});

test.each([
  '../etc/passwd',
  '/etc/passwd',
  '.git/hooks/pre-commit',
  'a/../../b',
  'C:/x',
  'a//b',
  '.GIT/config',
])('the path %s is refused before anything is asked', async (path) => {
  const begun = await begin();
  const message = await refusedBy(begun, { files: [{ path, text: 'x', executable: false, was: null }] });
  expect(message).toContain('is no path of a repository');
  expect(begun.github.asked).toEqual([]);
});

test('no branch but one of Big Green’s own is written', async () => {
  const begun = await begin();
  for (const other of ['main', 'kit', 'big-green/kit-0a1b2c3d/../main', 'refs/heads/main'])
    expect(await refusedBy(begun, { branch: other })).toContain('not one of Big Green’s own');
  expect(begun.github.asked).toEqual([]);
});

test('a token goes to its own origin alone, and never over plain http to another machine', async () => {
  const begun = await begin();
  const { proposal, source } = begun;
  const elsewhere = { ...source, address: begun.github.address.replace('127.0.0.1', 'localhost') };
  const other = await proposeTo(elsewhere, proposal, begun.context);
  expect(!other.ok && other.failure.message).toContain('its token was given for another address');
  const plain = { ...source, address: 'http://github.example/the-block/node' };
  const refused = await proposeTo(plain, proposal, begun.context);
  expect(!refused.ok && refused.failure.message).toContain('only https is spoken to GitHub');
  expect(begun.github.asked).toEqual([]);
});

test('a token that is echoed by the server is in no message', async () => {
  const text = JSON.stringify({ message: `no: ${token}` });
  const begun = await begin({
    instead: (_path, method) => (method === 'POST' ? { status: 422, text } : null),
  });
  const message = await refusedBy(begun);
  expect(message).toContain('no: ');
  expect(message).not.toContain(token);
});

test('the base is the branch asked for, else the default one', async () => {
  const begun = await begin();
  const { source, context, commits, world } = begun;
  const side = { branch: 'side', isDefault: false, commit: world.branches.get('side') };
  const main = { branch: 'main', isDefault: true, commit: commits[0] };
  expect(await proposalBase(source, 'side', context)).toEqual({ ok: true, value: side });
  for (const none of [null, 'v1.0', 'no such', 'main'])
    expect(await proposalBase(source, none, context)).toEqual({ ok: true, value: main });
});
