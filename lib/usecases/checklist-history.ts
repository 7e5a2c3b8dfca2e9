import type { ChecklistHistory } from '#lib/domain/history.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { readVersions, type VersionSeen } from '#lib/sources/repository/index.ts';
import { type CommittedVersion, historyOf } from '#lib/spec/import/history.ts';
import { refusal } from './problems.ts';

export interface HistoryInput {
  /** A clone on this machine, or a bare repository: its path. */
  readonly repository: string;
  readonly path: string;
  /** Branch, tag, full ref, HEAD or full commit id. */
  readonly ref: string;
}

/** How somebody follows the reading, and ends it. */
export interface Watch {
  readonly signal?: AbortSignal;
  /** Told how many versions are read, of how many. */
  readonly onRead?: (read: number, of: number) => void;
}

/** Reading may take this long, in all. */
const timeoutMs = 60_000;

/** Reads every version of a checklist in a repository, along the ref's first parents, into its burn-up. */
export async function checklistHistory(
  { repository, path, ref }: HistoryInput,
  now: () => number,
  watch: Watch = {},
): Promise<Result<ChecklistHistory>> {
  const source: SourceSpec = {
    id: 'repository',
    title: repository,
    kind: 'repository',
    network: null,
    address: repository,
    everyMs: timeoutMs,
    timeoutMs,
    buildInfo: null,
  };
  const outgoing = () =>
    Promise.reject(new Error('a repository on this machine is not asked over the network'));
  const context = { outgoing, now, commit: null, ...(watch.signal ? { signal: watch.signal } : {}) };
  const read = await readVersions(source, ref, path, context, watch.onRead);
  if (!read.ok) return refusal('source-failed', read.failure.message);
  if (read.versions.length === 0)
    return refusal(
      'not-found',
      `No commit of ${ref} has ${path}.`,
      'Write its path from the repository’s root.',
    );
  const incomplete = read.shallow
    ? 'The clone is shallow: older versions are missing. Run “git fetch --unshallow” there.'
    : null;
  return { ok: true, value: { path, ref, ...historyOf(read.versions.map(committed)), incomplete } };
}

const whyUnread = {
  binary: 'it is not UTF-8 text',
  'too-large': 'it is over 1 MiB',
  'lfs-pointer': 'its content is in Git LFS, outside the repository',
} as const;

function committed({ commit, at, subject, path, content }: VersionSeen): CommittedVersion {
  const why = content?.whyNoText ?? null;
  return {
    commit,
    at,
    subject,
    path,
    text: content?.text ?? null,
    unread: why === null ? null : `The document was not read: ${whyUnread[why]}.`,
  };
}
