import { z } from 'zod';
import type { CiJob, CiRun } from '#lib/domain/observations/ci.ts';
import { href, instant, shown, tookMs } from '../as-told.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { Client } from './client.ts';
import { conclusionOf, phaseOf } from './words.ts';

/** As many runs of one commit as are looked at. */
const mostRuns = 10;
const mostJobs = 200;
const mostPassed = 20;

const id = z.union([z.number().int().positive(), z.string().regex(/^\d{1,30}$/)]).transform(String);
const runsSchema = z.object({
  workflow_runs: z.array(
    z.object({
      id,
      workflow_id: id,
      head_sha: z.string(),
      head_branch: z.string().nullish(),
      run_number: z.number().int(),
      run_attempt: z.number().int().positive().default(1),
      event: z.string(),
      status: z.string().nullable(),
      conclusion: z.string().nullable(),
      created_at: z.string(),
      updated_at: z.string(),
      run_started_at: z.string().optional(),
      html_url: z.string(),
    }),
  ),
});
type Run = z.infer<typeof runsSchema>['workflow_runs'][number];

const jobsSchema = z.object({
  total_count: z.number().int().nonnegative(),
  jobs: z.array(
    z.object({
      run_id: id,
      name: z.string(),
      status: z.string(),
      conclusion: z.string().nullable(),
      started_at: z.string().nullish(),
      completed_at: z.string().nullish(),
      html_url: z.string().nullish(),
    }),
  ),
});

/** A run without its jobs, and the page its jobs are asked for by. */
export type RunListed = Omit<CiRun, 'jobs'>;

/** The runs of one workflow on one commit, newest first. */
export async function listRuns(
  client: Client,
  workflowId: string,
  commit: string,
): Promise<Answer<{ readonly runs: readonly RunListed[]; readonly answer: number | null }>> {
  const parameters = { workflow_id: workflowId, head_sha: commit, per_page: mostRuns };
  const reply = await client.get('runs', parameters, runsSchema);
  if (!reply.ok) return { ok: false, failure: reply.failure };
  const runs = reply.value.workflow_runs;
  // A server that does not know `head_sha` would tell the runs of other commits.
  if (runs.some((run) => run.head_sha !== commit || run.workflow_id !== workflowId))
    return another(client, `runs of ${commit.slice(0, 12)}`);
  const newest = runs.toSorted((a, b) => b.run_number - a.run_number).slice(0, mostRuns);
  return { ok: true, value: { runs: newest.map((run) => runOf(run, client)), answer: reply.answer } };
}

/** The newest run of a workflow that succeeded on a commit not among those that are known; null for none in sight. */
export async function findPassed(
  client: Client,
  workflowId: string,
  known: ReadonlySet<string>,
): Promise<
  Answer<{
    readonly passed: { readonly commit: string; readonly run: RunListed } | null;
    readonly answer: number | null;
  }>
> {
  const parameters = { workflow_id: workflowId, status: 'success', per_page: mostPassed };
  const reply = await client.get('runs', parameters, runsSchema);
  if (!reply.ok) return { ok: false, failure: reply.failure };
  const runs = reply.value.workflow_runs;
  if (runs.some((run) => run.workflow_id !== workflowId)) return another(client, 'runs that succeeded');
  // A server that does not know the filter tells all runs.
  const run = runs.find((one) => one.conclusion === 'success' && !known.has(one.head_sha));
  const passed = run ? { commit: run.head_sha, run: runOf(run, client) } : null;
  return { ok: true, value: { passed, answer: reply.answer } };
}

function runOf(run: Run, client: Client): RunListed {
  const phase = phaseOf(run.status);
  const startedAt = instant(run.run_started_at ?? run.created_at);
  const finishedAt = phase === 'finished' ? instant(run.updated_at) : null;
  return {
    id: run.id,
    number: `#${run.run_number}`,
    attempt: run.run_attempt,
    event: shown(run.event, 60),
    branch: run.head_branch ? shown(run.head_branch) : null,
    phase,
    conclusion: conclusionOf(run.status, run.conclusion),
    startedAt,
    finishedAt,
    tookMs: tookMs(startedAt, finishedAt),
    href: href(run.html_url, client.address.pages),
  };
}

/** The jobs of one attempt, in GitHub's order, 200 at the most. */
export async function listJobs(
  client: Client,
  { id: runId, attempt }: RunListed,
): Promise<Answer<{ readonly jobs: readonly CiJob[]; readonly answers: readonly number[] }>> {
  const jobs: CiJob[] = [];
  const answers: number[] = [];
  for (let page = 1; jobs.length < mostJobs; page += 1) {
    const parameters = { run_id: runId, attempt_number: attempt, per_page: 100, page };
    const reply = await client.get('jobs', parameters, jobsSchema);
    if (!reply.ok) return { ok: false, failure: reply.failure };
    if (reply.value.jobs.some((job) => job.run_id !== runId)) return another(client, `jobs of run ${runId}`);
    if (reply.answer !== null) answers.push(reply.answer);
    jobs.push(...reply.value.jobs.map((job) => jobOf(job, client)));
    if (reply.value.jobs.length === 0 || jobs.length >= reply.value.total_count) break;
  }
  return { ok: true, value: { jobs: jobs.slice(0, mostJobs), answers } };
}

function jobOf(job: z.infer<typeof jobsSchema>['jobs'][number], client: Client): CiJob {
  return {
    name: shown(job.name),
    phase: phaseOf(job.status),
    conclusion: conclusionOf(job.status, job.conclusion),
    tookMs: tookMs(instant(job.started_at), instant(job.completed_at)),
    href: href(job.html_url, client.address.pages),
    mayFail: false,
  };
}

function another(client: Client, what: string): Answer<never> {
  const message = `${client.title} was asked for the ${what} and answered with others: look at what stands between.`;
  return failed('malformed', message, 200);
}
