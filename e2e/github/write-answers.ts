import { z } from 'zod';
import { gitCommit, gitTree } from './git-answers.ts';
import { putInto, writeBlob, writeCommit } from './objects.ts';
import { wholePull } from './pull-answers.ts';
import type { Places } from './schemas.ts';
import type { GithubWorld, Permission } from './world.ts';

/** What a write asks for, and the world it goes to. */
interface Writing {
  readonly world: GithubWorld;
  readonly places: Places;
  readonly body: unknown;
  readonly may: ReadonlySet<Permission>;
  readonly nowMs: number;
}

interface Said {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
type Say = (writing: Writing) => Said;

const documented = { documentation_url: 'https://docs.github.com/rest' };
const made = (body: unknown): Said => ({ status: 201, body });
const invalid = (message: string): Said => ({ status: 422, body: { message, ...documented } });
const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const blobForm = z.object({ content: z.string(), encoding: z.literal('base64') });
const treeForm = z.object({
  base_tree: z.string(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.enum(['100644', '100755']),
      type: z.literal('blob'),
      sha: z.string(),
    }),
  ),
});
const commitForm = z.object({ message: z.string(), tree: z.string(), parents: z.array(z.string()) });
const refForm = z.object({ ref: z.string(), sha: z.string() });
const pullForm = z.object({ title: z.string(), head: z.string(), base: z.string(), body: z.string() });

/** What may be written: operation, path after `/repos/{owner}/{repo}`, permission, answer. */
const writes: readonly (readonly [string, string, Permission, Say])[] = [
  [
    'git/create-blob',
    '/git/blobs',
    'contents:write',
    ({ world, places, body }) => {
      const form = blobForm.safeParse(body);
      if (!form.success) return invalid('Invalid request.');
      const sha = writeBlob(world, Buffer.from(form.data.content, 'base64'));
      return made({ sha, url: `${places.api}/git/blobs/${sha}` });
    },
  ],
  [
    'git/create-tree',
    '/git/trees',
    'contents:write',
    ({ world, places, body }) => {
      const form = treeForm.safeParse(body);
      if (!form.success || !world.trees.has(form.data.base_tree)) return invalid('Invalid tree info');
      if (form.data.tree.some(({ sha }) => !world.blobs.has(sha)))
        return invalid('tree.sha is not a valid blob');
      const bad = form.data.tree.find(({ path }) => /(^|\/)(\.{1,2}|\.git)?(\/|$)/i.test(path));
      if (bad) return invalid('tree.path contains a malformed path component');
      const sha = putInto(world, form.data.base_tree, form.data.tree);
      return made(gitTree(world, sha, world.trees.get(sha) ?? [], places));
    },
  ],
  [
    'git/create-commit',
    '/git/commits',
    'contents:write',
    ({ world, places, body, nowMs }) => {
      const form = commitForm.safeParse(body);
      if (!form.success) return invalid('Invalid request.');
      if (!world.trees.has(form.data.tree)) return invalid('Tree SHA does not exist');
      if (form.data.parents.some((one) => !world.commits.has(one)))
        return invalid('Parent SHA does not exist or is not a commit object');
      const sha = writeCommit(world, { ...form.data, at: iso(nowMs) });
      const commit = world.commits.get(sha);
      return commit ? made(gitCommit(commit, places)) : invalid('Invalid request.');
    },
  ],
  [
    'git/create-ref',
    '/git/refs',
    'contents:write',
    ({ world, places, body, may }) => {
      const form = refForm.safeParse(body);
      const branch = form.data?.ref.replace(/^refs\/heads\//, '') ?? '';
      const commit = world.commits.get(form.data?.sha ?? '');
      if (!form.success || branch === form.data.ref) return invalid('Reference name must start with refs/');
      if (!commit) return invalid('Object does not exist');
      if (world.branches.has(branch)) return invalid('Reference already exists');
      const workflowsOf = (sha = '') => treeAt(world, world.commits.get(sha)?.tree, '.github/workflows');
      if (!may.has('workflows:write') && workflowsOf(commit.sha) !== workflowsOf(commit.parents[0])) {
        return {
          status: 403,
          headers: { 'x-accepted-github-permissions': 'contents=write,workflows=write' },
          body: {
            message: 'Resource not accessible by personal access token',
            ...documented,
            status: '403',
          },
        };
      }
      world.branches.set(branch, commit.sha);
      return made({
        ref: form.data.ref,
        node_id: `REF_${branch}`,
        url: `${places.api}/git/refs/heads/${branch}`,
        object: { type: 'commit', sha: commit.sha, url: `${places.api}/git/commits/${commit.sha}` },
      });
    },
  ],
  [
    'pulls/create',
    '/pulls',
    'pull_requests:write',
    ({ world, places, body, nowMs }) => {
      const form = pullForm.safeParse(body);
      if (!form.success) return invalid('Validation Failed');
      const { head, base } = form.data;
      if (!world.branches.has(head) || !world.branches.has(base)) return invalid('Validation Failed');
      if (world.pulls.some((one) => one.head === head && one.base === base && one.state === 'open')) {
        const message = `A pull request already exists for ${world.owner}:${head}.`;
        const errors = [{ resource: 'PullRequest', code: 'custom', message }];
        return { status: 422, body: { message: 'Validation Failed', errors, ...documented } };
      }
      const pull = {
        ...form.data,
        number: world.pulls.length + 1,
        at: iso(nowMs),
        state: 'open' as const,
      };
      world.pulls.push(pull);
      return made(wholePull(world, pull, places));
    },
  ],
];

/** The tree at a folder's path; undefined where there is none. */
function treeAt(world: GithubWorld, tree: string | undefined, folder: string): string | undefined {
  return folder
    .split('/')
    .reduce<string | undefined>(
      (at, part) => world.trees.get(at ?? '')?.find(({ name }) => name === part)?.sha,
      tree,
    );
}

/** Takes one write below the repository as GitHub would from who may write; null for a path that takes none. */
export function answerWrite(
  path: string,
  writing: Writing,
): (Said & { readonly operation: string; readonly permission: Permission }) | null {
  const write = writes.find(([, own]) => own === path);
  if (!write) return null;
  const [operation, , permission, say] = write;
  // Who may not write is told so before anything is written.
  const said = writing.may.has(permission) ? say(writing) : { status: 403, body: null };
  return { operation, permission, ...said };
}
