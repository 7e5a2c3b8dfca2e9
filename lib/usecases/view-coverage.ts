import { z } from 'zod';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import type { MetricDeclaration } from '#lib/domain/spec.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { type Verdict, worstVerdict } from '#lib/domain/verdict.ts';
import type { CoverageCell, CoverageRow, CoverageView } from '#lib/domain/view.ts';
import { readObservations } from '#lib/evidence/observation-store.ts';
import { standingAt } from '#lib/evidence/standing-now.ts';
import { type House, house } from '#lib/server/house.ts';
import { indexObservations, type ObservationIndex, type PlannedMetric, planMetrics } from './metric-judge.ts';
import { checkSource, type PlannedCheck } from './plan.ts';
import { noSuchLaunch } from './problems.ts';
import { foldNow, type LaunchNow } from './view-board.ts';

const coverageKinds: readonly string[] = ['metric', 'metric-coverage', 'alert-rule'];

/** The metric matrix: every declared metric, whether it is emitted, and whether its alerts are loaded. */
export async function viewCoverage(id: string, at: House = house()): Promise<Result<CoverageView>> {
  const nowMs = at.now();
  const now = await foldNow(at.db, id, nowMs);
  if (!now) return noSuchLaunch(id);
  const checks = now.planned.filter(({ check }) => coverageKinds.includes(check.kind));
  const keys = checks.map(({ item, check }) => ({ launch: id, item: item.id, check: check.id }));
  const observations = await readObservations(at.db, keys);
  const readers = checks.map((planned) => readerOf(planned, now, observations, nowMs));
  const metrics = planMetrics(now.launch.spec);
  const rows = metrics.map((metric) => rowOf(metric, readers, now, nowMs));
  return { ok: true, value: summary(now, rows) };
}

/** A check that looks at metrics or rules, with what it saw. */
interface Reader {
  readonly planned: PlannedCheck;
  /** By name, the metrics that it asks for; null where nothing was seen of one. */
  readonly metrics: ReadonlyMap<string, MetricSeen | null>;
  readonly index: ObservationIndex;
  /** Alerts that it is to find, and those that were loaded. */
  readonly watched: readonly string[];
  readonly alerts: readonly string[];
  readonly silentSince: string | null;
  /** Why nothing can be said, where that is so. */
  readonly dark: string | null;
}

function readerOf(
  planned: PlannedCheck,
  now: LaunchNow,
  observations: ReadonlyMap<string, readonly Observation[]>,
  nowMs: number,
): Reader {
  const key = standingKey(planned.item.id, planned.check.id);
  const standing = now.standings.get(key);
  const seen = standing ? standingAt(standing, nowMs) : null;
  const all = observations.get(key) ?? [];
  const dark = !seen || seen.verdict === 'stale' || (standing?.failure && seen.verdict === 'unknown');
  return {
    planned,
    metrics: new Map([...planned.questions.flatMap(metricAsked), ...all.flatMap(metricSeen)]),
    index: indexObservations(all),
    watched: planned.check.kind === 'alert-rule' ? watchedIn(planned) : [],
    alerts: all.flatMap(alertNames),
    silentSince: standing?.silentSince ?? null,
    dark: dark ? (seen?.sentence ?? 'Not looked at yet.') : null,
  };
}

const notRequired: CoverageCell = { state: 'not-required', note: null, silentSince: null };
const there: CoverageCell = { state: 'there', note: null, silentSince: null };

function rowOf(
  metric: PlannedMetric,
  readers: readonly Reader[],
  now: LaunchNow,
  nowMs: number,
): CoverageRow {
  const { declared } = metric;
  const reader = readers.find(({ metrics }) => metrics.has(metric.name));
  const { cell: emitted, seen, sentence } = emittedCell(metric, reader, now, nowMs);
  const alert = alertCell(declared, readers, now);
  const holes = [emitted, alert].filter(({ state }) => state === 'hole' || state === 'unknown');
  return {
    metric: metric.name,
    group: declared.group ?? 'Other',
    type: declared.type ?? 'any',
    labels: declared.labels.map(({ name }) => name),
    declared: there,
    emitted,
    alert,
    why: holes.map(({ note }) => note ?? sentence).join(' '),
    whole: emitted.state === 'there' && (alert.state === 'there' || alert.state === 'not-required'),
    line: seen?.line ?? [],
    lastSampleAt: seen?.lastSampleAt ?? null,
    item: reader?.planned.item.id ?? null,
    query: metric.name,
  };
}

