import { z } from 'zod';
import type { CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import { instant, shown } from '../as-told.ts';
import type { CommitListed } from '../commits-listed.ts';
import type { Answer } from '../repository/failure.ts';
import type { Client, Reply } from './client.ts';
import { listCommits } from './commits.ts';

/** What reported on a branch's newest commits. */
export interface ReportedSeen {
  readonly reported: CiRequiredSeen['reported'];
  /** Names of the apps that reported, by id: a requirement names its app by number alone. */
  readonly apps: ReadonlyMap<number, string>;
  readonly unseen: CiRequiredSeen['unseen'];
  readonly answers: readonly number[];
}

const weekMs = 7 * 86_400_000;
const mostCommits = 10;
const mostNames = 200;
const mostPulls = 5;

const checkRunsSchema = z.object({
  total_count: z.number().int().nonnegative(),
  check_runs: z.array(
    z.object({
      name: z.string(),
      head_sha: z.string(),
      started_at: z.string().nullish(),
      completed_at: z.string().nullish(),
      app: z.object({ id: z.number().int(), name: z.string() }).nullish(),
    }),
  ),
});
const statusSchema = z.object({
  statuses: z.array(z.object({ context: z.string(), updated_at: z.string() })),
});

const pullsSchema = z.array(
  z.object({
    updated_at: z.string(),
    head: z.object({ sha: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/) }),
    base: z.object({ ref: z.string() }),
  }),
);

/**
 * Names that check runs and commit statuses reported on the branch's newest commits, ten at the most, within seven
 * days; of an older branch, on its newest commit alone. A check that is `missed` when none of those has it is looked
 * for on the heads of five pull requests that were touched last: it may run for those alone.
 */
export async function seeReported(
  client: Client,
  branch: string,
  missed: string | null,
): Promise<Answer<ReportedSeen>> {
  const listed = await listCommits(client, branch, mostCommits);
  if (!listed.ok) return listed;
  const sinceMs = client.now() - weekMs;
  const isNew = (one: CommitListed) => Date.parse(one.committedAt ?? '') >= sinceMs;
  const commits = listed.value.commits.filter((one, index) => index === 0 || isNew(one));
  const reports = createReports(client, sinceMs);
  reports.answers.push(...listed.value.answers);
  for (const { commit } of commits) {
    const looked = await reports.lookAt(commit);
    if (!looked.ok) return looked;
  }
  if (missed !== null && !reports.has(missed)) {
    const heads = await pullHeads(client, branch, sinceMs, reports);
    if (!heads.ok) return heads;
    for (const head of heads.value) {
      const looked = await reports.lookAt(head);
      if (!looked.ok) return looked;
    }
  }
  return { ok: true, value: reports.seen() };
}

/** The heads of the pull requests into a branch that were touched last, within seven days. */
async function pullHeads(
  client: Client,
  branch: string,
  sinceMs: number,
  reports: Reports,
): Promise<Answer<readonly string[]>> {
  const parameters = { base: branch, state: 'all', sort: 'updated', direction: 'desc', per_page: mostPulls };
  const reply = await client.get('pulls', parameters, pullsSchema);
  if (!reply.ok) {
    const noted = reports.noteRefusal('pull requests', reply);
    return noted.ok ? { ok: true, value: [] } : noted;
  }
  if (reply.answer !== null) reports.answers.push(reply.answer);
  // A server that does not know the filters tells others, too.
  const own = reply.value.filter(
    ({ base, updated_at: at }) => base.ref === branch && Date.parse(at) >= sinceMs,
  );
  return { ok: true, value: [...new Set(own.slice(0, mostPulls).map(({ head }) => head.sha))] };
}

type Reports = ReturnType<typeof createReports>;

/** Gathers what reported on one commit after the other. */
function createReports(client: Client, sinceMs: number) {
  const last = new Map<string, CiRequiredSeen['reported'][number]>();
  const apps = new Map<number, string>();
  const unseen = new Map<string, string>();
  const looked = new Set<string>();
  const answers: number[] = [];
  const note = (name: string, app: string | null, at: string | null): void => {
    const check = shown(name);
    const key = JSON.stringify([check, app]);
    if (at !== null && Date.parse(at) >= sinceMs && (last.get(key)?.at ?? '') < at)
      last.set(key, { check, app, at });
  };
  /** False where it may not be seen; the failure where it was not answered. */
  const noteRefusal = (what: string, reply: Exclude<Reply<unknown>, { ok: true }>): Answer<false> => {
    const status = reply.refusal?.status;
    if (status !== 403 && status !== 404) return { ok: false, failure: reply.failure };
    unseen.set(what, reply.refusal?.permission ?? '');
    return { ok: true, value: false };
  };

  const lookAt = async (commit: string): Promise<Answer<unknown>> => {
    if (looked.has(commit)) return { ok: true, value: null };
    looked.add(commit);
    for (let page = 1; page <= 2 && !unseen.has('check runs'); page += 1) {
      const reply = await client.get('checkRuns', { ref: commit, per_page: 100, page }, checkRunsSchema);
      if (!reply.ok) {
        const noted = noteRefusal('check runs', reply);
        if (!noted.ok) return noted;
        break;
      }
      if (reply.answer !== null) answers.push(reply.answer);
      for (const run of reply.value.check_runs) {
        if (run.head_sha !== commit) continue;
        if (run.app) apps.set(run.app.id, shown(run.app.name));
        note(run.name, run.app ? shown(run.app.name) : null, instant(run.completed_at ?? run.started_at));
      }
      if (reply.value.total_count <= page * 100) break;
    }
    if (unseen.has('commit statuses')) return { ok: true, value: null };
    const reply = await client.get('statuses', { ref: commit, per_page: 100 }, statusSchema);
    if (!reply.ok) return noteRefusal('commit statuses', reply);
    for (const { context, updated_at: at } of reply.value.statuses) note(context, null, instant(at));
    if (reply.answer !== null) answers.push(reply.answer);
    return { ok: true, value: null };
  };

  return {
    answers,
    noteRefusal,
    lookAt,
    has: (name: string) => [...last.values()].some(({ check }) => check === shown(name)),
    seen: (): ReportedSeen => {
      const reported = [...last.values()].sort((a, b) => (a.check < b.check ? -1 : 1)).slice(0, mostNames);
      const parts = [...unseen].map(([what, permission]) => ({ what, permission }));
      return { reported, apps, unseen: parts, answers };
    },
  };
}
