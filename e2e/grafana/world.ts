import type { Json, JsonObject } from '#lib/domain/json.ts';

/** What a stand-in for Grafana holds. Changed in place by tests and by the demo's story. */
export interface GrafanaWorld {
  readonly dashboards: Map<string, HeldDashboard>;
  readonly libraryPanels: Map<string, JsonObject>;
  readonly dataSources: readonly {
    readonly uid: string;
    readonly name: string;
    readonly type: string;
    readonly isDefault: boolean;
  }[];
  /** Tokens of service accounts with what each may do: an action to the scopes it is allowed on. */
  readonly tokens: Map<string, Readonly<Record<string, readonly string[]>>>;
  /** What `/api` answers where dashboards are asked for, once `/apis` has taken its place. Default: the dashboards. */
  legacy?: 404 | 410;
}

export interface HeldDashboard {
  readonly json: JsonObject;
  readonly folder: string;
  readonly version: number;
  readonly updated: string;
  readonly provisioned: boolean;
}

/** What a service account wants for everything that is read here. */
export const wholePermissions: Readonly<Record<string, readonly string[]>> = {
  'dashboards:read': ['dashboards:*', 'folders:*'],
  'folders:read': ['folders:*'],
  'datasources:read': ['datasources:*'],
  'datasources:query': ['datasources:*'],
  'library.panels:read': ['folders:*'],
};

/** Puts a dashboard into a folder; its uid is its own. */
export function hold(
  world: GrafanaWorld,
  json: JsonObject,
  more: Partial<Omit<HeldDashboard, 'json'>> = {},
): void {
  const uid = typeof json.uid === 'string' ? json.uid : '';
  world.dashboards.set(uid, {
    json,
    folder: 'General',
    version: (world.dashboards.get(uid)?.version ?? 0) + 1,
    updated: '2026-11-01T08:00:00Z',
    provisioned: false,
    ...more,
  });
}

/** A dashboard's title. */
export function titleOf({ json }: HeldDashboard): string {
  return textOf(json.title);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
