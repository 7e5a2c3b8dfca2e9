import type { DashboardSpec, PanelQuery, PanelSpec } from '#lib/domain/kit-spec.ts';
import type { ThresholdSpec } from '#lib/domain/spec.ts';
import { type Draft, type Reading, sayName, sayUnknown } from './draft.ts';
import type { DashboardEntry } from './format-kit.ts';
import { readId } from './scalars.ts';
import type { Path } from './tree.ts';

const hourMs = 3_600_000;

/** What of the spec dashboards refer to. */
export interface DashboardContext {
  /** The launch's id. */
  readonly launch: string;
  readonly thresholds: readonly ThresholdSpec[];
}

/** Dashboards with defaults filled in. Titles, uids and panels' titles must tell them apart. */
export function resolveDashboards(
  reading: Reading,
  draft: Draft,
  context: DashboardContext,
): DashboardSpec[] {
  const uids = new Map<string, string>();
  const titles = new Map<string, string>();
  return [...draft.dashboards.entries].map(([id, entry]) => {
    const path = ['dashboards', id];
    const uid = entry.uid ?? `${context.launch}-${id}`.slice(0, 40);
    const other = uids.get(uid);
    if (other !== undefined) {
      const message = `The dashboards \`${other}\` and \`${id}\` have one uid, \`${uid}\`.`;
      reading.faults.add(path, message, 'Give each a `uid` of its own.', 'key');
    }
    uids.set(uid, id);
    const title = JSON.stringify([entry.folder ?? null, entry.title]);
    const same = titles.get(title);
    if (same !== undefined) {
      const message = `The dashboard \`${same}\` already has the title “${entry.title}” in this folder.`;
      reading.faults.add(
        [...path, 'title'],
        message,
        'Dashboards are found by their titles: tell them apart.',
      );
    }
    titles.set(title, id);
    return {
      id,
      title: entry.title,
      file: entry.file,
      uid,
      folder: entry.folder ?? null,
      about: entry.about ?? null,
      overMs: entry.over ?? 6 * hourMs,
      refreshMs: entry.refresh ?? null,
      panels: panelsOf(reading, draft, [...path, 'panels'], entry, context.thresholds),
    };
  });
}

function panelsOf(
  reading: Reading,
  draft: Draft,
  path: Path,
  { panels }: DashboardEntry,
  thresholds: readonly ThresholdSpec[],
): PanelSpec[] {
  if (Object.keys(panels).length === 0) {
    const remedy = 'Add its first panel: an id, and below it `title`, `type` and `queries`.';
    reading.faults.add(path, 'A dashboard without a panel shows nothing.', remedy, 'key');
  }
  const titles = new Map<string, string>();
  return Object.entries(panels).map(([id, panel]): PanelSpec => {
    const at = [...path, id];
    sayName(reading, at, readId(id));
    sayUnknown(reading, [...at, 'threshold'], draft.thresholds.names);
    const other = titles.get(panel.title);
    if (other !== undefined) {
      const message = `The panel \`${other}\` already has the title “${panel.title}”.`;
      reading.faults.add([...at, 'title'], message, 'Panels are found by their titles: tell them apart.');
    }
    titles.set(panel.title, id);
    const threshold = thresholds.find((one) => one.id === panel.threshold) ?? null;
    if (panel.queries === undefined && panel.threshold === undefined) {
      const message = 'The panel draws nothing: it has neither `queries` nor a `threshold`.';
      reading.faults.add(at, message, 'Add `queries: [{ expr: … }]`.', 'key');
    }
    const own: readonly PanelQuery[] =
      panel.queries?.map(({ expr, legend = null }) => ({ expr, legend })) ?? [];
    return {
      id,
      title: panel.title,
      type: panel.type,
      about: panel.about ?? null,
      unit: panel.unit ?? threshold?.unit ?? null,
      threshold: panel.threshold ?? null,
      overMs: panel.over ?? null,
      queries: own.length > 0 || !threshold ? own : [{ expr: threshold.value, legend: null }],
      quietWhen: panel.quietWhen ?? null,
    };
  });
}
