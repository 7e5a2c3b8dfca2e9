import type { CheckSource, EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Observation } from '#lib/domain/question.ts';
import type { Verdict } from '#lib/domain/verdict.ts';

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

/** Why a document could not be judged, and what would put that right. */
type Reason = readonly [verdict: Verdict, what: string, way: string];

/** What the file that is looked for is called in sentences, and what to do where it is something else. */
export interface DocumentWords {
  readonly is: string;
  readonly name: string;
  readonly itself: string;
  readonly divide: string;
}

const documentWords: DocumentWords = {
  is: 'a document',
  name: 'Name the document.',
  itself: 'Name the document itself.',
  divide: 'Divide it into smaller documents.',
};

/** Why a path that is to be a document holds no text. */
export function whyUnread(
  { found, whyNoText, path, alike }: FileAtCommit,
  words: DocumentWords = documentWords,
): Reason {
  if (found === 'absent') {
    const other = alike === null ? '' : `; ${alike} is, and differs in letter case`;
    return ['fail', `it is not there${other}`, `Commit ${path} and move the candidate.`];
  }
  if (found === 'folder') return ['fail', `it is a folder, not ${words.is}`, words.name];
  if (found !== 'file') return ['unknown', `it is a ${found}, which is not followed`, words.itself];
  if (whyNoText === 'lfs-pointer')
    return ['unknown', 'its content is kept in Git LFS, outside the repository', 'Keep it in Git itself.'];
  if (whyNoText === 'binary') return ['unknown', 'it is not UTF-8 text', 'Commit it as UTF-8 text.'];
  return ['unknown', 'it is over 1 MiB and was not read', words.divide];
}

/** The judgement over a document that is not there, or of which nothing can be read. */
export function judgeUnread(
  seen: FileAtCommit,
  path: string,
  context: EvaluateContext,
  [verdict, what, way]: Reason,
): Judgement {
  return {
    verdict,
    quiet: false,
    fact: { lead: verdict === 'fail' ? 'Missing.' : 'Cannot tell.', rest: `${path}: ${what}` },
    sentence: `${path} at ${seen.commit.slice(0, 12)}: ${what}.`,
    toGreen: [way],
    deciding: { found: seen.found, why: what },
    readings: { commit: seen.commit },
    picture: { kind: 'none' },
    again: showAgain(seen, context.source),
  };
}
