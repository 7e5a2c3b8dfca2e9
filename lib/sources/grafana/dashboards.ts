import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Json } from '#lib/domain/json.ts';
import type { DashboardHeld, DashboardSeen } from '#lib/domain/observations/grafana.ts';
import type { Question } from '#lib/domain/question.ts';
import type { Client } from './client.ts';
import {
  type DashboardHit,
  type DashboardsApi,
  type DashboardTold,
  isGone,
  type Told,
} from './dashboards-api.ts';
import { legacyDashboards } from './legacy-dashboards.ts';
import { libraryPanelsIn, withLibraryPanels } from './library-panels.ts';
import { isHidden, withPermission } from './permission.ts';
import { resourceDashboards } from './resource-dashboards.ts';
import { dataSourcesSchema, libraryElementSchema, permissionsSchema } from './shapes.ts';

type DashboardQuestion = Extract<Question, { ask: 'dashboard' }>;

export interface DashboardOutcome {
  readonly outcome:
    | { readonly ok: true; readonly value: DashboardSeen }
    | { readonly ok: false; readonly failure: SourceFailure };
  readonly answers: readonly number[];
}

/** Several of one title are read so far; more say nothing else. */
const mostOfOneTitle = 5;
const mostJsonBytes = 2 * 1024 * 1024;
/** Of one dashboard, each a request; those beyond are told as not seen. */
const mostLibraryPanels = 100;

/**
 * Finds a dashboard by its uid, or else by its exact title in its folder, with its library panels in their places. That
 * it is not there is said only where the token may see every dashboard: Grafana leaves out what may not be seen.
 */
export async function askDashboard(
  client: Client,
  { uid, title, folder }: DashboardQuestion,
  address: string,
): Promise<DashboardOutcome> {
  const answers: number[] = [];
  const fail = (failure: SourceFailure): DashboardOutcome => ({ outcome: { ok: false, failure }, answers });
  const inFolder = (name: string) => folder === null || name === folder;

  const older = await find(legacyDashboards(client), uid, title);
  const newer =
    older.ok || !isGone(older.failure) ? null : await find(resourceDashboards(client), uid, title);
  // Where both forms are missing it is no Grafana, and what was asked first says so best.
  const meant = newer && (newer.ok || !isGone(newer.failure)) ? newer : older;
  if (!meant.ok) return fail(withPermission(meant.failure, 'dashboards:read'));
  answers.push(...meant.answers);
  const found: DashboardHeld[] = [];
  const elsewhere: DashboardSeen['elsewhere'][number][] = [];
  let isLibraryHidden = false;
  const add = async (of: string, told: DashboardTold): Promise<SourceFailure | null> => {
    const held = await hold(client, of, told, address);
    if (!held.ok) return held.failure;
    answers.push(...held.answers);
    found.push(held.value.held);
    isLibraryHidden ||= held.value.isLibraryHidden;
    return null;
  };
  if (meant.value.byUid && uid !== null) {
    const failure = await add(uid, meant.value.byUid);
    if (failure) return fail(failure);
  }
  const named = meant.value.hits.filter((one) => one.title.trim() === title);
  for (const one of named.filter((hit) => inFolder(hit.folder)).slice(0, mostOfOneTitle)) {
    const told = await meant.value.api.byUid(one.uid);
    if (!told.ok) return fail(withPermission(told.failure, 'dashboards:read'));
    answers.push(...told.answers);
    const failure = await add(one.uid, told.value);
    if (failure) return fail(failure);
  }
  for (const one of named.filter((hit) => !inFolder(hit.folder)).slice(0, 5))
    elsewhere.push({ uid: one.uid, folder: one.folder, href: linkTo(address, one.url) });

  const sources = await client.get('/api/datasources', dataSourcesSchema);
  if (!sources.ok && !isHidden(sources.failure)) return fail(sources.failure);
  if (sources.ok) answers.push(sources.answer);
  const unseen = [
    ...(sources.ok ? [] : [{ what: 'its data sources', permission: 'datasources:read' }]),
    ...(found.length === 0 ? await unseenDashboards(client) : []),
    ...(isLibraryHidden ? [{ what: 'its library panels', permission: 'library.panels:read' }] : []),
  ];
  const value = { dashboards: found, elsewhere, dataSources: sources.ok ? sources.value : null, unseen };
  return { outcome: { ok: true, value }, answers };
}

/** A dashboard by its uid, else those that a search by title finds; by one form of the API. */
async function find(
  api: DashboardsApi,
  uid: string | null,
  title: string,
): Promise<
  Told<{
    readonly api: DashboardsApi;
    readonly byUid: DashboardTold | null;
    readonly hits: readonly DashboardHit[];
  }>
> {
  const byUid = uid === null ? null : await api.byUid(uid);
  if (byUid?.ok) return { ...byUid, value: { api, byUid: byUid.value, hits: [] } };
  if (byUid && !isGone(byUid.failure)) return byUid;
  const hits = await api.byTitle(title);
  return hits.ok ? { ...hits, value: { api, byUid: null, hits: hits.value } } : hits;
}

/** Puts a dashboard's library panels into their places. */
async function hold(
  client: Client,
  uid: string,
  { json: dashboard, ...told }: DashboardTold,
  address: string,
): Promise<Told<{ readonly held: DashboardHeld; readonly isLibraryHidden: boolean }>> {
  const answers: number[] = [];
  const models = new Map<string, Json>();
  const missing: string[] = [];
  // Known before it is built: a large panel in a thousand places would be larger than any text may be.
  let length = JSON.stringify(dashboard).length;
  let asked = 0;
  let isLibraryHidden = false;
  for (const [library, uses] of libraryPanelsIn(dashboard)) {
    if (length > mostJsonBytes) break;
    if (asked === mostLibraryPanels) {
      missing.push(library);
      continue;
    }
    asked += 1;
    const element = await client.get(
      `/api/library-elements/${encodeURIComponent(library)}`,
      libraryElementSchema,
    );
    if (element.ok) {
      models.set(library, element.value.result.model);
      length += uses * JSON.stringify(element.value.result.model).length;
      answers.push(element.answer);
    } else if (isHidden(element.failure) || element.failure.kind === 'not-found') {
      missing.push(library);
      isLibraryHidden ||= isHidden(element.failure);
    } else return element;
  }
  const named = dashboard as { readonly title?: unknown; readonly version?: unknown } | null;
  const held: DashboardHeld = {
    uid,
    title: typeof named?.title === 'string' ? named.title : '',
    folder: told.folder,
    version: told.version,
    updatedAt: told.updatedAt,
    href: linkTo(address, told.url),
    provisioned: told.provisioned,
    json: length > mostJsonBytes ? null : withLibraryPanels(dashboard, models),
    missingLibraryPanels: missing,
  };
  return { ok: true, value: { held, isLibraryHidden }, answers };
}

/** Nothing unless the token may read every dashboard, in every folder: then what is not found is not there. */
async function unseenDashboards(client: Client): Promise<DashboardSeen['unseen']> {
  const granted = await client.get('/api/access-control/user/permissions', permissionsSchema);
  const scopes = granted.ok ? (granted.value['dashboards:read'] ?? []) : [];
  const isAll = scopes.some((scope) => ['*', 'dashboards:*', 'folders:*', 'folders:uid:*'].includes(scope));
  return isAll ? [] : [{ what: 'every dashboard', permission: 'dashboards:read on all folders' }];
}

function linkTo(address: string, path: string): string {
  return path.startsWith('/') && !path.startsWith('//') ? `${new URL(address).origin}${path}` : address;
}
