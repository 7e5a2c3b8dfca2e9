import type { Json, JsonObject } from '#lib/domain/json.ts';

/** How often a dashboard shows each library panel, by uid; those in rows too. */
export function libraryPanelsIn(dashboard: Json): ReadonlyMap<string, number> {
  const uids = panelsIn(dashboard).flatMap((panel) => libraryUid(panel) ?? []);
  return new Map([...Map.groupBy(uids, (uid) => uid)].map(([uid, uses]) => [uid, uses.length]));
}

/**
 * The dashboard with library panels in their places, as Grafana shows it: the library's model, where the dashboard puts
 * it. One whose model is not given stays as it stands.
 */
export function withLibraryPanels(dashboard: Json, models: ReadonlyMap<string, Json>): Json {
  if (!isObject(dashboard)) return dashboard;
  return { ...dashboard, ...(Array.isArray(dashboard.panels) ? { panels: dashboard.panels.map(put) } : {}) };

  function put(panel: Json): Json {
    if (!isObject(panel)) return panel;
    const rows = Array.isArray(panel.panels) ? { panels: panel.panels.map(put) } : {};
    const uid = libraryUid(panel);
    const model = uid === null ? undefined : models.get(uid);
    if (!isObject(model)) return { ...panel, ...rows };
    // A panel of the library is no library panel any more once it stands here whole.
    const { libraryPanel: _, ...own } = model;
    const place = Object.fromEntries(
      ['id', 'gridPos'].flatMap((key) => (panel[key] === undefined ? [] : [[key, panel[key]]])),
    );
    return { ...own, ...place };
  }
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
