import { z } from 'zod';
import type { BindFault, CheckKind } from '#lib/domain/check-kind.ts';
import type { CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { gradeCommit } from './ci/grade.ts';
import { runsObserved } from './ci/observed.ts';
import { judgeRow } from './ci/row.ts';
import type { RunBound } from './ci/run-grade.ts';
import { durationText, msOf } from './metrics/declaration.ts';

/** Commits that a picture shows; the same for every check on a workflow, so that they ask one question. */
const shownCommits = 12;

const parameters = z.strictObject({
  workflow: z
    .string()
    .max(300)
    .regex(/^(?!.*\.\.)[^\s/\\:*?"<>|][^\s\\:*?"<>|]*\.ya?ml$/, {
      error: 'write the workflow’s file, as `gate.yml` or with its path',
    })
    .exactOptional()
    .describe('The workflow’s file, by name or path. On GitLab the default is the project’s own.'),
  jobs: z
    .array(z.string().min(1).max(300))
    .min(1)
    .max(100)
    .exactOptional()
    .describe('Jobs that must be there, run and succeed; of a matrix, all. Default: every job there is.'),
  inARow: z
    .int()
    .min(1)
    .max(50)
    .exactOptional()
    .describe('So many distinct commits up to the candidate, each green. Default: 1.'),
  within: durationText.exactOptional().describe('The run takes no longer than this.'),
  events: z
    .array(z.string().min(1).max(100))
    .min(1)
    .max(20)
    .exactOptional()
    .describe('Events whose runs count. Default: those that test the very commit, so not `pull_request`.'),
});

/**
 * Passes when the newest run on the candidate's own commit succeeded, with every job that counts, and so did those on
 * the commits before it, as many as wanted. The branch does not matter, a commit is the same on each; the event does:
 * a run for a pull request stands on its head and tests a merge with a base that moves, so it neither passes nor fails it.
 */
export const ciRun: CheckKind<z.infer<typeof parameters>, RunBound> = {
  meta: {
    id: 'ci-run',
    title: 'CI run',
    why: 'The commit that is launched has to be the one that was tested, by every job that was meant to test it.',
    fix: 'Let the workflow run to its end on the candidate’s commit, and put right what fails in it.',
  },
  ruleVersion: 1,
  sourceKinds: ['github', 'gitlab'],
  parameters,
  bind: ({ workflow, jobs, inARow, within, events }, spec) => {
    const faults: BindFault[] = [];
    const has = (wanted: string) => spec.sources.some(({ kind }) => kind === wanted);
    if (workflow === undefined && has('github') && !has('gitlab'))
      faults.push({
        path: [],
        message: 'a GitHub project has many workflows: add `workflow`, its file’s name',
      });
    for (const [index, name] of (jobs ?? []).entries())
      if (jobs?.indexOf(name) !== index)
        faults.push({ path: ['jobs', index], message: `the job \`${name}\` is named twice` });
    const withinMs = within === undefined ? null : msOf(within);
    if (withinMs !== null && withinMs < 1000)
      faults.push({ path: ['within'], message: 'a run takes whole seconds: write at least `1s`' });
    if (faults.length > 0) return { ok: false, faults };
    return {
      ok: true,
      bound: {
        workflow: workflow ?? null,
        jobs: jobs ?? null,
        inARow: inARow ?? 1,
        withinMs,
        events: events ?? null,
      },
    };
  },
  reads: ({ workflow, inARow }, source) => [
    { ask: 'ci-runs', source, workflow, commits: Math.max(inARow, shownCommits) },
  ],
  evaluate: ([observation], bound, { source }) => {
    const answered = runsObserved(observation);
    const seen = { ...answered, commits: lineOf(answered) };
    const grades = seen.commits.map((_, at) => gradeCommit(seen, at, bound));
    return judgeRow(seen, grades, bound, source);
  },
};

/** The candidate's own commit first, though nothing was told of it, and each commit once: a row counts distinct ones. */
function lineOf({ commit, commits }: CiRunsSeen): CiRunsSeen['commits'] {
  const own = commits.find((one) => one.commit === commit);
  const others = commits.filter(
    (one, at) => one.commit !== commit && commits.findIndex((other) => other.commit === one.commit) === at,
  );
  return [own ?? { commit, subject: '', committedAt: null, runs: [] }, ...others];
}
