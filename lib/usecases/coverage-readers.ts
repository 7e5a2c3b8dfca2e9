import { z } from 'zod';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { readObservations } from '#lib/evidence/observation-store.ts';
import { standingAt } from '#lib/evidence/standing-now.ts';
import type { Reader as Database } from '#lib/server/database.ts';
import { indexObservations, type ObservationIndex } from './metric-judge.ts';
import type { PlannedCheck } from './plan.ts';
import type { LaunchNow } from './view-board.ts';

/** A check that looks at metrics, rules, dashboards or runbooks, with what it saw. */
export interface CoverageReader {
  readonly planned: PlannedCheck;
  /** By name, the metrics that it asks for; null where nothing was seen of one. */
  readonly metrics: ReadonlyMap<string, MetricSeen | null>;
  readonly index: ObservationIndex;
  /** Alerts that it is to find, and those that were loaded. */
  readonly watched: readonly string[];
  readonly alerts: readonly string[];
  /** What it came to last; null before it was judged. */
  readonly judgement: Judgement | null;
  readonly silentSince: string | null;
  /** Why nothing can be said, where that is so. */
  readonly dark: string | null;
}

const overPrometheus: readonly string[] = ['metric', 'metric-coverage', 'alert-rule'];
const overFiles: readonly string[] = ['dashboard-file', 'runbook'];

/** All checks of a launch that the metric matrix rests on. Documents are judged already: their text stays unread. */
export async function coverageReaders(
  db: Database,
  now: LaunchNow,
  nowMs: number,
): Promise<readonly CoverageReader[]> {
  const live = now.planned.filter(({ check }) => overPrometheus.includes(check.kind));
  const keys = live.map(({ launch, item, check }) => ({
    launch: launch.head.id,
    item: item.id,
    check: check.id,
  }));
  const observations = await readObservations(db, keys);
  return now.planned
    .filter(({ check }) => overPrometheus.includes(check.kind) || overFiles.includes(check.kind))
    .map((planned) => readerOf(planned, now, observations, nowMs));
}

function readerOf(
  planned: PlannedCheck,
  now: LaunchNow,
  observations: ReadonlyMap<string, readonly Observation[]>,
  nowMs: number,
): CoverageReader {
  const key = standingKey(planned.item.id, planned.check.id);
  const standing = now.standings.get(key);
  const seen = standing ? standingAt(standing, nowMs) : null;
  const all = observations.get(key) ?? [];
  const hasNothing = standing?.failure || standing?.moved;
  const dark = !seen || seen.verdict === 'stale' || (hasNothing && seen.verdict === 'unknown');
  return {
    planned,
    metrics: new Map([...planned.questions.flatMap(metricAsked), ...all.flatMap(metricSeen)]),
    index: indexObservations(all),
    watched: planned.check.kind === 'alert-rule' ? watchedIn(planned) : [],
    alerts: all.flatMap(alertNames),
    judgement: standing?.judgement ?? null,
    silentSince: standing?.silentSince ?? null,
    dark: dark ? (seen?.sentence ?? 'Not looked at yet.') : null,
  };
}

function metricAsked(question: Question): [string, null][] {
  return question.ask === 'metric' ? [[question.name, null]] : [];
}

function metricSeen({ question, outcome }: Observation): [string, MetricSeen][] {
  return question.ask === 'metric' && outcome.ok ? [[question.name, outcome.value as MetricSeen]] : [];
}

const boundSchema = z.object({ alerts: z.array(z.object({ name: z.string() })) });

function watchedIn({ bound }: PlannedCheck): readonly string[] {
  return boundSchema.parse(bound).alerts.map(({ name }) => name);
}

function alertNames({ question, outcome }: Observation): string[] {
  if (question.ask !== 'rules' || !outcome.ok || !('alerts' in outcome.value)) return [];
  return outcome.value.alerts.map(({ name }) => name);
}
