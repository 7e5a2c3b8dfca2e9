import type { CheckSource } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Observation } from '#lib/domain/question.ts';

/** The file that an answered observation holds. Another observation here is a bug. */
export function fileObserved(observation: Observation | undefined): FileAtCommit {
  if (observation?.question.ask !== 'file' || !observation.outcome.ok)
    throw new TypeError('A rule over a file was given an observation of something else.');
  return observation.outcome.value as FileAtCommit;
}

/** The command that shows the file as it was read, and the page of a known host where a person can open it. */
export function showAgain(file: FileAtCommit, source: CheckSource | null): Judgement['again'] {
  return {
    language: 'git',
    text: `git show ${quote(`${file.commit}:${file.path.replace(/\/$/, '')}`)}`,
    fault: null,
    href: source ? pageOf(file, source.address) : null,
  };
}

/** A word of a POSIX shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function pageOf({ commit, path }: FileAtCommit, address: string): string | null {
  const [, host, project] =
    /^https:\/\/(github\.com|gitlab\.com)\/([\w./-]+?)(?:\.git)?\/?$/.exec(address) ?? [];
  if (host === undefined || project === undefined) return null;
  const place = host === 'gitlab.com' ? '-/blob' : 'blob';
  return `https://${host}/${project}/${place}/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
}