function emittedCell(metric: PlannedMetric, reader: Reader | undefined, now: LaunchNow, nowMs: number) {
  if (!reader) return { cell: notRequired, seen: null, sentence: 'No check looks at it.' };
  const { silentSince, dark } = reader;
  const source = checkSource(reader.planned.source);
  const commit = now.launch.head.candidate?.commit ?? null;
  const judged = source ? metric.judge(reader.index, { source, nowMs, commit }) : null;
  const seen = reader.metrics.get(metric.name) ?? null;
  if (dark !== null || judged?.kind !== 'judged') {
    const note = dark ?? 'Not looked at yet.';
    return { cell: { state: 'unknown', note, silentSince } satisfies CoverageCell, seen, sentence: note };
  }
  const { verdict, sentence } = judged.judgement;
  const state = verdict === 'pass' ? 'there' : verdict === 'fail' ? 'hole' : 'unknown';
  const note = state === 'there' ? null : sentence;
  return { cell: { state, note, silentSince } satisfies CoverageCell, seen, sentence };
}

function metricAsked(question: Question): [string, null][] {
  return question.ask === 'metric' ? [[question.name, null]] : [];
}

function metricSeen({ question, outcome }: Observation): [string, MetricSeen][] {
  return question.ask === 'metric' && outcome.ok ? [[question.name, outcome.value as MetricSeen]] : [];
}

function alertCell(declared: MetricDeclaration, readers: readonly Reader[], now: LaunchNow): CoverageCell {
  const wanted = now.launch.spec.alerts.filter(({ metric }) => metric === declared.name);
  if (wanted.length === 0) return notRequired;
  const rules = readers.filter(({ planned }) => planned.check.kind === 'alert-rule');
  const lit = rules.filter(({ dark }) => dark === null);
  const silentSince = rules.flatMap((rule) => rule.silentSince ?? [])[0] ?? null;
  if (lit.length === 0)
    return { state: 'unknown', note: rules[0]?.dark ?? 'No check looks at alerts.', silentSince };
  const loaded = new Set(lit.flatMap(({ alerts }) => alerts));
  const missing = wanted.map(({ name }) => name).filter((name) => !loaded.has(name));
  if (missing.length === 0) return { ...there, silentSince };
  const holes = missing.filter((name) => !isDark(name, rules));
  if (holes.length > 0)
    return { state: 'hole', note: `Alert ${holes.join(', ')} is not loaded.`, silentSince };
  return { state: 'unknown', note: rules.find(({ dark }) => dark !== null)?.dark ?? null, silentSince };
}

/** Whether only checks that cannot say anything now look for an alert. */
function isDark(alert: string, rules: readonly Reader[]): boolean {
  const own = rules.filter(({ watched }) => watched.includes(alert));
  return own.length > 0 && own.every(({ dark }) => dark !== null);
}

const boundSchema = z.object({ alerts: z.array(z.object({ name: z.string() })) });

function watchedIn({ bound }: PlannedCheck): readonly string[] {
  return boundSchema.parse(bound).alerts.map(({ name }) => name);
}

function alertNames({ question, outcome }: Observation): string[] {
  if (question.ask !== 'rules' || !outcome.ok || !('alerts' in outcome.value)) return [];
  return outcome.value.alerts.map(({ name }) => name);
}

function summary(now: LaunchNow, rows: readonly CoverageRow[]): CoverageView {
  const whole = rows.filter((row) => row.whole).length;
  const holes = rows.filter(
    ({ emitted, alert }) => emitted.state === 'hole' || alert.state === 'hole',
  ).length;
  const dark = rows.length - whole - holes;
  const percent = rows.length === 0 ? 0 : Math.trunc((100 * whole) / rows.length);
  const verdicts: Verdict[] = [
    ...(holes > 0 ? ['fail' as const] : []),
    ...(dark > 0 ? ['unknown' as const] : []),
  ];
  const verdict = rows.length === 0 ? 'unknown' : (worstVerdict(verdicts) ?? 'pass');
  const told = [
    ...(holes > 0 ? [`${holes} ${holes === 1 ? 'has' : 'have'} a hole`] : []),
    ...(dark > 0 ? [`${dark} cannot be told`] : []),
  ];
  const rest = told.length > 0 ? ` ${told.join(', ')}.` : '';
  const sentence =
    rows.length === 0
      ? 'The spec declares no metric: an empty list is not coverage.'
      : `${percent} % of the metrics have everything that the spec asks of them.${rest}`;
  const { at, changesAt, launch, sources } = now.board;
  return {
    at,
    changesAt,
    launch,
    title: `Metric coverage: ${whole} of ${rows.length}`,
    sentence,
    verdict,
    whole,
    total: rows.length,
    percent,
    requests: null,
    sources: sources.filter(({ kind }) => kind === 'prometheus'),
    rows,
  };
}
