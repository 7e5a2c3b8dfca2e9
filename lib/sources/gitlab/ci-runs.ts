import type { CiCommit, CiRun, CiRunsSeen, CiWorkflow } from '#lib/domain/observations/ci.ts';
import type { Asked } from '../observe.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { CommitWalk } from '../repository/walk.ts';
import { isNamed, readCiFileAt } from './ci-file-at.ts';
import { listCommits } from './commits.ts';
import { listPipelines } from './pipelines.ts';
import { type ProjectSeen, seeProject } from './project.ts';
import { type Reader, seeRun } from './runs.ts';

/** What reading runs takes, shared by all questions of a cycle. */
export interface RunsContext extends Reader {
  readonly commit: string;
  readonly walk: CommitWalk;
  /** Commits that the most demanding question wants; all share one list. */
  readonly mostCommits: number;
}

const mostRuns = 10;
const mostElsewhere = 20;

/** The pipelines of the candidate's commit and of those before it. */
export async function askCiRuns(
  context: RunsContext,
  { workflow: name, commits: wanted }: { readonly workflow: string | null; readonly commits: number },
): Promise<Asked<CiRunsSeen>> {
  const { client, commit } = context;
  const answers: number[] = [];
  const stop = (outcome: Answer<never>): Asked<CiRunsSeen> => ({ outcome, answers });
  const project = await seeProject(client);
  if (!project.ok) return stop(project);
  answers.push(...project.value.answers);
  const listed = await listCommits(client, commit, context.mostCommits);
  if (!listed.ok) return stop(listed);
  answers.push(...listed.value.answers);
  // A commit that GitLab does not know has an empty list; the walk tells why.
  if (listed.value.commits.length === 0) return stop(await whyNoCommits(context));
  const chosen = listed.value.commits.slice(0, Math.max(1, wanted));
  const workflow = workflowOf(project.value, client.title, name);
  if (!workflow.ok) return stop(workflow);
  const seen = { vendor: 'gitlab', commit } as const;
  if (workflow.value === null) {
    const commits = chosen.map((one) => ({ ...one, runs: [] }));
    const value = { ...seen, workflow: null, commits, file: null, elsewhere: null };
    return { outcome: { ok: true, value }, answers };
  }
  const commits: CiCommit[] = [];
  for (const one of chosen) {
    const runs = workflow.value.disabled
      ? ({ ok: true, value: [] } as const)
      : await runsOn(context, one.commit, answers);
    if (!runs.ok) return stop(runs);
    commits.push({ ...one, runs: runs.value });
  }
  const elsewhere = await passedElsewhere(context, workflow.value, commits, answers);
  if (!elsewhere.ok) return stop(elsewhere);
  const file = await readCiFileAt(context.walk, commit, project.value.ciFile);
  if (!file.ok) return stop(file);
  const value = {
    ...seen,
    workflow: workflow.value,
    commits,
    file: file.value.file,
    elsewhere: elsewhere.value,
  };
  return { outcome: { ok: true, value }, answers };
}

async function whyNoCommits({ walk, client, commit }: RunsContext): Promise<Answer<never>> {
  const root = await walk.folder('.gitlab');
  if (!root.ok) return root;
  const message = `${client.title} shows the commit ${commit.slice(0, 12)} and lists none up to it: look at what stands between.`;
  return failed('malformed', message, 200);
}

/** The project's one pipeline, by its file; null for a file of another name. */
function workflowOf(project: ProjectSeen, title: string, name: string | null): Answer<CiWorkflow | null> {
  const { ciFile, ciDisabled, page } = project;
  if (ciFile === null && name !== null && !isNamed('.gitlab-ci.yml', name)) {
    const message = `${title} does not show which CI file the project uses: give its token the scope read_api and the role Reporter there.`;
    return failed('unauthorised', message, 200);
  }
  const path = ciFile ?? '.gitlab-ci.yml';
  if (name !== null && !isNamed(path, name)) return { ok: true, value: null };
  const href = page === null ? null : `${page}/-/pipelines`;
  return { ok: true, value: { name: 'Pipeline', path, disabled: ciDisabled, href } };
}

async function runsOn(reader: Reader, commit: string, answers: number[]): Promise<Answer<readonly CiRun[]>> {
  const listed = await listPipelines(reader.client, { sha: commit }, mostRuns);
  if (!listed.ok) return listed;
  if (listed.value.answer !== null) answers.push(listed.value.answer);
  const runs: CiRun[] = [];
  for (const pipeline of listed.value.pipelines) {
    const seen = await seeRun(reader, pipeline);
    if (!seen.ok) return seen;
    answers.push(...seen.value.answers);
    runs.push(seen.value.run);
  }
  return { ok: true, value: runs };
}

/** Where it passed last, asked only where it did not on the candidate's commit: it shows nothing of that. */
async function passedElsewhere(
  { client, commit }: RunsContext,
  { disabled }: CiWorkflow,
  commits: readonly CiCommit[],
  answers: number[],
): Promise<Answer<CiRunsSeen['elsewhere']>> {
  const passed = commits.some(
    (one) => one.commit === commit && one.runs.some((run) => run.conclusion === 'success'),
  );
  if (passed || disabled) return { ok: true, value: null };
  const listed = await listPipelines(client, { status: 'success' }, mostElsewhere);
  if (!listed.ok) return listed;
  if (listed.value.answer !== null) answers.push(listed.value.answer);
  const known = new Set(commits.map((one) => one.commit));
  const other = listed.value.pipelines.find((one) => !known.has(one.commit) && one.status === 'success');
  return { ok: true, value: other ? { commit: other.commit, run: other.run } : null };
}
