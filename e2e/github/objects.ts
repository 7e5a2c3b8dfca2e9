import { createHash } from 'node:crypto';
import type { GitEntry, GithubWorld, WorldCommit } from './world.ts';

/** What of a vendor's world is Git's. */
export type GitWorld = Pick<
  GithubWorld,
  'defaultBranch' | 'branches' | 'tags' | 'commits' | 'trees' | 'blobs'
>;

/** What a path of a commit holds: text or bytes of a file, or something else. */
export type Content = string | Buffer | { readonly link: string } | { readonly submodule: string };

/** Git's id of an object ("Git Objects"). */
function idOf(type: 'blob' | 'tree' | 'commit', content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
}

/** Adds a commit with these files, and nothing else, on a branch; its id is Git's own. */
export function commitFiles(
  world: GitWorld,
  files: Readonly<Record<string, Content>>,
  {
    branch = world.defaultBranch,
    message,
    at,
    merges = [],
  }: {
    readonly branch?: string;
    readonly message: string;
    readonly at: string;
    readonly merges?: readonly string[];
  },
): string {
  const tree = writeTree(world, Object.entries(files));
  const parent = world.branches.get(branch);
  const parents = [...(parent === undefined ? [] : [parent]), ...merges];
  const sha = writeCommit(world, { tree, parents, message, at });
  world.branches.set(branch, sha);
  return sha;
}

/** Adds a commit that no branch names yet. */
export function writeCommit(world: GitWorld, commit: Omit<WorldCommit, 'sha'>): string {
  const { tree, parents, message, at } = commit;
  const who = `Ada <ada@the-block.example> ${Math.floor(Date.parse(at) / 1000)} +0000`;
  const lines = [
    `tree ${tree}`,
    ...parents.map((one) => `parent ${one}`),
    `author ${who}`,
    `committer ${who}`,
  ];
  const sha = idOf('commit', Buffer.from(`${lines.join('\n')}\n\n${message}\n`));
  world.commits.set(sha, { sha, parents, message, at, tree });
  return sha;
}

/** Adds a blob. */
export function writeBlob(world: GitWorld, content: Buffer): string {
  const sha = idOf('blob', content);
  world.blobs.set(sha, content);
  return sha;
}

/** A tree with these entries put in, each by its whole path, in place of what stood there; the rest is as it was. */
export function putInto(
  world: GitWorld,
  tree: string | null,
  puts: readonly { readonly path: string; readonly mode: GitEntry['mode']; readonly sha: string }[],
): string {
  const entries = new Map((world.trees.get(tree ?? '') ?? []).map((entry) => [entry.name, entry]));
  const byFirst = Map.groupBy(puts, ({ path }) => path.split('/')[0] ?? '');
  for (const [name, within] of byFirst) {
    const [first] = within;
    if (first && first.path === name) {
      entries.set(name, { name, mode: first.mode, sha: first.sha });
      continue;
    }
    const old = entries.get(name);
    const inner = within.map((one) => ({ ...one, path: one.path.slice(name.length + 1) }));
    const sha = putInto(world, old?.mode === '040000' ? old.sha : null, inner);
    entries.set(name, { name, mode: '040000', sha });
  }
  return keepTree(world, [...entries.values()]);
}

function writeTree(world: GitWorld, files: readonly (readonly [string, Content])[]): string {
  const entries: GitEntry[] = [];
  const folders = Map.groupBy(files, ([path]) =>
    path.includes('/') ? path.slice(0, path.indexOf('/')) : '',
  );
  for (const [folder, within] of folders) {
    if (folder === '') {
      for (const [name, content] of within) entries.push(writeEntry(world, name, content));
      continue;
    }
    const inner = within.map(([path, content]) => [path.slice(folder.length + 1), content] as const);
    entries.push({ name: folder, mode: '040000', sha: writeTree(world, inner) });
  }
  return keepTree(world, entries);
}

function keepTree(world: GitWorld, given: readonly GitEntry[]): string {
  const entries = [...given];
  // Git sorts a folder as if its name ended with a slash.
  const key = ({ name, mode }: GitEntry) => (mode === '040000' ? `${name}/` : name);
  entries.sort((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))));
  const content = Buffer.concat(
    entries.flatMap(({ name, mode, sha }) => [
      Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`),
      Buffer.from(sha, 'hex'),
    ]),
  );
  const sha = idOf('tree', content);
  world.trees.set(sha, entries);
  return sha;
}

function writeEntry(world: GitWorld, name: string, content: Content): GitEntry {
  if (typeof content === 'object' && 'submodule' in content)
    return { name, mode: '160000', sha: content.submodule };
  const isLink = typeof content === 'object' && 'link' in content;
  const sha = writeBlob(world, Buffer.from(isLink ? content.link : content));
  return { name, mode: isLink ? '120000' : '100644', sha };
}
