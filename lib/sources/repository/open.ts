import type { SourceSpec } from '#lib/domain/spec.ts';
import { parseAddress } from './address.ts';
import { type Answer, failed } from './failure.ts';
import { findGitFolder } from './folder.ts';
import { copyCommit, listRemote, type RemoteRun } from './mirror.ts';
import { type ObjectReader, openObjects } from './objects.ts';
import { readRef } from './ref.ts';
import { choose, noSuchRef, resolveHere } from './resolve.ts';

/** What opening a repository takes besides its source. */
export interface OpenContext extends Omit<RemoteRun, 'url' | 'deadlineMs'> {}

/** A repository open for reading one commit. */
export interface OpenRepository {
  readonly reader: ObjectReader;
  /** What to say when it does not have the commit. */
  readonly lacking: string;
  /** Requests made over the network to get here. */
  readonly requests: number;
}

/** Opens a source's repository for a commit; one at a URL is copied first, unless a copy has that commit. */
export async function openAt(
  source: SourceSpec,
  commit: string,
  deadlineMs: number,
  context: OpenContext,
): Promise<Answer<OpenRepository>> {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))
    return failed('refused', 'The candidate’s commit is not a full commit id.');
  const address = parseAddress(source.address);
  if (!address.ok) return address;
  const short = commit.slice(0, 12);
  const base = { deadlineMs, now: context.now, signal: context.signal, searchPath: context.searchPath };
  if (address.value.kind === 'url') {
    const copy = await copyCommit(commit, { ...context, url: address.value.url, deadlineMs });
    if (!copy.ok) return copy;
    const reader = openObjects({ ...base, gitDir: copy.value.gitDir });
    return {
      ok: true,
      value: { reader, lacking: `The copy lacks commit ${short}.`, requests: copy.value.requests },
    };
  }
  const folder = await findGitFolder(address.value.path);
  if (!folder.ok) return folder;
  const lacking = folder.value.shallow
    ? `Commit ${short} is not in the clone at ${address.value.path}, which is shallow; run “git fetch --unshallow” there.`
    : `Commit ${short} is not in the repository at ${address.value.path}; fetch it there.`;
  return {
    ok: true,
    value: { reader: openObjects({ ...base, gitDir: folder.value.gitDir }), lacking, requests: 0 },
  };
}

/** The commit that a ref means in a source's repository. */
export async function findCommit(
  source: SourceSpec,
  ref: string,
  deadlineMs: number,
  context: OpenContext,
): Promise<Answer<string>> {
  const names = readRef(ref);
  if (!names.ok) return names;
  if (names.value.kind === 'commit') return { ok: true, value: names.value.commit };
  const address = parseAddress(source.address);
  if (!address.ok) return address;
  if (address.value.kind === 'url') {
    const listed = await listRemote(names.value.names, { ...context, url: address.value.url, deadlineMs });
    if (!listed.ok) return listed;
    return choose(ref, listed.value) ?? noSuchRef(ref);
  }
  const folder = await findGitFolder(address.value.path);
  if (!folder.ok) return folder;
  const { now, signal, searchPath } = context;
  const reader = openObjects({ gitDir: folder.value.gitDir, deadlineMs, now, signal, searchPath });
  const found = await resolveHere(ref, names.value, reader);
  reader.close();
  return found;
}
