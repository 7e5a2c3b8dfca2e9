import type { CiConclusion, CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { shown } from '../metrics/words.ts';

/** How a run or a job that ended without success is spoken of, and what it comes to. */
interface Ended {
  readonly verdict: 'fail' | 'unknown';
  /** Before the commit: “was cancelled”. */
  readonly words: string;
  /** After it. */
  readonly after: string;
}

/** Only what ran and came out badly is a fail; what tested nothing says nothing. */
export const ended: Readonly<Record<Exclude<CiConclusion, 'success'>, Ended>> = {
  failure: { verdict: 'fail', words: 'failed', after: '' },
  'timed-out': { verdict: 'fail', words: 'timed out', after: '' },
  'startup-failure': { verdict: 'fail', words: 'could not start', after: ': none of its jobs ran' },
  cancelled: { verdict: 'unknown', words: 'was cancelled', after: ': it neither passed nor failed' },
  skipped: { verdict: 'unknown', words: 'was skipped', after: ': nothing was tested' },
  neutral: { verdict: 'unknown', words: 'ended neutral', after: ': that is neither passed nor failed' },
  'action-required': {
    verdict: 'unknown',
    words: 'ended asking for somebody’s action',
    after: ': it tested nothing without it',
  },
  stale: { verdict: 'unknown', words: 'was given up as stale', after: ': it never came to a result' },
  unknown: { verdict: 'unknown', words: 'ended', after: ' in a way that is not known here' },
};

/** A commit as sentences show it. */
export function short(commit: string): string {
  return commit.slice(0, 7);
}

/** A duration in whole seconds, truncated, each part that is not nothing: `40 s`, `12 min 4 s`, `1 h 30 min`. */
export function tookWords(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  const parts = [
    [Math.trunc(seconds / 3600), 'h'],
    [Math.trunc((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const told = parts.flatMap(([amount, unit]) => (amount === 0 ? [] : [`${amount} ${unit}`]));
  return told.length === 0 ? '0 s' : told.join(' ');
}

/** The workflow as people call it: by its file's name; on GitLab, where a project has one, the pipeline. */
export function workflowWords(seen: CiRunsSeen, asked: string | null): string {
  return seen.vendor === 'gitlab' ? 'the pipeline' : `the workflow ${fileName(seen, asked)}`;
}

function fileName({ workflow }: CiRunsSeen, asked: string | null): string {
  const path = workflow?.path ?? asked ?? '';
  return shown(path.split('/').at(-1) ?? path);
}

/** `run #413 of fast-mainnet.yml`, `pipeline #413`. */
export function runWords(seen: CiRunsSeen, run: CiRun, asked: string | null): string {
  const number = shown(run.number, 20);
  return seen.vendor === 'gitlab' ? `pipeline ${number}` : `run ${number} of ${fileName(seen, asked)}`;
}

/** With its first letter large, as a sentence begins. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
