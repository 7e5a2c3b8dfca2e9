import { placeCell } from '#lib/board/place-cell.ts';
import { metricsInRunbooks } from '#lib/checks/coverage/in-runbooks.ts';
import { metricsOnPanels } from '#lib/checks/coverage/on-panels.ts';
import { panelSeen } from '#lib/checks/dashboard/panel-evidence.ts';
import { sectionSeen } from '#lib/checks/runbook/section-evidence.ts';
import type { MetricPlace, MetricPlaces, PlaceSeen } from '#lib/domain/coverage.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { RunbookSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import type { CoverageCell } from '#lib/domain/view.ts';
import type { CoverageReader } from './coverage-readers.ts';
import type { PlannedCheck } from './plan.ts';

/** Where a spec puts its metrics. */
export interface SpecPlaces {
  readonly panels: MetricPlaces;
  readonly runbooks: MetricPlaces;
}

/** Where metrics stand is a function of the spec, and a spec never changes. */
const known = new WeakMap<Spec, SpecPlaces>();

/** Where a spec puts each of its metrics, read once. */
export function placesOf(spec: Spec): SpecPlaces {
  const places = known.get(spec) ?? { panels: metricsOnPanels(spec), runbooks: metricsInRunbooks(spec) };
  known.set(spec, places);
  return places;
}

/** Whether a metric is on the panels that are to show it, by the checks of those dashboards' files. */
export function panelCell(
  metric: string,
  { panels }: SpecPlaces,
  readers: readonly CoverageReader[],
): CoverageCell {
  const places = (panels.of.get(metric) ?? []).map((place) => {
    const own = readers.filter(
      ({ planned: { check } }) => check.kind === 'dashboard-file' && check.parameters.dashboard === place.id,
    );
    return lookedFor(place, own, (judgement) => panelSeen(judgement, place));
  });
  return placeCell(places, panels.unread);
}

/** Whether the runbooks that are to have a metric stand in their documents, by the checks of them. */
export function runbookCell(
  metric: string,
  { runbooks }: SpecPlaces,
  readers: readonly CoverageReader[],
): CoverageCell {
  const places = (runbooks.of.get(metric) ?? []).map((place) =>
    lookedFor(
      place,
      readers.filter(({ planned }) => looksForRunbook(planned, place)),
      sectionSeen,
    ),
  );
  // What a command names counts though it does not parse: nothing is left that could be asked for unseen.
  return placeCell(places, []);
}

/** A check names the runbook by its id, or the section of the document that it stands in. */
export function looksForRunbook(
  { check, bound }: PlannedCheck,
  { id, file, title }: Pick<RunbookSpec, 'id' | 'file' | 'title'>,
): boolean {
  if (check.kind !== 'runbook') return false;
  return check.parameters.runbook === id || (bound.path === file && bound.section === title);
}

function lookedFor(
  place: MetricPlace,
  readers: readonly CoverageReader[],
  seen: (judgement: Judgement) => PlaceSeen,
) {
  return {
    place,
    seen: readers.map(({ dark, judgement }): PlaceSeen => {
      if (dark !== null || judgement === null) return { kind: 'dark', why: dark ?? 'Not looked at yet.' };
      return seen(judgement);
    }),
    silentSince: readers.find(({ silentSince }) => silentSince !== null)?.silentSince ?? null,
  };
}
