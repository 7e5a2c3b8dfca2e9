import type { DashboardSpec } from '#lib/domain/kit-spec.ts';
import type { DashboardPreview, PanelBound, PanelPreview, PreviewSpan } from '#lib/domain/kit-view.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import type { SourceSpec, ThresholdSpec } from '#lib/domain/spec.ts';
import { type Drawing, drawPanel } from '#lib/kit/dashboard/draw-panel.ts';
import { asksForNow } from '#lib/kit/dashboard/panel.ts';
import { panelQuestion } from '#lib/kit/dashboard/panel-question.ts';
import { placedPanels } from '#lib/kit/dashboard/place.ts';
import { type House, house } from '#lib/server/house.ts';
import { askSource } from '#lib/sources/registry.ts';
import { type LaunchInForce, launchInForce } from './launch-in-force.ts';
import { noSuchLaunch, refusal } from './problems.ts';
import { reachSource } from './reach-source.ts';

const spans: readonly PreviewSpan[] = ['15m', '1h', '6h', '24h', 'spec'];
const spansMs = { '15m': 900_000, '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000 } as const;
/** Points of one line, as many as a panel has pixels to tell apart. */
const points = 180;
const leastStepMs = 5000;
const mostPanels = 60;

/** Reads the time that panels are to be drawn over. */
export function readSpan(text: string): Result<PreviewSpan> {
  const span = spans.find((one) => one === text);
  if (span) return { ok: true, value: span };
  return refusal('invalid-input', `“${text}” is no time to draw over.`, `There are ${spans.join(', ')}.`);
}

/** Draws one dashboard of the kit from what the launch's Prometheus has now: one request a panel, on demand. */
export async function previewDashboard(
  id: string,
  dashboard: string,
  span: PreviewSpan,
  at: House = house(),
): Promise<Result<DashboardPreview>> {
  const launch = await launchInForce(at.db, id);
  if (!launch) return noSuchLaunch(id);
  const spec = launch.spec.kit?.dashboards.find((one) => one.id === dashboard);
  if (!spec) return refusal('not-found', `The spec of ${launch.head.title} has no dashboard “${dashboard}”.`);
  const named = prometheusOf(launch);
  if (!named) {
    const remedy = 'Name one under `sources` in the spec.';
    return refusal('conflict', 'The spec names no Prometheus to draw from.', remedy);
  }
  const reached = await reachSource(launch, named, at);
  if (!reached.ok) return reached;
  const { source, context } = reached.value;
  const placed = placedPanels(spec).slice(0, mostPanels);
  const questions = placed.map(({ panel }): Question => {
    const rangeMs = span === 'spec' ? (panel.overMs ?? spec.overMs) : spansMs[span];
    const range = asksForNow(panel) ? null : { rangeMs, stepMs: stepOf(rangeMs) };
    return { ask: 'promql', source: source.id, expr: panelQuestion(panel), range };
  });
  const { observations } = await askSource(source, questions, context);
  const thresholds = launch.spec.thresholds ?? [];
  const over = span === 'spec' ? 'the time it opens with' : `the last ${words[span]}`;
  const panels = placed.map((place, index): PanelPreview => {
    const { id, title, type, about, unit, threshold } = place.panel;
    const bound = thresholds.find((one) => one.id === threshold) ?? null;
    const bounds = boundsOf(bound);
    const drawing = drawn(place.panel, observations[index], bounds, bound?.side ?? 'above', over);
    return {
      id,
      title,
      type,
      about,
      unit: unit ?? bound?.unit ?? null,
      grid: place.grid,
      bounds,
      ...drawing,
    };
  });
  const value = {
    at: new Date(at.now()).toISOString(),
    title: spec.title,
    sentence: sentenceOf(panels, spec),
    source: source.title,
    panels,
  };
  return { ok: true, value };
}

const words = { '15m': '15 minutes', '1h': 'hour', '6h': '6 hours', '24h': '24 hours' } as const;

/** The Prometheus that most checks read. */
function prometheusOf({ spec }: LaunchInForce): SourceSpec | null {
  const checks = spec.tracks.flatMap(({ items }) => items).flatMap((item) => item.checks);
  const uses = ({ id }: SourceSpec) => checks.filter(({ source }) => source === id).length;
  const [source] = spec.sources
    .filter(({ kind }) => kind === 'prometheus')
    .sort((one, other) => uses(other) - uses(one));
  return source ?? null;
}

function stepOf(rangeMs: number): number {
  return Math.max(leastStepMs, 1000 * Math.ceil(rangeMs / points / 1000));
}

function boundsOf(threshold: ThresholdSpec | null): readonly PanelBound[] {
  const { warning = null, critical = null } = threshold ?? {};
  return [
    ...(warning === null ? [] : [{ word: 'warning', value: warning } as const]),
    ...(critical === null ? [] : [{ word: 'critical', value: critical } as const]),
  ];
}

function drawn(
  panel: DashboardSpec['panels'][number],
  observation: Observation | undefined,
  bounds: readonly PanelBound[],
  side: ThresholdSpec['side'],
  over: string,
): Drawing {
  const none = { quiet: false, range: null, series: [], others: 0, endedAt: null } as const;
  if (observation?.question.ask !== 'promql') return { state: 'failed', says: 'It was not asked', ...none };
  const { outcome } = observation as Observation<'promql'>;
  if (!outcome.ok) return { state: 'failed', says: outcome.failure.message, ...none };
  return drawPanel(panel, outcome.value, bounds, side, over);
}

function sentenceOf(panels: readonly PanelPreview[], { panels: all }: DashboardSpec): string {
  const count = (state: PanelPreview['state']) => panels.filter((panel) => panel.state === state).length;
  const said = (number: number, words: string) => (number === 0 ? [] : [`${number} ${words}`]);
  const rest = [
    ...said(count('quiet'), 'quiet'),
    ...said(count('no-data'), 'without data'),
    ...said(count('failed'), 'not answered'),
    ...said(all.length - panels.length, 'not drawn'),
  ];
  const have = `${count('data')} of ${all.length} panels have data`;
  return `${[have, ...rest].join(', ')}.`;
}
