import { type FileAtCommit, repositoryPathFault } from '#lib/domain/observations/repository.ts';
import { type Answer, failed } from './failure.ts';
import { readText } from './text.ts';
import type { TreeEntry } from './tree.ts';

/** A commit's trees and blobs, wherever they are read from: Git itself, or a vendor that has the repository. */
export interface CommitObjects {
  /** The object id of the commit's own tree. */
  readonly root: () => Promise<Answer<string>>;
  readonly tree: (oid: string) => Promise<Answer<TreeListing>>;
  readonly blob: (entry: TreeEntry) => Promise<Answer<BlobRead>>;
}

export interface TreeListing {
  readonly entries: readonly TreeEntry[];
  /** False where the list was cut off: what is not in it may still be there. */
  readonly whole: boolean;
}

export interface BlobRead {
  readonly bytes: number;
  /** Null for one that is too large to read. */
  readonly sha256: string | null;
  /** Null over the cap (1 MiB). */
  readonly content: Buffer | null;
}

/**
 * Reads paths of one commit by walking its trees, object by object. No path is ever part of a request, so a path
 * cannot mean anything but a name in a tree. Trees are read once.
 */
export interface CommitWalk {
  readonly file: (path: string) => Promise<Answer<FileAtCommit>>;
  /** What a folder holds; null where there is no such folder. */
  readonly folder: (path: string) => Promise<Answer<readonly TreeEntry[] | null>>;
}

type Found =
  | { readonly at: TreeEntry; readonly alike: null }
  | { readonly at: null; readonly alike: string | null };

/** Walks one commit; what it has read is kept as long as the walk. */
export function walkCommit(commit: string, objects: CommitObjects): CommitWalk {
  const trees = new Map<string, Promise<Answer<TreeListing>>>();
  const tree = (oid: string): Promise<Answer<TreeListing>> => {
    const known = trees.get(oid);
    if (known) return known;
    const reading = objects.tree(oid);
    trees.set(oid, reading);
    return reading;
  };
  let root: Promise<Answer<string>> | null = null;

  const find = async (path: string): Promise<Answer<Found>> => {
    const fault = repositoryPathFault(path);
    if (fault) return failed('refused', `“${path.slice(0, 200)}” was not looked for: ${fault}.`);
    root ??= objects.root();
    const top = await root;
    if (!top.ok) return top;
    const parts = path.replace(/\/$/, '').split('/');
    let at: TreeEntry = { name: '', kind: 'folder', oid: top.value, executable: false };
    for (const [index, part] of parts.entries()) {
      if (at.kind !== 'folder') return { ok: true, value: { at: null, alike: null } };
      const listing = await tree(at.oid);
      if (!listing.ok) return listing;
      const next = listing.value.entries.find(({ name }) => name === part);
      if (!next && !listing.value.whole) return cutOff(parts.slice(0, index).join('/'), path);
      if (!next) return { ok: true, value: { at: null, alike: alike(listing.value.entries, parts, index) } };
      at = next;
    }
    return { ok: true, value: { at, alike: null } };
  };

  return {
    file: async (path) => {
      const found = await find(path);
      if (!found.ok) return found;
      const { at, alike } = found.value;
      return at === null ? { ok: true, value: absent(commit, path, alike) } : see(commit, path, at, objects);
    },
    folder: async (path) => {
      const found = await find(path);
      if (!found.ok) return found;
      if (found.value.at?.kind !== 'folder') return { ok: true, value: null };
      const listing = await tree(found.value.at.oid);
      if (!listing.ok) return listing;
      return listing.value.whole ? { ok: true, value: listing.value.entries } : cutOff(path, path);
    },
  };
}

async function see(
  commit: string,
  path: string,
  entry: TreeEntry,
  objects: CommitObjects,
): Promise<Answer<FileAtCommit>> {
  const { kind, oid } = entry;
  const there = { ...absent(commit, path, null), found: kind, oid };
  if (kind === 'folder' || kind === 'submodule') return { ok: true, value: there };
  const read = await objects.blob(entry);
  if (!read.ok) return read;
  const { bytes, sha256, content } = read.value;
  if (kind === 'symlink') {
    // A file system takes no NUL in a link's target, and PostgreSQL none in a text; Git takes any bytes.
    const target = content?.toString('utf8').slice(0, 4096).replaceAll('\0', '\ufffd') ?? null;
    return { ok: true, value: { ...there, target } };
  }
  return {
    ok: true,
    value: { ...there, executable: entry.executable, bytes, sha256, ...readText(content) },
  };
}

function absent(commit: string, path: string, alikePath: string | null): FileAtCommit {
  return {
    commit,
    path,
    found: 'absent',
    oid: null,
    executable: null,
    bytes: null,
    sha256: null,
    text: null,
    whyNoText: null,
    target: null,
    alike: alikePath,
  };
}

/** What stands there in other letter case; Git tells case apart even where a file system does not. */
function alike(entries: readonly TreeEntry[], parts: readonly string[], index: number): string | null {
  const wanted = parts[index]?.normalize('NFC').toLowerCase();
  const other = entries.find(({ name }) => name.normalize('NFC').toLowerCase() === wanted);
  return other ? [...parts.slice(0, index), other.name, ...parts.slice(index + 1)].join('/') : null;
}

function cutOff(folder: string, path: string): Answer<never> {
  const where = folder === '' ? 'The repository’s root' : `The folder “${folder.slice(0, 200)}”`;
  return failed(
    'too-large',
    `${where} has more entries than its server lists, so nothing is known of “${path.slice(0, 200)}”; read it with git, by a source of kind repository.`,
  );
}
