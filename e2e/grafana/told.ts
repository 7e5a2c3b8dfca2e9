import { type GrafanaWorld, type HeldDashboard, titleOf } from './world.ts';

/*
 * Bodies as Grafana's pages and OpenAPI document have them; `description.test.ts` holds them to those.
 */

/** A dashboard as a search lists it: of its folder nothing where it lies in none. */
export function hitTold(uid: string, held: HeldDashboard, index: number): unknown {
  const inFolder = held.folder === 'General' ? {} : folderTold(held.folder);
  return {
    id: index + 1,
    uid,
    orgId: 1,
    title: titleOf(held),
    uri: `db/${uid}`,
    url: `/d/${uid}/x`,
    slug: '',
    type: 'dash-db',
    tags: [],
    isStarred: false,
    ...inFolder,
    sortMeta: 0,
  };
}

/** A dashboard with what is known about it. */
export function dashboardTold(uid: string, held: HeldDashboard): unknown {
  const { folder, version, updated, provisioned, json } = held;
  const place =
    folder === 'General'
      ? { folderId: 0, folderUid: '', folderTitle: 'General', folderUrl: '' }
      : folderTold(folder);
  const meta = {
    type: 'db',
    canSave: false,
    canEdit: false,
    canAdmin: false,
    canStar: false,
    canDelete: false,
    slug: 'x',
    url: `/d/${uid}/x`,
    expires: '0001-01-01T00:00:00Z',
    created: '2026-10-01T08:00:00Z',
    updated,
    updatedBy: 'admin',
    createdBy: 'admin',
    version,
    hasAcl: false,
    isFolder: false,
    isStarred: false,
    ...place,
    provisioned,
    provisionedExternalId: '',
  };
  return { meta, dashboard: json };
}

function folderTold(title: string): Readonly<Record<string, unknown>> {
  const uid = title.toLowerCase();
  return { folderId: 2, folderUid: uid, folderTitle: title, folderUrl: `/dashboards/f/${uid}/${uid}` };
}

/** A library panel; null where there is none. */
export function libraryElementTold({ libraryPanels }: GrafanaWorld, uid: string): unknown {
  const model = libraryPanels.get(uid);
  if (!model) return null;
  const by = { id: 1, name: 'admin', avatarUrl: '/avatar/46d229b033af06a191ff2267bca9ae56' };
  const at = '2026-10-01T08:00:00Z';
  const meta = {
    folderName: 'General',
    folderUid: '',
    connectedDashboards: 1,
    created: at,
    updated: at,
    createdBy: by,
    updatedBy: by,
  };
  const type = typeof model.type === 'string' ? model.type : '';
  const head = {
    id: 25,
    orgId: 1,
    folderId: 0,
    folderUid: '',
    uid,
    name: uid,
    kind: 1,
    type,
    description: '',
  };
  return { result: { ...head, model, version: 1, meta } };
}

/** Data sources, each with its settings. */
export function dataSourcesTold({ dataSources }: GrafanaWorld): unknown {
  return dataSources.map((one, index) => ({
    id: index + 1,
    orgId: 1,
    ...one,
    typeName: one.name,
    typeLogoUrl: `public/app/plugins/datasource/${one.type}/img/${one.type}_logo.svg`,
    access: 'proxy',
    url: 'http://127.0.0.1:9090',
    user: '',
    database: '',
    basicAuth: false,
    jsonData: {},
    readOnly: false,
  }));
}
