import { type GrafanaWorld, type HeldDashboard, titleOf } from './world.ts';

/*
 * Dashboards and folders as resources under `/apis`:
 * https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/apis/
 */

const namespace = 'default';
const created = '2026-10-01T08:00:00Z';

/** Which versions of a group are served. */
export function groupTold(name: string): unknown {
  const versions = ['v1', 'v1beta1', 'v0alpha1'].map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { kind: 'APIGroup', apiVersion: 'v1', name, versions, preferredVersion: versions[0] };
}

/** A folder's uid; empty for a dashboard in none. */
export function folderUid({ folder }: HeldDashboard): string {
  return folder === 'General' ? '' : folder.toLowerCase();
}

/** A dashboard with what is known about it; its content has neither its uid nor its version in it. */
export function dashboardResource(uid: string, held: HeldDashboard): unknown {
  const { uid: _uid, id: _id, version: _version, ...spec } = held.json;
  const folder = folderUid(held);
  const annotations = {
    'grafana.app/createdBy': 'user:u000000001',
    'grafana.app/updatedTimestamp': held.updated,
    ...(folder === '' ? {} : { 'grafana.app/folder': folder }),
    ...(held.provisioned ? { 'grafana.app/managedBy': 'classic-file-provisioning' } : {}),
  };
  return resource('Dashboard', 'dashboard.grafana.app', uid, held.version, annotations, spec);
}

/** A folder; null where no dashboard lies in it. */
export function folderResource({ dashboards }: GrafanaWorld, uid: string): unknown {
  const held = [...dashboards.values()].find((one) => folderUid(one) === uid);
  if (!held) return null;
  const annotations = { 'grafana.app/createdBy': 'user:u000000001' };
  return resource('Folder', 'folder.grafana.app', uid, 1, annotations, { title: held.folder });
}

/** What a search finds: of its folder each has the uid alone. */
export function searchTold(found: readonly (readonly [string, HeldDashboard])[]): unknown {
  const hits = found.map(([name, held]) => {
    const folder = folderUid(held);
    return { resource: 'dashboards', name, title: titleOf(held), ...(folder === '' ? {} : { folder }) };
  });
  return {
    kind: 'SearchResults',
    apiVersion: 'dashboard.grafana.app/v0alpha1',
    metadata: {},
    totalHits: hits.length,
    hits,
  };
}

/** A refusal as Kubernetes writes it. */
export function statusTold(code: 403 | 404, message: string): unknown {
  const reason = code === 403 ? 'Forbidden' : 'NotFound';
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}

function resource(
  kind: string,
  group: string,
  name: string,
  generation: number,
  annotations: Readonly<Record<string, string>>,
  spec: unknown,
): unknown {
  const metadata = {
    name,
    namespace,
    uid: `k8s-${name}`,
    resourceVersion: String(1_761_000_000_000 + generation),
    generation,
    creationTimestamp: created,
    annotations,
  };
  return { kind, apiVersion: `${group}/v1`, metadata, spec };
}
