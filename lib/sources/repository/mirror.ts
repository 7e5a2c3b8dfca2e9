import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, failed } from './failure.ts';
import type { GitRun } from './git.ts';
import { clearLeftovers, mirrorName, openCache, withLock } from './mirror-folder.ts';
import { openObjects } from './objects.ts';
import { explainRemote, reach, type WhyRefused } from './remote.ts';
import { runGit, unexplained } from './run-git.ts';

/** What working with a remote repository takes. */
export interface RemoteRun {
  readonly url: URL;
  readonly cacheDir: string | undefined;
  readonly whyRefused: WhyRefused;
  readonly deadlineMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
  /** Where Git is looked for, as in PATH; undefined for the usual folders. */
  readonly searchPath?: string | undefined;
}

/** Of Git's answers to ls-remote. */
const answerLimit = 16 * 1024 * 1024;

/**
 * A bare copy that holds this commit. A commit never changes, so a copy that has it is not refreshed and the network
 * is not asked. Else the commit alone is fetched; a server that gives out only branches and tags is asked for those.
 */
export async function copyCommit(
  commit: string,
  run: RemoteRun,
): Promise<Answer<{ readonly gitDir: string; readonly requests: number }>> {
  const cache = await openCache(run.cacheDir);
  if (!cache.ok) return cache;
  const format = commit.length === 64 ? 'sha256' : 'sha1';
  const gitDir = join(cache.value, mirrorName(run.url, format));
  if (await holds(gitDir, commit, run)) return { ok: true, value: { gitDir, requests: 0 } };

  return withLock(gitDir, run.deadlineMs, run.now, async () => {
    if (await holds(gitDir, commit, run)) return { ok: true, value: { gitDir, requests: 0 } };
    const way = await reach(run.url, run.whyRefused);
    if (!way.ok) return way;
    const made = await makeBare(gitDir, format, run);
    if (!made.ok) return made;
    await clearLeftovers(gitDir);

    const fetch = (refspecs: readonly string[], depth: readonly string[]) =>
      runGit(
        [
          'fetch',
          '--quiet',
          '--no-tags',
          '--no-recurse-submodules',
          ...depth,
          '--end-of-options',
          run.url.href,
          ...refspecs,
        ],
        { ...bounds(run), ...way.value, gitDir, maxBytes: answerLimit, explain: explainRemote(run.url) },
      );
    const alone = await fetch([`+${commit}:refs/candidates/${commit}`], ['--depth=1']);
    if (alone.ok && (await holds(gitDir, commit, run))) return { ok: true, value: { gitDir, requests: 1 } };
    if (!alone.ok && alone.failure.kind !== 'malformed') return alone;
    const all = await fetch(
      ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'],
      ['--depth=2147483647'],
    );
    if (!all.ok) return all;
    if (await holds(gitDir, commit, run)) return { ok: true, value: { gitDir, requests: 2 } };
    return failed(
      'not-found',
      `Commit ${commit.slice(0, 12)} is on no branch and no tag of ${run.url.origin}${run.url.pathname}.`,
    );
  });
}

/** The commits that full ref names lead to at the remote; an annotated tag leads to what it tags. */
export async function listRemote(
  names: readonly string[],
  run: RemoteRun,
): Promise<Answer<ReadonlyMap<string, string>>> {
  const way = await reach(run.url, run.whyRefused);
  if (!way.ok) return way;
  const patterns = names.flatMap((name) => [name, `${name}^{}`]);
  const listed = await runGit(['ls-remote', '--quiet', '--end-of-options', run.url.href, ...patterns], {
    ...bounds(run),
    ...way.value,
    gitDir: null,
    maxBytes: answerLimit,
    explain: explainRemote(run.url),
  });
  if (!listed.ok) return listed;
  const found = new Map<string, string>();
  for (const line of listed.value.split('\n')) {
    const [, oid, name] = /^([0-9a-f]{40}|[0-9a-f]{64})\t(.+)$/.exec(line) ?? [];
    if (oid === undefined || name === undefined) continue;
    const plain = name.replace(/\^\{\}$/, '');
    // The peeled line comes after the tag's own and stands in its place.
    if (names.includes(plain)) found.set(plain, oid);
  }
  return { ok: true, value: found };
}

async function makeBare(gitDir: string, format: 'sha1' | 'sha256', run: RemoteRun): Promise<Answer<string>> {
  if (await isFile(join(gitDir, 'HEAD'))) return { ok: true, value: gitDir };
  await rm(gitDir, { recursive: true, force: true });
  await mkdir(gitDir, { recursive: true, mode: 0o700 });
  const kind = format === 'sha256' ? ['--object-format=sha256'] : [];
  return runGit(['init', '--quiet', '--bare', '--template=', ...kind], {
    ...bounds(run),
    gitDir,
    maxBytes: answerLimit,
    explain: unexplained,
  });
}

async function holds(gitDir: string, commit: string, run: RemoteRun): Promise<boolean> {
  if (!(await isFile(join(gitDir, 'HEAD')))) return false;
  const reader = openObjects({ ...run, gitDir });
  const read = await reader.read(commit);
  reader.close();
  return read.ok && read.value !== 'missing';
}

function bounds(run: RemoteRun): Pick<GitRun, 'timeoutMs' | 'signal' | 'searchPath'> {
  const timeoutMs = Math.max(1, run.deadlineMs - run.now());
  return { timeoutMs, signal: run.signal, searchPath: run.searchPath };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (is) => is.isFile(),
    () => false,
  );
}
