import { type FileAtCommit, repositoryPathFault } from '#lib/domain/observations/repository.ts';
import { type Answer, failed } from './failure.ts';
import type { GitObject, ObjectReader } from './objects.ts';
import { readText } from './text.ts';
import { parseTree, type TreeEntry } from './tree.ts';

/**
 * Reads paths of one commit by walking its trees, object by object. No path is ever part of a request to Git, so a
 * path cannot mean anything but a name in a tree. Trees are read once.
 */
export interface CommitWalk {
  readonly file: (path: string) => Promise<Answer<FileAtCommit>>;
}

/** Begins at a commit's id; `lacking` says what a clone without that commit should be told. */
export function walkCommit(commit: string, reader: ObjectReader, lacking: string): CommitWalk {
  const trees = new Map<string, Promise<Answer<readonly TreeEntry[]>>>();
  const tree = (oid: string): Promise<Answer<readonly TreeEntry[]>> => {
    const known = trees.get(oid);
    if (known) return known;
    const reading = readTree(oid, reader);
    trees.set(oid, reading);
    return reading;
  };
  let root: Promise<Answer<string>> | null = null;

  const file = async (path: string): Promise<Answer<FileAtCommit>> => {
    const fault = repositoryPathFault(path);
    if (fault) return failed('refused', `“${path.slice(0, 200)}” was not looked for: ${fault}.`);
    root ??= rootOf(commit, reader, lacking);
    const top = await root;
    if (!top.ok) return top;

    const parts = path.replace(/\/$/, '').split('/');
    let at: TreeEntry = { name: '', kind: 'folder', oid: top.value, executable: false };
    for (const [index, part] of parts.entries()) {
      if (at.kind !== 'folder') return { ok: true, value: absent(commit, path, null) };
      const entries = await tree(at.oid);
      if (!entries.ok) return entries;
      const next = entries.value.find(({ name }) => name === part);
      if (!next) return { ok: true, value: absent(commit, path, alike(entries.value, parts, index)) };
      at = next;
    }
    return see(commit, path, at, reader);
  };
  return { file };
}

async function rootOf(commit: string, reader: ObjectReader, lacking: string): Promise<Answer<string>> {
  const read = await reader.read(commit);
  if (!read.ok) return read;
  if (read.value === 'missing') return failed('not-found', lacking);
  if (read.value.type !== 'commit')
    return failed('not-found', `${commit.slice(0, 12)} is a ${read.value.type}, not a commit.`);
  const [, oid] = /^tree ([0-9a-f]{40,64})\n/.exec(read.value.content?.toString('latin1') ?? '') ?? [];
  return oid === undefined ? damaged(commit) : { ok: true, value: oid };
}

async function readTree(oid: string, reader: ObjectReader): Promise<Answer<readonly TreeEntry[]>> {
  const read = await reader.read(oid);
  if (!read.ok) return read;
  if (read.value === 'missing') return partial();
  if (read.value.type !== 'tree' || read.value.content === null) return damaged(oid);
  const entries = parseTree(read.value.content, oid.length === 64 ? 32 : 20);
  return entries ? { ok: true, value: entries } : damaged(oid);
}

async function see(
  commit: string,
  path: string,
  { kind, oid, executable }: TreeEntry,
  reader: ObjectReader,
): Promise<Answer<FileAtCommit>> {
  const there = { ...absent(commit, path, null), found: kind, oid };
  if (kind === 'folder' || kind === 'submodule') return { ok: true, value: there };
  const read = await reader.read(oid);
  if (!read.ok) return read;
  if (read.value === 'missing') return partial();
  const blob: GitObject = read.value;
  if (blob.type !== 'blob') return damaged(oid);
  if (kind === 'symlink') {
    // A file system takes no NUL in a link's target, and PostgreSQL none in a text; Git takes any bytes.
    const target = blob.content?.toString('utf8').slice(0, 4096).replaceAll('\0', '\ufffd') ?? null;
    return { ok: true, value: { ...there, target } };
  }
  const { bytes, sha256, content } = blob;
  return { ok: true, value: { ...there, executable, bytes, sha256, ...readText(content) } };
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

function partial(): Answer<never> {
  return failed(
    'not-found',
    'The clone has the commit but not all its contents (a partial or damaged clone); fetch them there.',
  );
}

function damaged(oid: string): Answer<never> {
  return failed(
    'malformed',
    `The repository’s object ${oid.slice(0, 12)} cannot be read; run “git fsck” there.`,
  );
}
