import type { Json, JsonObject } from '#lib/domain/json.ts';

/** How often a dashboard shows each library panel, by uid; those in rows too. */
export function libraryPanelsIn(dashboard: Json): ReadonlyMap<string, number> {
  const uids = panelsIn(dashboard).flatMap((panel) => libraryUid(panel) ?? []);
  return new Map([...Map.groupBy(uids, (uid) => uid)].map(([uid, uses]) => [uid, uses.length]));
}

/**
 * The dashboard with library panels in their places, as Grafana shows it: the library's model, where the dashboard puts
 * it. Of one whose model is not given its reference alone stays: Grafana shows nothing of what else stands there, nor of
 * the library that an export carries along.
 */
export function withLibraryPanels(dashboard: Json, models: ReadonlyMap<string, Json>): Json {
  if (!isObject(dashboard)) return dashboard;
  const { __elements: _, ...shown } = dashboard;
  return { ...shown, ...(Array.isArray(dashboard.panels) ? { panels: dashboard.panels.map(put) } : {}) };

  function put(panel: Json): Json {
    if (!isObject(panel)) return panel;
    const rows = Array.isArray(panel.panels) ? { panels: panel.panels.map(put) } : {};
    const uid = libraryUid(panel);
    if (uid === null) return { ...panel, ...rows };
    const model = models.get(uid);
    if (!isObject(model))
      return { ...only(panel, ['id', 'gridPos', 'title', 'type', 'libraryPanel']), ...rows };
    // A panel of the library is no library panel any more once it stands here whole.
    const { libraryPanel: _, ...own } = model;
    return { ...own, ...only(panel, ['id', 'gridPos']) };
  }
}

function only(panel: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(panel).filter(([key]) => keys.includes(key)));
}

function panelsIn(holder: Json): JsonObject[] {
  if (!isObject(holder) || !Array.isArray(holder.panels)) return [];
  return holder.panels.flatMap((panel) => (isObject(panel) ? [panel, ...panelsIn(panel)] : []));
}

function libraryUid({ libraryPanel }: JsonObject): string | null {
  return isObject(libraryPanel) && typeof libraryPanel.uid === 'string' && libraryPanel.uid !== ''
    ? libraryPanel.uid
    : null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
