import type { BlobTold, BranchTold, CommitTold, Places, TagTold, TreeTold } from './shapes.ts';
import type { GitlabWorld } from './world.ts';

type WorldCommit = GitlabWorld['commits'] extends Map<string, infer C> ? C : never;

/** A commit as lists and branches have it. */
export function commitTold({ sha, parents, message, at }: WorldCommit, { page }: Places): CommitTold {
  return {
    id: sha,
    short_id: sha.slice(0, 8),
    created_at: at,
    parent_ids: [...parents],
    title: message.split('\n')[0] ?? '',
    message: `${message}\n`,
    author_name: 'Ada',
    author_email: 'ada@the-block.example',
    authored_date: at,
    committer_name: 'Ada',
    committer_email: 'ada@the-block.example',
    committed_date: at,
    web_url: `${page}/-/commit/${sha}`,
  };
}

/** A commit and its first parents, newest first; all its ancestors where not only the first are wanted. */
export function commitsUpTo(world: GitlabWorld, ref: string, isFirstParent: boolean): readonly WorldCommit[] {
  const from = world.commits.get(world.branches.get(ref) ?? ref);
  if (!from) return [];
  const found = new Map<string, WorldCommit>();
  const waiting = [from];
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    if (found.has(one.sha)) continue;
    found.set(one.sha, one);
    const parents = isFirstParent ? one.parents.slice(0, 1) : one.parents;
    waiting.push(...parents.flatMap((sha) => world.commits.get(sha) ?? []));
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** What a folder holds at a commit: folders first, then files, then submodules; null where there is none. */
export function treeTold(world: GitlabWorld, ref: string, folder: string): readonly TreeTold[] | null {
  const commit = world.commits.get(world.branches.get(ref) ?? ref);
  let tree = commit?.tree;
  for (const part of folder === '' ? [] : folder.split('/'))
    tree = world.trees.get(tree ?? '')?.find(({ name, mode }) => name === part && mode === '040000')?.sha;
  const entries = world.trees.get(tree ?? '');
  if (!entries) return null;
  const told = entries.map(({ name, mode, sha }) => ({
    id: sha,
    name,
    type: mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob',
    path: folder === '' ? name : `${folder}/${name}`,
    mode,
  }));
  const order = ['tree', 'blob', 'commit'];
  return told.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}

/** A blob, in base64. */
export function blobTold(sha: string, content: Buffer): BlobTold {
  return { size: content.length, encoding: 'base64', content: content.toString('base64'), sha };
}

/** A branch. */
export function branchTold(
  world: GitlabWorld,
  name: string,
  commit: WorldCommit,
  places: Places,
): BranchTold {
  const isProtected = world.protectedBranches.some((pattern) =>
    new RegExp(`^${pattern.replace(/[^\w/*-]/g, '\\$&').replaceAll('*', '.*')}$`).test(name),
  );
  return {
    name,
    merged: false,
    protected: isProtected,
    default: name === world.defaultBranch,
    developers_can_push: false,
    developers_can_merge: !isProtected,
    can_push: false,
    web_url: `${places.page}/-/tree/${name}`,
    commit: commitTold(commit, places),
  };
}

/** A tag, with the commit that it leads to. */
export function tagTold(
  name: string,
  { annotated }: { readonly annotated: string | null },
  commit: WorldCommit,
  places: Places,
): TagTold {
  return {
    name,
    message: annotated === null ? '' : name,
    target: annotated ?? commit.sha,
    commit: commitTold(commit, places),
    release: null,
    protected: false,
  };
}
