import { repositoryPathFault } from '#lib/domain/observations/repository.ts';
import { type Answer, failed } from './failure.ts';
import { runGit, unexplained } from './run-git.ts';

/** What one commit made of a file. */
export interface FileVersion {
  readonly commit: string;
  /** The committer's instant, ISO 8601 UTC. */
  readonly at: string;
  readonly subject: string;
  /** Its path then; renames are followed. */
  readonly path: string;
  /** Git's id of its content; null where the commit removed it. */
  readonly oid: string | null;
}

/** In bytes; about 50 000 versions. */
const mostLog = 16 * 1024 * 1024;

/**
 * The versions of one file along a commit's first parents, newest first: on a branch that is merged into, one for each
 * merge that changed it. The path is taken literally. Output: git-log(1), `--raw -z`.
 */
export async function listVersions(
  run: { readonly gitDir: string; readonly timeoutMs: number; readonly searchPath?: string | undefined },
  commit: string,
  path: string,
): Promise<Answer<readonly FileVersion[]>> {
  const fault = repositoryPathFault(path);
  if (fault) return failed('refused', `“${path.slice(0, 200)}” was not looked for: ${fault}.`);
  const log = [
    '--literal-pathspecs',
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '--follow',
    '-M',
  ];
  const shape = ['--raw', '--no-abbrev', '-z', '--no-show-signature', '--format=%x01%H%x00%ct%x00%s'];
  const answer = await runGit([...log, ...shape, commit, '--', path], {
    ...run,
    maxBytes: mostLog,
    explain: unexplained,
  });
  if (!answer.ok) return answer;
  return { ok: true, value: answer.value.split('\u0001').flatMap((record) => versionOf(record) ?? []) };
}

function versionOf(record: string): FileVersion | null {
  const [commit = '', seconds = '', subject = '', ...changes] = record.split('\0');
  const at = changes.findIndex((field) => field.trimStart().startsWith(':'));
  const status = / ([0-9a-f]{40,64}) ([A-Z])\d*$/.exec(changes[at] ?? '');
  if (!/^[0-9a-f]{40,64}$/.test(commit) || !status) return null;
  const moved = status[2] === 'R' || status[2] === 'C';
  return {
    commit,
    at: new Date(Math.min(Number(seconds) * 1000, 8.64e15)).toISOString(),
    subject: subject.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200),
    path: changes[at + (moved ? 2 : 1)] ?? '',
    oid: status[2] === 'D' ? null : (status[1] ?? null),
  };
}
