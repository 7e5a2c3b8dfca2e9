import { z } from 'zod';

/*
 * What Grafana publishes of the operations that are asked of it, written down by hand: it publishes no package of types
 * for its HTTP API. Fields and their kinds are those of its OpenAPI document as of Grafana 12 (public/api-merged.json,
 * read through grafana-openapi-client-go at 816ddeadd87e, models/), where nearly all are optional; which of them always
 * come is taken from the examples of the pages that are named at each. A field that neither has is a fault.
 */

const id = z.int().nonnegative();
const instant = z.iso.datetime({ offset: true });
const person = z.strictObject({ id, name: z.string(), avatarUrl: z.string() });
const folder = { folderId: id, folderUid: z.string(), folderTitle: z.string(), folderUrl: z.string() };
const anything = z.record(z.string(), z.unknown());

/** `Hit`: https://grafana.com/docs/grafana/latest/developers/http_api/folder_dashboard_search/ */
const hit = {
  id,
  uid: z.string().max(40),
  title: z.string(),
  url: z.string().startsWith('/'),
  uri: z.string(),
  type: z.enum(['dash-db', 'dash-folder']),
  tags: z.array(z.string()),
  isStarred: z.boolean(),
  slug: z.string().exactOptional(),
  orgId: id.exactOptional(),
  sortMeta: z.int().exactOptional(),
  sortMetaName: z.string().exactOptional(),
  isDeleted: z.boolean().exactOptional(),
  permanentlyDeleteDate: instant.exactOptional(),
};
/** What lies in no folder has nothing of one; what lies in one has all of it. */
const searched = z.array(z.union([z.strictObject(hit), z.strictObject({ ...hit, ...folder })]));

const flags = [
  'canAdmin',
  'canDelete',
  'canEdit',
  'canSave',
  'canStar',
  'hasAcl',
  'isFolder',
  'isSnapshot',
  'provisioned',
  'publicDashboardEnabled',
] as const;
const words = ['createdBy', 'updatedBy', 'type', 'provisionedExternalId', 'publicDashboardUid'] as const;
const optional = <K extends string, T extends z.ZodType>(names: readonly K[], kind: T) =>
  Object.fromEntries(names.map((name) => [name, kind.exactOptional()])) as Record<K, z.ZodExactOptional<T>>;

/** `DashboardFullWithMeta`: https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/#get-dashboard-by-uid */
const dashboard = z.strictObject({
  dashboard: z.looseObject({ uid: z.string().max(40), title: z.string() }),
  meta: z.strictObject({
    isStarred: z.boolean(),
    slug: z.string(),
    url: z.string().startsWith('/d/'),
    folderId: id,
    folderUid: z.string(),
    folderTitle: z.string().exactOptional(),
    folderUrl: z.string().exactOptional(),
    version: z.int().exactOptional(),
    annotationsPermissions: anything.exactOptional(),
    ...optional(['created', 'updated', 'expires'], instant),
    ...optional(flags, z.boolean()),
    ...optional(words, z.string()),
  }),
});

/** `LibraryElementResponse`: https://grafana.com/docs/grafana/latest/developers/http_api/library_element/#get-library-element-by-uid */
const libraryElement = z.strictObject({
  result: z.strictObject({
    id,
    orgId: id,
    folderId: id,
    folderUid: z.string().exactOptional(),
    uid: z.string().max(40),
    name: z.string(),
    kind: z.literal([1, 2]),
    type: z.string(),
    description: z.string(),
    model: anything,
    version: z.int(),
    schemaVersion: z.int().exactOptional(),
    meta: z.strictObject({
      folderName: z.string(),
      folderUid: z.string(),
      connectedDashboards: z.int().nonnegative(),
      created: instant,
      updated: instant,
      createdBy: person,
      updatedBy: person,
    }),
  }),
});

/** `DataSourceListItemDTO`: https://grafana.com/docs/grafana/latest/developers/http_api/data_source/#get-all-data-sources */
const dataSources = z.array(
  z.strictObject({
    id,
    orgId: id,
    uid: z.string().max(40),
    name: z.string(),
    type: z.string(),
    typeName: z.string().exactOptional(),
    typeLogoUrl: z.string(),
    access: z.enum(['proxy', 'direct']),
    url: z.string(),
    user: z.string(),
    database: z.string(),
    basicAuth: z.boolean(),
    isDefault: z.boolean(),
    jsonData: anything,
    readOnly: z.boolean(),
  }),
);

/** An action with the scopes it is allowed on: https://grafana.com/docs/grafana/latest/administration/service-accounts/ (“Debug the permissions of a service account token”). */
const permissions = z.record(z.string().regex(/^[a-z.-]+:[a-z]+$/), z.array(z.string()));

