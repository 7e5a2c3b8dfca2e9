import { type GrafanaWorld, hold } from '#e2e/grafana/world.ts';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { kitFiles } from '#lib/kit/kit.ts';

/** What was done to the kit's dashboards in Grafana. Plain data: the story changes it. */
export interface GrafanaState {
  /** Titles of panels that are not there. */
  readonly withoutPanels: readonly string[];
  /** Whether the critical lag is drawn at 900 s, in place of 600. */
  readonly thresholdMoved: boolean;
  /** Titles of dashboards that lie in another folder than theirs. */
  readonly elsewhere: readonly string[];
}

/** As the kit has them. */
export const wholeGrafana: GrafanaState = { withoutPanels: [], thresholdMoved: false, elsewhere: [] };

/** Has Grafana hold the spec's dashboards, with what was done to them. */
export function showInGrafana(world: GrafanaWorld, spec: Spec, state: GrafanaState): void {
  const files = kitFiles(spec);
  for (const { file, title, folder } of spec.kit?.dashboards ?? []) {
    const text = files.find(({ path }) => path === file)?.text;
    if (text === undefined) continue;
    const json = JSON.parse(text) as JsonObject;
    const panels = (json.panels as readonly JsonObject[])
      .filter((panel) => !state.withoutPanels.includes(String(panel.title)))
      .map((panel) => (state.thresholdMoved && panel.title === laggard ? withBound(panel, 600, 900) : panel));
    const held = state.elsewhere.includes(title) ? 'Scratch' : (folder ?? 'General');
    hold(world, { ...json, panels }, { folder: held, updated: new Date().toISOString() });
  }
}

const laggard = 'Execution Lag (p95)';

/** A panel with one of its threshold's steps at another value. */
function withBound(panel: JsonObject, from: number, to: number): JsonObject {
  return JSON.parse(
    JSON.stringify(panel, (key, value: Json) => (key === 'value' && value === from ? to : value)),
  ) as JsonObject;
}
