import { z } from 'zod';
import type { Absence, TargetName, TargetSeen } from '#lib/domain/observations/prometheus.ts';
import type { Client } from './client.ts';
import type { Look } from './look.ts';
import { chunkNames, namesSelector, promqlDuration } from './request.ts';
import { readSamples } from './samples.ts';
import { mostBytes } from './window.ts';

/** When a name was last seen on a target, to the resolution of the search. */
export interface LastSeen extends TargetName {
  readonly atMs: number;
}

/** What can be found out about names that are absent, all at once. */
export interface Search {
  readonly lastSeen: (name: string) => readonly LastSeen[];
  readonly searchedMs: number | null;
  readonly retentionMs: number | null;
  readonly beforeFirstScrape: boolean;
  readonly targets: readonly TargetSeen[];
  readonly answers: readonly number[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * Four requests for any number of names: targets, retention, the last hour closely, and the whole retention for what
 * the hour did not show. What is not answered (Thanos and Mimir lack some) is left out and never stops the rest.
 */
export async function searchAbsent(
  client: Client,
  names: readonly string[],
  seenBefore: Pick<Look, 'targets' | 'serverNowMs'> | null,
): Promise<Search> {
  const answers: number[] = [];
  const seen = new Map<string, LastSeen[]>();
  const [targets, runtime, hour] = await Promise.all([
    askTargets(client, answers),
    askRuntime(client, answers),
    askLastSeen(client, names, spanOf(hourMs, names.length, 60, 3600), answers, seen),
  ]);
  const { retentionMs, startedMs } = runtime;
  const reachMs = retentionMs ?? 15 * dayMs;
  const rest = names.filter((name) => !seen.has(name));
  const whole =
    reachMs <= hourMs ||
    rest.length === 0 ||
    (await askLastSeen(client, rest, spanOf(reachMs, rest.length, 500, 11_000), answers, seen));
  return {
    lastSeen: (name) => seen.get(name) ?? [],
    searchedMs: whole ? reachMs : hour ? hourMs : null,
    retentionMs,
    beforeFirstScrape:
      targets !== null && isBeforeFirstScrape(targets, startedMs, seenBefore?.serverNowMs ?? null),
    targets:
      targets ??
      (seenBefore?.targets ?? []).map(({ up, ...name }) => ({
        ...name,
        ...unasked,
        health: up ? 'up' : 'down',
      })),
    answers,
  };
}

/** Discovery sends targets on every five seconds, so that a Prometheus has none right after its start. */
const findsTargetsWithinMs = 60_000;

function isBeforeFirstScrape(
  targets: readonly TargetSeen[],
  startedMs: number | null,
  nowMs: number | null,
): boolean {
  if (targets.some(({ health }) => health !== 'unknown')) return false;
  return (
    targets.length > 0 || (startedMs !== null && nowMs !== null && nowMs - startedMs < findsTargetsWithinMs)
  );
}

const unasked = { lastError: '', lastScrapeAt: null } as const;

/** Absence as one question sees it: only its job's targets, those it stood on first. */
export function absenceOf(search: Search, lastSeen: readonly LastSeen[], job: string | null): Absence {
  const ours = search.targets.filter((target) => job === null || target.job === job);
  const newest = lastSeen.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  const stoodOn = (target: TargetName) =>
    lastSeen.some(({ job, instance }) => job === target.job && instance === target.instance);
  const rank = (target: TargetSeen) => (stoodOn(target) ? 0 : target.health === 'up' ? 2 : 1);
  return {
    lastSeenAt: newest === 0 ? null : new Date(newest).toISOString(),
    lastSeenOn: lastSeen.slice(0, 8).map(({ job, instance }) => ({ job, instance })),
    searchedMs: search.searchedMs,
    retentionMs: search.retentionMs,
    beforeFirstScrape: search.beforeFirstScrape,
    jobs: countByJob(ours).slice(0, 50),
    targets: [...ours].sort((a, b) => rank(a) - rank(b)).slice(0, 8),
  };
}

function countByJob(targets: readonly TargetSeen[]): Absence['jobs'] {
  const jobs = new Map<string, { job: string; up: number; down: number; unknown: number }>();
  for (const { job, health } of targets) {
    const count = jobs.get(job) ?? { job, up: 0, down: 0, unknown: 0 };
    count[health] += 1;
    jobs.set(job, count);
  }
  return [...jobs.values()].sort((a, b) => (a.job < b.job ? -1 : 1));
}

interface Span {
  readonly rangeMs: number;
  readonly stepMs: number;
}

/** Steps so fine as the number of names allows: together they stay far below Prometheus's limit of 50 million samples. */
function spanOf(rangeMs: number, names: number, fewest: number, most: number): Span {
  const points = Math.min(most, Math.max(fewest, Math.floor(2_000_000 / Math.max(1, names))));
  return { rangeMs, stepMs: Math.max(1000, Math.ceil(rangeMs / points / 1000) * 1000) };
}

/**
 * The newest step at which each name had a sample of its own, as one number a name and target. `last_over_time` over
 * just one step sees real samples and no lookback; `time()` inside the subquery is the step's own.
 */
export function lastSeenQuery(names: readonly string[], { rangeMs, stepMs }: Span): string {
  const step = promqlDuration(stepMs);
  const stood = `count by (__name__,job,instance) (last_over_time(${namesSelector(names)}[${step}]))`;
  const kept = `label_replace(${stood},"metric","$1","__name__","(.+)")`;
  return `max_over_time((0*${kept}+time())[${promqlDuration(rangeMs)}:${step}])`;
}

/** True when all of it was answered. A proxy that refuses so long a query (413) is asked in halves. */
async function askLastSeen(
  client: Client,
  names: readonly string[],
  span: Span,
  answers: number[],
  seen: Map<string, LastSeen[]>,
  bytes: number = mostBytes,
): Promise<boolean> {
  const answered = await Promise.all(
    chunkNames(names, bytes).map(async (chunk) => {
      const query = lastSeenQuery(chunk, span);
      const reply = await client.post('query', { query });
      if (reply.answer !== null) answers.push(reply.answer);
      if (!reply.ok && reply.failure.status === 413 && chunk.length > 20) {
        return askLastSeen(client, chunk, span, answers, seen, Math.ceil(query.length / 2));
      }
      const read = reply.ok ? readSamples(reply.data) : null;
      if (!read?.ok) return false;
      for (const { labels, lastText } of read.series) {
        const { metric = '', job = '', instance = '' } = labels;
        const atMs = Number(lastText) * 1000;
        if (!Number.isFinite(atMs)) continue;
        const others = seen.get(metric);
        if (others) others.push({ job, instance, atMs });
        else seen.set(metric, [{ job, instance, atMs }]);
      }
      return true;
    }),
  );
  return answered.every(Boolean);
}

const targetsSchema = z.object({
  activeTargets: z.array(
    z.object({
      labels: z.record(z.string(), z.string()),
      health: z.enum(['up', 'down', 'unknown']).catch('unknown'),
      lastError: z.string().catch(''),
      lastScrape: z.string().catch(''),
    }),
  ),
});

async function askTargets(client: Client, answers: number[]): Promise<readonly TargetSeen[] | null> {
  const reply = await client.get('targets', { state: 'active' });
  if (reply.answer !== null) answers.push(reply.answer);
  const read = reply.ok ? targetsSchema.safeParse(reply.data) : null;
  if (!read?.success) return null;
  return read.data.activeTargets.map(({ labels, health, lastError, lastScrape }) => ({
    job: labels.job ?? '',
    instance: labels.instance ?? '',
    health,
    lastError: lastError.slice(0, 300).toWellFormed(),
    lastScrapeAt: Date.parse(lastScrape) > 0 ? new Date(lastScrape).toISOString() : null,
  }));
}

interface Runtime {
  readonly retentionMs: number | null;
  /** Epoch milliseconds, by Prometheus's clock. */
  readonly startedMs: number | null;
}

const runtimeSchema = z.object({ storageRetention: z.string().catch(''), startTime: z.string().catch('') });

async function askRuntime(client: Client, answers: number[]): Promise<Runtime> {
  const reply = await client.get('status/runtimeinfo');
  if (reply.answer !== null) answers.push(reply.answer);
  const read = reply.ok ? runtimeSchema.safeParse(reply.data) : null;
  if (!read?.success) return { retentionMs: null, startedMs: null };
  const startedMs = Date.parse(read.data.startTime);
  return {
    retentionMs: readRetention(read.data.storageRetention),
    startedMs: Number.isFinite(startedMs) ? startedMs : null,
  };
}

const unitMs: Readonly<Record<string, number>> = {
  y: 365 * dayMs,
  w: 7 * dayMs,
  d: dayMs,
  h: hourMs,
  m: 60_000,
  s: 1000,
  ms: 1,
};

/** The time in `15d`, `1w3d` or `15d or 10GiB`; null where only a size bounds it. */
export function readRetention(text: string): number | null {
  const time = /^(?:\d+(?:ms|[ywdhms]))+(?= or |$)/.exec(text)?.[0];
  if (!time) return null;
  let sum = 0;
  for (const [, count, unit] of time.matchAll(/(\d+)(ms|[ywdhms])/g))
    sum += Number(count) * (unitMs[unit ?? ''] ?? 0);
  return sum > 0 ? sum : null;
}