const places = z.array(z.int().nonnegative()).exactOptional();
const field = z.strictObject({
  name: z.string(),
  type: z.enum([
    'time',
    'number',
    'string',
    'boolean',
    'trace',
    'geo',
    'enum',
    'other',
    'frame',
    'nestedFrames',
  ]),
  typeInfo: z.strictObject({ frame: z.string(), nullable: z.boolean().exactOptional() }),
  labels: z.record(z.string(), z.string()).exactOptional(),
  config: anything.exactOptional(),
});
/**
 * `DataFrameJSON` of `@grafana/data` 12.0.2, as grafana-plugin-sdk-go writes it (data/frame_json.go): a column a field,
 * all of one length; NaN and infinities stand as null, with their places beside.
 */
const frame = z
  .strictObject({
    schema: z.strictObject({
      refId: z.string().exactOptional(),
      name: z.string().exactOptional(),
      meta: anything.exactOptional(),
      fields: z.array(field),
    }),
    data: z.strictObject({
      values: z.array(z.array(z.unknown())),
      entities: z
        .array(z.strictObject({ NaN: places, Undef: places, Inf: places, NegInf: places }).nullable())
        .exactOptional(),
      nanos: z.array(z.array(z.int()).nullable()).exactOptional(),
    }),
  })
  .check(({ value: { schema, data }, issues }) => {
    const wrong = (message: string) => issues.push({ code: 'custom', input: data, message });
    const { values, entities = [] } = data;
    if (values.length !== schema.fields.length) wrong('a column a field');
    if (new Set(values.map(({ length }) => length)).size > 1) wrong('columns of one length');
    for (const [at, { type }] of schema.fields.entries()) {
      const column = values[at] ?? [];
      if (type === 'time' && !column.every((one) => Number.isInteger(one))) wrong('times in milliseconds');
      if (type === 'number' && !column.every((one) => one === null || Number.isFinite(one)))
        wrong('numbers or null');
      const named = Object.values(entities[at] ?? {}).flat();
      if (named.some((place) => column[place] !== null)) wrong('null where an entity is named');
    }
  });

/** `BackendDataSourceResponse` of `@grafana/runtime` 12.0.2, and grafana-plugin-sdk-go’s backend/json.go. */
const queryData = z.strictObject({
  results: z.record(
    z.string(),
    z.strictObject({
      status: z.int().exactOptional(),
      error: z.string().exactOptional(),
      errorSource: z.string().exactOptional(),
      frames: z.array(frame).exactOptional(),
    }),
  ),
});

/**
 * `ErrorResponseBody`: a message, and more where it is known. A right that is missing is told with a title and an id
 * besides: https://github.com/grafana/grafana/issues/79501
 */
const refusal = z.strictObject({
  message: z.string().min(1),
  error: z.string().exactOptional(),
  status: z.string().exactOptional(),
  title: z.string().exactOptional(),
  accessErrorId: z
    .string()
    .regex(/^ACE\d{10}$/)
    .exactOptional(),
});

/** `MetricRequest`: what `POST /api/ds/query` wants. https://grafana.com/docs/grafana/latest/developers/http_api/data_source/#query-a-data-source */
export const metricRequest = z.strictObject({
  from: z.string().regex(/^(\d{13}|now(-\d+[smhd])?)$/),
  to: z.string().regex(/^(\d{13}|now(-\d+[smhd])?)$/),
  debug: z.boolean().exactOptional(),
  queries: z
    .array(
      z.looseObject({
        refId: z.string(),
        datasource: z.strictObject({ uid: z.string(), type: z.string().exactOptional() }),
        intervalMs: z.int().positive(),
        maxDataPoints: z.int().positive(),
      }),
    )
    .min(1),
});

interface Operation {
  /** As the OpenAPI document names it; null where it has none. */
  readonly operationId: string | null;
  readonly asked: RegExp;
  readonly answers: Readonly<Record<number, z.ZodType>>;
}

const refusals = { 401: refusal, 403: refusal, 500: refusal };

