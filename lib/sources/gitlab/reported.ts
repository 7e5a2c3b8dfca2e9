import type { CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import type { Answer } from '../repository/failure.ts';
import { listPipelines } from './pipelines.ts';
import { type Reader, seeRun } from './runs.ts';

/** What jobs reported lately. */
export interface ReportedSeen {
  readonly reported: CiRequiredSeen['reported'];
  readonly answers: readonly number[];
}

const weekMs = 7 * 86_400_000;
const mostOnBranch = 10;
const mostForMerges = 5;
const mostNames = 200;

/**
 * Names of jobs in the newest pipelines that finished within seven days, ten on the branch and five of merge requests,
 * whose jobs may be others. GitLab does not tell into which branch a merge request’s pipeline would merge.
 */
export async function seeReported(reader: Reader, branch: string): Promise<Answer<ReportedSeen>> {
  const { client } = reader;
  const sinceMs = client.now() - weekMs;
  const lastAt = new Map<string, string>();
  const answers: number[] = [];
  const asked = [
    [{ ref: branch }, mostOnBranch],
    [{ source: 'merge_request_event' }, mostForMerges],
  ] as const;
  for (const [by, most] of asked) {
    const listed = await listPipelines(client, by, most);
    if (!listed.ok) return listed;
    if (listed.value.answer !== null) answers.push(listed.value.answer);
    for (const pipeline of listed.value.pipelines) {
      if (!(Date.parse(pipeline.updatedAt) >= sinceMs)) continue;
      const seen = await seeRun(reader, pipeline);
      if (!seen.ok) return seen;
      answers.push(...seen.value.answers);
      for (const { name, at } of seen.value.jobs)
        if (at !== null && Date.parse(at) >= sinceMs && (lastAt.get(name) ?? '') < at) lastAt.set(name, at);
    }
  }
  const reported = [...lastAt]
    .map(([check, at]) => ({ check, app: null, at }))
    .sort((a, b) => (a.check < b.check ? -1 : 1))
    .slice(0, mostNames);
  return { ok: true, value: { reported, answers } };
}
