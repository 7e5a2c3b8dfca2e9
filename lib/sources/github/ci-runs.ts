import { isSilence } from '#lib/domain/failure.ts';
import type { CiCommit, CiFile, CiRun, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import type { Asked } from '../observe.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { CommitWalk } from '../repository/walk.ts';
import { withCalled } from './called-workflows.ts';
import type { Client } from './client.ts';
import { listCommits } from './commits.ts';
import type { finishedAttempts } from './finished-attempts.ts';
import { findPassed, listJobs, listRuns, type RunListed } from './runs.ts';
import { findWorkflow, type WorkflowFound } from './workflow.ts';
import { readWorkflowFile, unread } from './workflow-file.ts';

/** As many attempts before the newest as are looked at. */
const mostEarlier = 4;

/** What reading runs takes besides the client, shared by all questions of a cycle. */
export interface RunsContext {
  readonly client: Client;
  readonly commit: string;
  readonly walk: CommitWalk;
  readonly attempts: ReturnType<typeof finishedAttempts>;
  /** Whose token reads, and of which repository: begins the key of a kept attempt. */
  readonly reader: string;
  /** Commits that the most demanding question wants; all share one list. */
  readonly mostCommits: number;
}

/** The runs of one workflow on the candidate's commit and those before it. */
export async function askCiRuns(
  context: RunsContext,
  { workflow: name, commits: wanted }: { readonly workflow: string | null; readonly commits: number },
): Promise<Asked<CiRunsSeen>> {
  const { client, commit } = context;
  if (name === null) {
    const message = `${client.title} was not asked for runs: name the workflow’s file, such as ci.yml.`;
    return { outcome: failed('refused', message), answers: [] };
  }
  const answers: number[] = [];
  const listed = await listCommits(client, commit, context.mostCommits);
  if (!listed.ok) return { outcome: await whyNoCommits(context, listed), answers };
  answers.push(...listed.value.answers);
  const found = await findWorkflow(client, name);
  if (!found.ok) return { outcome: found, answers };
  const chosen = listed.value.commits.slice(0, Math.max(1, wanted));
  if (found.value === null) {
    const commits = chosen.map((one) => ({ ...one, runs: [] }));
    return {
      outcome: {
        ok: true,
        value: { vendor: 'github', commit, workflow: null, commits, file: null, elsewhere: null },
      },
      answers,
    };
  }
  const { id, workflow, answer } = found.value;
  if (answer !== null) answers.push(answer);
  const commits: CiCommit[] = [];
  for (const one of chosen) {
    const runs = await runsOf(context, id, one.commit, answers);
    if (!runs.ok) return { outcome: runs, answers };
    commits.push({ ...one, runs: runs.value });
  }
  const elsewhere = await passedElsewhere(context, found.value, commits, answers);
  if (!elsewhere.ok) return { outcome: elsewhere, answers };
  const file = await fileOf(context, workflow.path);
  if (!file.ok) return { outcome: file, answers };
  return {
    outcome: {
      ok: true,
      value: { vendor: 'github', commit, workflow, commits, file: file.value, elsewhere: elsewhere.value },
    },
    answers,
  };
}

/** Where it passed last, asked only where it did not on the candidate's commit: it shows nothing of that. */
async function passedElsewhere(
  { client, commit }: RunsContext,
  { id, workflow }: WorkflowFound,
  commits: readonly CiCommit[],
  answers: number[],
): Promise<Answer<CiRunsSeen['elsewhere']>> {
  const passed = commits.some(
    (one) => one.commit === commit && one.runs.some((run) => run.conclusion === 'success'),
  );
  if (passed || workflow.disabled) return { ok: true, value: null };
  const found = await findPassed(client, id, new Set(commits.map((one) => one.commit)));
  if (!found.ok) return found;
  if (found.value.answer !== null) answers.push(found.value.answer);
  const other = found.value.passed;
  return { ok: true, value: other && { commit: other.commit, run: { ...other.run, jobs: null } } };
}

/** A list of commits is refused alike for a hidden repository and for a commit that is not there; the walk tells which. */
async function whyNoCommits({ walk }: RunsContext, listed: Answer<unknown>): Promise<Answer<never>> {
  if (listed.ok) throw new Error('Asked why a list failed that did not.');
  const { status } = listed.failure;
  if (status !== 404 && status !== 422) return listed;
  const root = await walk.folder('.github');
  return root.ok ? listed : root;
}

async function runsOf(
  context: RunsContext,
  workflowId: string,
  commit: string,
  answers: number[],
): Promise<Answer<readonly CiRun[]>> {
  const listed = await listRuns(context.client, workflowId, commit);
  if (!listed.ok) return listed;
  if (listed.value.answer !== null) answers.push(listed.value.answer);
  const runs: CiRun[] = [];
  for (const run of listed.value.runs) {
    const jobs = run.phase === 'finished' ? await jobsOf(context, run, answers) : null;
    if (jobs && !jobs.ok) return jobs;
    const told = jobs?.value ? await withEarlier(context, run, jobs.value, answers) : null;
    if (told && !told.ok) return told;
    runs.push({ ...run, jobs: told?.value ?? null });
  }
  return { ok: true, value: runs };
}

async function jobsOf(
  { client, attempts, reader }: RunsContext,
  run: RunListed,
  answers: number[],
): Promise<Answer<CiRun['jobs']>> {
  const key = `${reader} ${run.id} ${run.attempt}`;
  const known = attempts.get(key);
  if (known) return { ok: true, value: known };
  const listed = await listJobs(client, run);
  if (!listed.ok) return listed;
  answers.push(...listed.value.answers);
  const { jobs } = listed.value;
  // The last job's end may be told later than the run's: such a list is not the last word.
  if (jobs.every(({ phase }) => phase === 'finished')) attempts.put(key, jobs);
  return { ok: true, value: jobs };
}

/**
 * The jobs with how often each failed in attempts before. What GitHub keeps no longer of those tells nothing; each is
 * asked for once, since an attempt after which another began does not change.
 */
async function withEarlier(
  context: RunsContext,
  run: RunListed,
  jobs: NonNullable<CiRun['jobs']>,
  answers: number[],
): Promise<Answer<NonNullable<CiRun['jobs']>>> {
  const failures = new Map<string, number>();
  for (let attempt = Math.max(1, run.attempt - mostEarlier); attempt < run.attempt; attempt += 1) {
    const before = await jobsOf(context, { ...run, attempt }, answers);
    if (!before.ok && before.failure.status === 404) continue;
    if (!before.ok) return before;
    for (const { name, conclusion } of before.value ?? [])
      if (conclusion === 'failure' || conclusion === 'timed-out')
        failures.set(name, (failures.get(name) ?? 0) + 1);
  }
  const told = jobs.map((job) => ({ ...job, failedBefore: failures.get(job.name) ?? 0 }));
  return { ok: true, value: told };
}

/** The workflow's file at the candidate's commit; what keeps it from being read is its fault, unless GitHub is silent. */
async function fileOf({ walk, commit }: RunsContext, path: string): Promise<Answer<CiFile>> {
  const read = await walk.file(path);
  if (!read.ok && isSilence(read.failure)) return read;
  if (!read.ok) return { ok: true, value: unread(path, read.failure.message.replace(/\.$/, '')).file };
  const { found, text, whyNoText } = read.value;
  if (text !== null) return withCalled(readWorkflowFile(path, text), walk);
  const why =
    found === 'absent'
      ? `it is not in commit ${commit.slice(0, 12)}`
      : `it is no text (${whyNoText ?? found})`;
  return { ok: true, value: unread(path, why).file };
}
