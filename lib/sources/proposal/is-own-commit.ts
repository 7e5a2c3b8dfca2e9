import type { ProposedFile } from '#lib/domain/proposal.ts';
import { blobId } from '../repository/blob-id.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { TreeEntry } from '../repository/tree.ts';
import type { CommitObjects } from '../repository/walk.ts';

/** A path that two commits do not have alike, with what the newer one has there; null for nothing. */
interface Changed {
  readonly path: string;
  readonly now: TreeEntry | null;
}

/** More changes than any kit has: not looked at further. */
const mostChanges = 1_000;

/**
 * Whether a commit differs from its parent in nothing but these files, and has each with exactly this text and mode. By
 * Git's own ids, so that no file is read; only folders that differ are.
 */
export async function isOwnCommit(
  parent: CommitObjects,
  commit: CommitObjects,
  files: readonly ProposedFile[],
): Promise<Answer<boolean>> {
  const changes: Changed[] = [];
  const [old, now] = [await parent.root(), await commit.root()];
  if (!old.ok) return old;
  if (!now.ok) return now;
  const compared = await compare(parent, old.value, commit, now.value, '', changes);
  if (!compared.ok) return compared;
  const wanted = new Map(files.map((file) => [file.path, file]));
  // Each proposed file differs from the base, so that as many must have changed.
  const isOwn =
    changes.length === wanted.size &&
    changes.every(({ path, now: entry }) => isThis(wanted.get(path), entry));
  return { ok: true, value: isOwn };
}

function isThis(file: ProposedFile | undefined, entry: TreeEntry | null): boolean {
  if (!file || entry?.kind !== 'file' || entry.executable !== file.executable) return false;
  return entry.oid === blobId(Buffer.from(file.text, 'utf8'), entry.oid.length);
}

async function compare(
  parent: CommitObjects,
  old: string | null,
  commit: CommitObjects,
  now: string | null,
  folder: string,
  changes: Changed[],
): Promise<Answer<null>> {
  const before = await entriesOf(parent, old);
  if (!before.ok) return before;
  const after = await entriesOf(commit, now);
  if (!after.ok) return after;
  for (const name of new Set([...before.value.keys(), ...after.value.keys()])) {
    const [was, is] = [before.value.get(name) ?? null, after.value.get(name) ?? null];
    if (was && is && was.oid === is.oid && was.kind === is.kind && was.executable === is.executable) continue;
    if (changes.length > mostChanges) break;
    const path = folder === '' ? name : `${folder}/${name}`;
    const [oldFolder, newFolder] = [folderOf(was), folderOf(is)];
    if ((was && !oldFolder) || (is && !newFolder)) changes.push({ path, now: newFolder ? null : is });
    if (!oldFolder && !newFolder) continue;
    const within = await compare(parent, oldFolder, commit, newFolder, path, changes);
    if (!within.ok) return within;
  }
  return { ok: true, value: null };
}

function folderOf(entry: TreeEntry | null): string | null {
  return entry?.kind === 'folder' ? entry.oid : null;
}

async function entriesOf(
  objects: CommitObjects,
  oid: string | null,
): Promise<Answer<ReadonlyMap<string, TreeEntry>>> {
  if (oid === null) return { ok: true, value: new Map() };
  const listing = await objects.tree(oid);
  if (!listing.ok) return listing;
  if (!listing.value.whole)
    return failed(
      'too-large',
      'A folder has more entries than its server lists, so it is not known what changed.',
    );
  return { ok: true, value: new Map(listing.value.entries.map((entry) => [entry.name, entry])) };
}
