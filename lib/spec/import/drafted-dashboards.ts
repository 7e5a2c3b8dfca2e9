import type { PanelType } from '#lib/domain/kit-spec.ts';
import type { MetricNamesOf } from './proposal.ts';
import { Taken } from './taken.ts';
import { cut, plain, seen, slug } from './wording.ts';

/** A block of JSON that tells a dashboard's panels. */
export interface PanelBlock {
  readonly section: number | null;
  /** Of its first line, as it is listed. */
  readonly line: number;
  readonly text: string;
}

export interface DraftPanel {
  readonly id: string;
  readonly title: string;
  readonly type: PanelType;
  readonly about: string | null;
  readonly queries: readonly string[];
}

/** A dashboard whose panels the document tells. */
export interface DraftDashboard {
  readonly id: string;
  /** Grafana's, at most 40 characters. */
  readonly uid: string;
  readonly title: string;
  readonly file: string;
  /** Where its panels are told. */
  readonly line: number;
  readonly panels: readonly DraftPanel[];
}

const types: Readonly<Record<string, PanelType>> = {
  timeseries: 'timeseries',
  graph: 'timeseries',
  stat: 'stat',
  singlestat: 'stat',
  gauge: 'gauge',
  bargauge: 'bargauge',
  table: 'table',
  heatmap: 'heatmap',
};
const mostPanels = 100;
/** A longer block is somebody's export, not a list of what is wanted; in characters. */
const mostText = 256 * 1024;

/** Dashboards by their file: a block tells the panels of the one that its section names last before it, else alone. */
export function draftDashboards(
  blocks: readonly PanelBlock[],
  named: readonly { readonly section: number | null; readonly line: number; readonly path: string }[],
  namesOf: MetricNamesOf,
): ReadonlyMap<string, DraftDashboard> {
  const ids = new Taken();
  const uids = new Taken();
  const found = new Map<string, DraftDashboard>();
  for (const block of blocks) {
    const own = named.filter(({ section }) => section === block.section);
    const above = own.filter(({ line }) => line < block.line).sort((one, other) => one.line - other.line);
    const path =
      above.at(-1)?.path ?? (new Set(own.map((one) => one.path)).size === 1 ? own[0]?.path : undefined);
    if (path === undefined || found.has(path)) continue;
    const told = readPanels(block.text, namesOf);
    if (told.panels.length === 0) continue;
    const file = path.replace(/^.*\/|\.json$/gi, '');
    const title = cut(plain(told.title ?? ''), 200) || file.replace(/[_-]+/g, ' ');
    const id = ids.take(slug(file));
    const uid = uids.take(id.slice(0, 36));
    found.set(path, { id, uid, title, file: path, line: block.line, panels: told.panels });
  }
  return found;
}

/** Whether a block of code looks as if it told panels. */
export function tellsPanels(text: string): boolean {
  return text.length <= mostText && /"panels"\s*:\s*\[/.test(text);
}

function readPanels(
  text: string,
  namesOf: MetricNamesOf,
): { readonly title: string | null; readonly panels: readonly DraftPanel[] } {
  const whole = parsed(text);
  const root = field(whole, 'dashboard') ?? whole;
  const listed = field(root, 'panels');
  const title = field(root, 'title');
  const ids = new Taken();
  const titles = new Set<string>();
  const panels = (Array.isArray(listed) ? listed.slice(0, mostPanels) : []).flatMap((panel): DraftPanel[] => {
    const name = said(field(panel, 'title'), 200);
    const type = types[said(field(panel, 'type'), 40) ?? ''];
    const targets: unknown = field(panel, 'targets');
    const all = Array.isArray(targets) ? targets.slice(0, 20) : [];
    const queries = all.map((one: unknown) => said(typeof one === 'string' ? one : field(one, 'expr'), 5000));
    const sound = queries.flatMap((expr) => (expr !== null && namesOf(expr) !== null ? [expr] : []));
    if (name === null || type === undefined || sound.length === 0 || sound.length < all.length) return [];
    if (titles.has(name)) return [];
    titles.add(name);
    const about = said(field(panel, 'description'), 4000);
    return [{ id: ids.take(slug(name)), title: name, type, about, queries: sound }];
  });
  return { title: typeof title === 'string' ? title : null, panels };
}

/** A text that a spec may hold as it stands; null for any other value. */
function said(value: unknown, most: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  const visible = seen(text) === text.replace(/\s+/g, ' ');
  return text !== '' && text.length <= most && visible ? text : null;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([own]) => own === key)?.[1]
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
