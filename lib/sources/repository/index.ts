import type { SourceFailure } from '#lib/domain/failure.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Collection, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { environment, inheritedEnvironment, targetText } from '#lib/server/env.ts';
import { ownAddresses, parseAllowList, whyRefused } from '#lib/server/outgoing/address.ts';
import { parseAddress } from './address.ts';
import { collectFiles } from './collect.ts';
import type { CommitSeen } from './commit.ts';
import { gitObjects } from './commit-objects.ts';
import { failed } from './failure.ts';
import { findGitFolder } from './folder.ts';
import { openObjects } from './objects.ts';
import { findCommit, type OpenContext, openAt } from './open.ts';
import { readCommit } from './resolve.ts';
import { readText } from './text.ts';
import { type FileVersion, listVersions } from './versions.ts';
import { walkCommit } from './walk.ts';

/** Answers questions about files at the candidate's commit, from a path or a URL. Work trees are never looked at. */
export function askRepository(
  source: SourceSpec,
  questions: readonly Question[],
  context: SourceContext,
): Promise<Collection> {
  return collectFiles(source, questions, context.commit, openContext(context));
}

/** The commit that a branch, a tag, a full ref, HEAD or a full commit id means now, and what it says of itself. */
export async function resolveRef(
  source: SourceSpec,
  ref: string,
  context: SourceContext,
): Promise<({ readonly ok: true } & CommitSeen) | { readonly ok: false; readonly failure: SourceFailure }> {
  const open = openContext(context);
  const deadlineMs = context.now() + source.timeoutMs;
  const commit = await findCommit(source, ref, deadlineMs, open);
  if (!commit.ok) return commit;
  const repository = await openAt(source, commit.value, deadlineMs, open);
  if (!repository.ok) return repository;
  const seen = await readCommit(commit.value, repository.value.reader, repository.value.lacking);
  repository.value.reader.close();
  return seen.ok ? { ok: true, ...seen.value } : seen;
}

/** Tries a repository out where no check names a file of it yet: what its HEAD means. */
export async function probeRepository(
  source: SourceSpec,
  context: SourceContext,
): Promise<readonly ProbePart[]> {
  const beganMs = context.now();
  const commit = await findCommit(source, 'HEAD', beganMs + source.timeoutMs, openContext(context));
  const tookMs = context.now() - beganMs;
  if (commit.ok) return [{ name: 'HEAD', state: 'found', says: commit.value.slice(0, 12), tookMs }];
  return [{ name: 'HEAD', state: 'trouble', says: commit.failure.message, tookMs }];
}

/** One path at a full commit id, for reading a spec. */
export async function readPath(
  source: SourceSpec,
  commit: string,
  path: string,
  context: SourceContext,
): Promise<
  | { readonly ok: true; readonly value: FileAtCommit }
  | { readonly ok: false; readonly failure: SourceFailure }
> {
  const repository = await openAt(source, commit, context.now() + source.timeoutMs, openContext(context));
  if (!repository.ok) return repository;
  const file = await walkCommit(
    commit,
    gitObjects(commit, repository.value.reader, repository.value.lacking),
  ).file(path);
  repository.value.reader.close();
  return file;
}

/** A file as one commit left it: its text, or why it has none; null where the commit removed it. */
export interface VersionSeen extends FileVersion {
  readonly content: ReturnType<typeof readText> | null;
}

/**
 * Every version of a file along the first parents of a ref, oldest first, each with its text. Only of a repository on
 * this machine: a copy of a remote one holds a single commit. `onRead` is told how many are read.
 */
export async function readVersions(
  source: SourceSpec,
  ref: string,
  path: string,
  context: SourceContext,
  onRead: (read: number, of: number) => void = () => {},
): Promise<
  | { readonly ok: true; readonly versions: readonly VersionSeen[]; readonly shallow: boolean }
  | { readonly ok: false; readonly failure: SourceFailure }
> {
  const open = openContext(context);
  const deadlineMs = context.now() + source.timeoutMs;
  const address = parseAddress(source.address);
  if (!address.ok) return address;
  if (address.value.kind === 'url')
    return failed('refused', 'History is read from a clone on this machine; clone it and give its path.');
  const folder = await findGitFolder(address.value.path);
  if (!folder.ok) return folder;
  const commit = await findCommit(source, ref, deadlineMs, open);
  if (!commit.ok) return commit;
  const { gitDir, shallow } = folder.value;
  const run = { gitDir, timeoutMs: source.timeoutMs, searchPath: open.searchPath };
  const listed = await listVersions(run, commit.value, path);
  if (!listed.ok) return listed;
  const { now, searchPath, signal } = open;
  const reader = openObjects({ gitDir, deadlineMs, now, searchPath, signal });
  const versions: VersionSeen[] = [];
  // A version that was gone back to is one object in Git: it is read once.
  const known = new Map<string, VersionSeen['content']>();
  try {
    for (const version of listed.value.toReversed()) {
      const same = version.oid === null ? undefined : known.get(version.oid);
      if (same !== undefined) {
        versions.push({ ...version, content: same });
        onRead(versions.length, listed.value.length);
        continue;
      }
      const blob = version.oid === null ? null : await reader.read(version.oid);
      if (blob?.ok === false) return blob;
      const value = blob?.value;
      if (value === 'missing')
        return failed(
          'not-found',
          'The clone lacks contents of old versions (a partial one); fetch them there.',
        );
      const content = value?.type === 'blob' ? readText(value.content) : null;
      if (version.oid !== null) known.set(version.oid, content);
      versions.push({ ...version, content });
      onRead(versions.length, listed.value.length);
    }
  } finally {
    reader.close();
  }
  return { ok: true, versions, shallow };
}

function openContext(context: SourceContext): OpenContext {
  const allow = parseAllowList([...ownAddresses, ...environment().allow.map(targetText)]);
  return {
    cacheDir: context.cacheDir,
    whyRefused: (address, host) => (allow.ok ? whyRefused(address, host, allow.list) : allow.message),
    now: context.now,
    signal: context.signal,
    searchPath: inheritedEnvironment().PATH || undefined,
  };
}
