import type { PanelQuery, PanelSpec, RunbookSpec, RunbookStep } from '#lib/domain/kit-spec.ts';
import type { AlertDeclaration, MetricDeclaration, MetricType, Spec } from '#lib/domain/spec.ts';
import { specOf } from '../spec.fixture.ts';

/** A declared metric. */
export function metricOf(name: string, type: MetricType | null = 'gauge'): MetricDeclaration {
  return {
    name,
    type,
    group: null,
    help: null,
    labels: [],
    minSeries: 1,
    absentUntilFirst: false,
    freshWithinMs: 300_000,
    job: null,
    quietWhen: null,
  };
}

/** A panel of these queries, called by its id. */
export function panelOf(id: string, exprs: readonly string[], quietWhen: string | null = null): PanelSpec {
  const queries = exprs.map((expr): PanelQuery => ({ expr, legend: null }));
  return {
    id,
    title: id,
    type: 'stat',
    about: null,
    unit: null,
    threshold: null,
    overMs: null,
    queries,
    quietWhen,
  };
}

/** A step of a runbook. */
export function stepOf(given: Partial<RunbookStep>): RunbookStep {
  return { title: 'Look', text: null, run: null, look: null, ...given };
}

/** A runbook, called by its id. */
export function runbookOf(id: string, given: Partial<RunbookSpec>): RunbookSpec {
  return {
    id,
    title: id,
    file: 'docs/operations.md',
    about: null,
    symptoms: [],
    diagnosis: [],
    resolution: [],
    alerts: [],
    limits: [],
    over: [],
    ...given,
  };
}

/** An alert over a metric. */
export function alertOf(name: string, metric: string): AlertDeclaration {
  return { name, severity: 'critical', metric, group: null };
}

/** A spec with a dashboard `board` of these panels, and these runbooks. */
export function coverageSpec(
  metrics: readonly MetricDeclaration[],
  { panels = [], runbooks = [] }: { panels?: readonly PanelSpec[]; runbooks?: readonly RunbookSpec[] },
  given: Partial<Spec> = {},
): Spec {
  const files = {
    alertRules: 'alert.yml',
    recordingRules: 'record.yml',
    ruleTests: 'test.yml',
    coverageScript: 'verify.sh',
    readme: 'kit.md',
    webBase: null,
  };
  const dashboard = {
    id: 'board',
    title: 'Board',
    file: 'board.json',
    uid: 'board',
    folder: null,
    about: null,
    overMs: 3_600_000,
    refreshMs: null,
    panels,
  };
  const kit = { files, dashboards: [dashboard], gate: null, runbooks, corrections: [] };
  return specOf({}, { metrics, kit, ...given });
}
