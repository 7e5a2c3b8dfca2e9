import { isWhole, summarise, whyNotWhole } from '#lib/board/coverage-summary.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { MetricDeclaration } from '#lib/domain/spec.ts';
import type { CoverageCell, CoverageRow, CoverageView } from '#lib/domain/view.ts';
import { type House, house } from '#lib/server/house.ts';
import { alertOnScreen, queriesOf, type RulesReader, rulesReaders } from './alerts-seen.ts';
import { panelCell, placesOf, runbookCell, type SpecPlaces } from './coverage-places.ts';
import { type CoverageReader, coverageReaders } from './coverage-readers.ts';
import { type PlannedMetric, planMetrics } from './metric-judge.ts';
import { checkSource } from './plan.ts';
import { noSuchLaunch } from './problems.ts';
import { viewBesides } from './view-besides.ts';
import { foldNow, type LaunchNow } from './view-board.ts';

/**
 * The metric matrix: every declared metric, whether it is emitted, on its panels, under its alerts and in its
 * runbooks. What the spec declares and no check looks at is shown as declared, and counts as not there.
 */
export async function viewCoverage(id: string, at: House = house()): Promise<Result<CoverageView>> {
  const nowMs = at.now();
  const now = await foldNow(at.db, id, nowMs);
  if (!now) return noSuchLaunch(id);
  const readers = await coverageReaders(at.db, now, nowMs);
  const places = placesOf(now.launch.spec);
  const rules = await rulesReaders(at.db, now, nowMs);
  const ground = { readers, places, rules, now, nowMs };
  const rows = planMetrics(now.launch.spec).map((metric) => rowOf(metric, ground));
  const { board } = now;
  const used = new Set(readers.map(({ planned }) => planned.source?.id));
  return {
    ok: true,
    value: {
      at: board.at,
      changesAt: board.changesAt,
      launch: board.launch,
      ...summarise(rows),
      requests: null,
      sources: board.sources.filter((source) => used.has(source.id)),
      items: [...new Set(readers.map(({ planned }) => planned.item.id))],
      unread: [...places.panels.unread, ...places.runbooks.unread],
      rows,
      besides: viewBesides(now, readers, rules.flatMap(queriesOf)),
    },
  };
}

/** What a row is made of. */
interface Ground {
  readonly readers: readonly CoverageReader[];
  readonly places: SpecPlaces;
  readonly rules: readonly RulesReader[];
  readonly now: LaunchNow;
  readonly nowMs: number;
}

const notRequired: CoverageCell = { state: 'not-required', note: null, silentSince: null };
const there: CoverageCell = { state: 'there', note: null, silentSince: null };
const declaredOnly = (note: string): CoverageCell => ({ state: 'declared', note, silentSince: null });

function rowOf(metric: PlannedMetric, ground: Ground): CoverageRow {
  const { declared, name } = metric;
  const { readers, places, rules, now } = ground;
  const reader = readers.find(({ metrics }) => metrics.has(name));
  const seen = reader?.metrics.get(name) ?? null;
  const cells = {
    emitted: emittedCell(metric, reader, ground),
    panel: panelCell(name, places, readers),
    alert: alertCell(declared, ground),
    runbook: runbookCell(name, places, readers),
  };
  return {
    metric: name,
    group: declared.group ?? 'Other',
    type: declared.type ?? 'any',
    labels: declared.labels.map((label) => label.name),
    declared: there,
    ...cells,
    alerts: now.launch.spec.alerts
      .filter(({ metric }) => metric === name)
      .map((alert) => alertOnScreen(alert, rules)),
    places: [places.panels, places.runbooks].flatMap(({ of }) =>
      (of.get(name) ?? []).map((place) => ({ name: place.name, file: place.file })),
    ),
    why: whyNotWhole(cells),
    whole: isWhole(cells),
    line: seen?.line ?? [],
    lastSampleAt: seen?.lastSampleAt ?? null,
    item: reader?.planned.item.id ?? null,
    query: name,
  };
}

function emittedCell(
  metric: PlannedMetric,
  reader: CoverageReader | undefined,
  { now, nowMs }: Ground,
): CoverageCell {
  if (!reader) return declaredOnly('No check looks whether it is emitted.');
  const { silentSince, dark } = reader;
  const source = checkSource(reader.planned.source);
  const commit = now.launch.head.candidate?.commit ?? null;
  const judged = source ? metric.judge(reader.index, { source, nowMs, commit }) : null;
  if (dark !== null || judged?.kind !== 'judged')
    return { state: 'unknown', note: dark ?? 'Not looked at yet.', silentSince };
  const { verdict, sentence } = judged.judgement;
  const state = verdict === 'pass' ? 'there' : verdict === 'fail' ? 'hole' : 'unknown';
  return { state, note: state === 'there' ? null : sentence, silentSince };
}

function alertCell(declared: MetricDeclaration, { readers, now }: Ground): CoverageCell {
  const wanted = now.launch.spec.alerts.filter(({ metric }) => metric === declared.name);
  if (wanted.length === 0) return notRequired;
  const rules = readers.filter(({ planned }) => planned.check.kind === 'alert-rule');
  const lit = rules.filter(({ dark }) => dark === null);
  const silentSince = rules.flatMap((rule) => rule.silentSince ?? [])[0] ?? null;
  if (rules.length === 0) return declaredOnly('No check looks whether its alerts are loaded.');
  if (lit.length === 0) return { state: 'unknown', note: rules[0]?.dark ?? null, silentSince };
  const loaded = new Set(lit.flatMap(({ alerts }) => alerts));
  const missing = wanted.map(({ name }) => name).filter((name) => !loaded.has(name));
  if (missing.length === 0) return { ...there, silentSince };
  const holes = missing.filter((name) => !isDark(name, rules));
  if (holes.length > 0)
    return { state: 'hole', note: `Alert ${holes.join(', ')} is not loaded.`, silentSince };
  return { state: 'unknown', note: rules.find(({ dark }) => dark !== null)?.dark ?? null, silentSince };
}

/** Whether only checks that cannot say anything now look for an alert. */
function isDark(alert: string, rules: readonly CoverageReader[]): boolean {
  const own = rules.filter(({ watched }) => watched.includes(alert));
  return own.length > 0 && own.every(({ dark }) => dark !== null);
}
