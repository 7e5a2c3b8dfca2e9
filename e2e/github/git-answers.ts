import type { Places, Schemas } from './schemas.ts';
import type { GitEntry, GithubWorld, WorldCommit } from './world.ts';

const ada = { name: 'Ada', email: 'ada@the-block.example' };
const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** A commit as lists have it. */
export function listedCommit(commit: WorldCommit, { api, page }: Places): Schemas['commit'] {
  const { sha, tree, parents, message, at } = commit;
  const url = `${api}/commits/${sha}`;
  return {
    sha,
    node_id: `C_${sha}`,
    url,
    html_url: `${page}/commit/${sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      author: { ...ada, date: at },
      committer: { ...ada, date: at },
      message,
      comment_count: 0,
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      verification: unsigned,
    },
    author: null,
    committer: null,
    parents: parents.map((one) => ({
      sha: one,
      url: `${api}/commits/${one}`,
      html_url: `${page}/commit/${one}`,
    })),
  };
}

/** All ancestors of a commit and itself, newest first, as `GET /commits` lists them. */
export function ancestors(world: GithubWorld, from: string): WorldCommit[] {
  const found = new Map<string, WorldCommit>();
  const waiting = [from];
  while (waiting.length > 0) {
    const sha = waiting.pop() ?? '';
    const commit = world.commits.get(sha);
    if (!commit || found.has(sha)) continue;
    found.set(sha, commit);
    waiting.push(...commit.parents);
  }
  const [first, ...rest] = found.values();
  return first ? [first, ...rest.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))] : [];
}

/** A commit as Git has it. */
export function gitCommit(commit: WorldCommit, { api, page }: Places): Schemas['git-commit'] {
  const { sha, tree, parents, message, at } = commit;
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${api}/git/commits/${sha}`,
    html_url: `${page}/commit/${sha}`,
    author: { ...ada, date: at },
    committer: { ...ada, date: at },
    message,
    tree: { sha: tree, url: `${api}/git/trees/${tree}` },
    parents: parents.map((one) => ({
      sha: one,
      url: `${api}/git/commits/${one}`,
      html_url: `${page}/commit/${one}`,
    })),
    verification: unsigned,
  };
}

/** One folder, cut off where the world says so. */
export function gitTree(
  world: GithubWorld,
  sha: string,
  entries: readonly GitEntry[],
  { api }: Places,
): Schemas['git-tree'] {
  const told = entries.slice(0, world.cutOffAfter);
  return {
    sha,
    url: `${api}/git/trees/${sha}`,
    truncated: told.length < entries.length,
    tree: told.map(({ name, mode, sha: id }) => {
      if (mode === '160000') return { path: name, mode, type: 'commit', sha: id };
      if (mode === '040000')
        return { path: name, mode, type: 'tree', sha: id, url: `${api}/git/trees/${id}` };
      const size = world.blobs.get(id)?.length ?? 0;
      return { path: name, mode, type: 'blob', sha: id, size, url: `${api}/git/blobs/${id}` };
    }),
  };
}

/** A blob in base64, broken into lines as GitHub does. */
export function gitBlob(sha: string, content: Buffer, { api }: Places): Schemas['blob'] {
  const lines = content.toString('base64').replace(/.{60}/g, '$&\n');
  return {
    sha,
    node_id: `B_${sha}`,
    size: content.length,
    url: `${api}/git/blobs/${sha}`,
    content: lines.endsWith('\n') || lines === '' ? lines : `${lines}\n`,
    encoding: 'base64',
  };
}

/** A branch or a tag by its full name, with the object that it leads to. */
export function gitRef(
  ref: string,
  { sha, type }: { readonly sha: string; readonly type: 'commit' | 'tag' },
  { api }: Places,
): Schemas['git-ref'] {
  const url = `${api}/git/refs/${ref}`;
  return {
    ref: `refs/${ref}`,
    node_id: `R_${ref}`,
    url,
    object: { type, sha, url: `${api}/git/${type}s/${sha}` },
  };
}

/** An annotated tag's own object. */
export function gitTag(
  name: string,
  { sha, commit }: { readonly sha: string; readonly commit: string },
  { api }: Places,
): Schemas['git-tag'] {
  return {
    node_id: `T_${sha}`,
    tag: name,
    sha,
    url: `${api}/git/tags/${sha}`,
    message: `${name}\n`,
    tagger: { ...ada, date: '2026-11-19T09:00:00Z' },
    object: { type: 'commit', sha: commit, url: `${api}/git/commits/${commit}` },
    verification: unsigned,
  };
}
