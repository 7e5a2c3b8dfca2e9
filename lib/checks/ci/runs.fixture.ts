import type { JsonObject } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { CiCommit, CiFile, CiJob, CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import type { Observation } from '#lib/domain/question.ts';
import { ciRun } from '../ci-run.ts';
import { registerCheck } from '../register.ts';
import { specOf } from '../spec.fixture.ts';

export const vendors = ['github', 'gitlab'] as const;
type Vendor = (typeof vendors)[number];

/** The candidate, then the commits before it. */
export const commits = ['2c9e4d1', 'a81f03c', '77e0b95'].map((start) => start.padEnd(40, '0'));

const page = { github: 'https://github.com/block/node', gitlab: 'https://gitlab.com/block/node' };

/** A job that succeeded, but for what a test says. */
export function jobOf(name: string, given: Partial<CiJob> = {}): CiJob {
  return {
    name,
    phase: 'finished',
    conclusion: 'success',
    tookMs: 60_000,
    href: null,
    mayFail: false,
    ...given,
  };
}

/** A run that passed in 12 minutes 4 seconds with the jobs `fast tests` and `fuzz`, but for what a test says. */
export function runOf(id: number, given: Partial<CiRun> = {}): CiRun {
  return {
    id: String(id),
    number: `#${id}`,
    attempt: 1,
    event: 'push',
    branch: 'main',
    phase: 'finished',
    conclusion: 'success',
    startedAt: '2026-11-24T08:00:00Z',
    finishedAt: '2026-11-24T08:12:04Z',
    tookMs: 724_000,
    href: `https://ci.example/runs/${id}`,
    jobs: [jobOf('fast tests'), jobOf('fuzz')],
    ...given,
  };
}

/** A run that has not ended. */
export function openRun(id: number, phase: CiRun['phase'], given: Partial<CiRun> = {}): CiRun {
  return runOf(id, { phase, conclusion: null, finishedAt: null, tookMs: null, ...given });
}

/** A file in which nothing may fail and no path decides. */
export function fileOf(vendor: Vendor, given: Partial<CiFile> = {}): CiFile {
  return {
    path: vendor === 'github' ? '.github/workflows/fast-mainnet.yml' : '.gitlab-ci.yml',
    forgiving: [],
    pathFilters: { pullRequest: false, push: false },
    events: ['push'],
    fault: null,
    ...given,
  };
}

/** Runs of the candidate first, then of the commits before it. */
export function seenOf(
  vendor: Vendor,
  runs: readonly (readonly CiRun[])[],
  given: Partial<CiRunsSeen> = {},
): CiRunsSeen {
  const file = fileOf(vendor);
  return {
    vendor,
    commit: commits[0] ?? '',
    workflow: {
      name: 'fast-mainnet',
      path: file.path,
      disabled: false,
      href: `${page[vendor]}/pipelines`,
    },
    commits: runs.map(
      (all, at): CiCommit => ({
        commit: commits[at] ?? String(at).padStart(40, 'f'),
        subject: `Change ${at}`,
        committedAt: null,
        runs: all,
      }),
    ),
    file,
    elsewhere: null,
    ...given,
  };
}

const kind = registerCheck(ciRun);

/** What the check comes to over what was seen. */
export function judgedRuns(seen: CiRunsSeen, parameters: JsonObject = {}): Judgement {
  const named = seen.vendor === 'github' ? { workflow: 'fast-mainnet.yml', ...parameters } : parameters;
  const result = kind.bind(named, specOf({}));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const [question] = kind.reads(result.bound, 'ci');
  if (question?.ask !== 'ci-runs') throw new Error('it asks for no runs');
  const observation: Observation = {
    question,
    observedAt: '2026-11-25T08:00:00.000Z',
    tookMs: 80,
    outcome: { ok: true, value: seen },
    answers: [],
  };
  return kind.evaluate([observation], result.bound, {
    nowMs: Date.parse('2026-11-25T08:00:00Z'),
    source: { id: 'ci', title: 'CI', address: page[seen.vendor] },
    commit: seen.commit,
    itemStates: new Map(),
  });
}