/** Every operation that is asked for, with the bodies that it may answer by status. */
export const operations: readonly Operation[] = [
  { operationId: 'search', asked: /^GET \/api\/search$/, answers: { ...refusals, 200: searched } },
  {
    operationId: 'getDashboardByUID',
    asked: /^GET \/api\/dashboards\/uid\/[^/]+$/,
    answers: { ...refusals, 200: dashboard, 404: refusal },
  },
  {
    operationId: 'getLibraryElementByUID',
    asked: /^GET \/api\/library-elements\/[^/]+$/,
    answers: { ...refusals, 200: libraryElement, 404: refusal },
  },
  {
    operationId: 'getDataSources',
    asked: /^GET \/api\/datasources$/,
    answers: { ...refusals, 200: dataSources },
  },
  {
    operationId: null,
    asked: /^GET \/api\/access-control\/user\/permissions$/,
    answers: { ...refusals, 200: permissions },
  },
  {
    operationId: 'queryMetricsWithExpressions',
    asked: /^POST \/api\/ds\/query$/,
    // Where a query failed the whole is a 400 or a 207, with what the others gave.
    answers: {
      ...refusals,
      200: queryData,
      207: queryData,
      400: z.union([queryData, refusal]),
      404: refusal,
    },
  },
];

/** What a resource is wrapped in: https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/apis/ */
const resource = <T extends z.ZodType>(kind: string, group: string, spec: T) =>
  z.strictObject({
    kind: z.literal(kind),
    apiVersion: z.string().startsWith(`${group}/`),
    metadata: z.strictObject({
      name: z.string().max(40),
      namespace: z.string().regex(/^(default|org-\d+|stacks-\d+)$/),
      uid: z.string(),
      resourceVersion: z.string().regex(/^\d+$/),
      generation: z.int().positive().exactOptional(),
      creationTimestamp: instant,
      labels: z.record(z.string(), z.string()).exactOptional(),
      annotations: z.record(z.string().startsWith('grafana.app/'), z.string()).exactOptional(),
    }),
    spec,
    status: anything.exactOptional(),
  });
const servedVersion = z.strictObject({ groupVersion: z.string(), version: z.string() });
/** `APIGroup` and `Status` of Kubernetes’s API machinery. */
const group = z.strictObject({
  kind: z.literal('APIGroup'),
  apiVersion: z.literal('v1'),
  name: z.string(),
  versions: z.array(servedVersion).min(1),
  preferredVersion: servedVersion,
});
const status = z.strictObject({
  kind: z.literal('Status'),
  apiVersion: z.literal('v1'),
  metadata: z.strictObject({}),
  status: z.literal('Failure'),
  message: z.string(),
  reason: z.string(),
  code: z.int(),
});
/** `SearchResults`: pkg/apis/dashboard/v0alpha1 of Grafana 12. */
const results = z.strictObject({
  kind: z.string(),
  apiVersion: z.string(),
  metadata: anything,
  totalHits: id,
  hits: z.array(
    z.strictObject({
      resource: z.enum(['dashboards', 'folders']),
      name: z.string(),
      title: z.string(),
      description: z.string().exactOptional(),
      folder: z.string().exactOptional(),
      tags: z.array(z.string()).exactOptional(),
    }),
  ),
});

/** The operations that take the place of those for dashboards where they are switched off. */
export const resourceOperations: readonly Operation[] = [
  {
    operationId: null,
    asked: /^GET \/api\/frontend\/settings$/,
    answers: { ...refusals, 200: z.looseObject({ namespace: z.string() }) },
  },
  { operationId: null, asked: /^GET \/apis\/[a-z.]+$/, answers: { ...refusals, 200: group, 404: status } },
  {
    operationId: 'getDashboard',
    asked: /^GET \/apis\/dashboard\.grafana\.app\/v1\/namespaces\/[^/]+\/dashboards\/[^/]+$/,
    answers: {
      401: refusal,
      403: status,
      404: status,
      200: resource('Dashboard', 'dashboard.grafana.app', z.looseObject({ title: z.string() })),
    },
  },
  {
    operationId: 'getFolder',
    asked: /^GET \/apis\/folder\.grafana\.app\/v1\/namespaces\/[^/]+\/folders\/[^/]+$/,
    answers: {
      401: refusal,
      403: status,
      404: status,
      200: resource('Folder', 'folder.grafana.app', z.looseObject({ title: z.string() })),
    },
  },
  {
    operationId: null,
    asked: /^GET \/apis\/dashboard\.grafana\.app\/v0alpha1\/namespaces\/[^/]+\/search$/,
    answers: { 401: refusal, 200: results },
  },
];

/** What is wrong with an answer by its description; null for nothing. */
export function faultOf(asked: string, status: number, body: unknown): string | null {
  const operation = [...operations, ...resourceOperations].find((one) => one.asked.test(asked));
  if (!operation) return `${asked} is no operation that is described`;
  const schema = operation.answers[status];
  if (!schema) return `${asked} does not answer ${status}`;
  const read = schema.safeParse(body);
  return read.success ? null : `${asked} ${status}: ${z.prettifyError(read.error)}`;
}
