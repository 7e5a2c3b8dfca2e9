/** A vendor, or an endpoint, that answers as it should on every route but one. */
export interface Door {
  readonly id: string;
  readonly vendor: 'github' | 'gitlab' | 'grafana' | 'endpoint';
  /** Path and query of what it misbehaves at. */
  readonly route: RegExp;
  /** The check that reads that route, without its source. */
  readonly check: string;
}

const door = (vendor: Door['vendor'], what: string, route: RegExp, check: string): Door => {
  return { id: `${vendor}-${what}`, vendor, route, check };
};

const githubRun = 'kind: ci-run, workflow: gate.yml, jobs: [build]';

/** Lists, single things, blobs and data of every vendor. */
export const doors: readonly Door[] = [
  door('github', 'list', /\/runs\?/, githubRun),
  door('github', 'detail', /\/actions\/workflows\/gate\.yml$/, githubRun),
  door('github', 'blob', /\/git\/blobs\//, 'kind: file, path: README.md, matches: Drill'),
  door('gitlab', 'list', /\/pipelines\?/, 'kind: ci-run, jobs: [build]'),
  door('gitlab', 'detail', /\/projects\/[^/]+$/, 'kind: ci-run, jobs: [build]'),
  door('gitlab', 'blob', /\/repository\/blobs\//, 'kind: file, path: README.md, matches: Drill'),
  door('grafana', 'list', /\/api\/search/, 'kind: dashboard, dashboard: drill, uid: other'),
  door('grafana', 'detail', /\/api\/dashboards\/uid\//, 'kind: dashboard, dashboard: drill'),
  door('grafana', 'data', /\/api\/ds\/query/, 'kind: dashboard, dashboard: drill'),
  door('endpoint', 'body', /^\/status/, 'kind: endpoint, path: /status, assert: [{ at: /ok, equals: true }]'),
];

/** A way to misbehave, and what is to come of it. */
export interface Misbehaviour {
  readonly id: string;
  /** Path of the hostile server whose answer stands in place of the vendor's; null: the vendor's own, with `spoilt`. */
  readonly path: string | null;
  /** What becomes of the vendor's own JSON. */
  readonly spoilt?: (json: string) => string;
  readonly verdict: 'unknown' | 'pass';
  readonly says: RegExp;
  /** At one vendor after the other: as many bytes as there may be, from ten sources at once, are another attack. */
  readonly apart?: true;
  /** It counts as silence: what was judged before stands until its age, and is said to be silent, with the reason. */
  readonly silent?: true;
  /** Where any JSON is an answer, one of other types is a fact. */
  readonly notFor?: Door['vendor'];
}

const bad = (id: string, says: RegExp): Misbehaviour => ({ id, path: `/${id}`, verdict: 'unknown', says });
const large = (id: string, says: RegExp): Misbehaviour => ({ ...bad(id, says), apart: true });
const odd = (id: string, spoilt: (json: string) => string): Misbehaviour => {
  return { id, path: null, spoilt, verdict: 'pass', says: /./ };
};
/** Puts a key before the first one of the first object. */
const first = (json: string, key: string) => json.replace('{"', `{${key},"`);

/** In this order: what was read once and never changes is not asked for again, so what is right comes last. */
export const misbehaviours: readonly Misbehaviour[] = [
  large('gzip-bomb', /inflates over 150 times: not read|(more than|over) 1 MiB/),
  large('brotli-bomb', /inflates over 150 times: not read|(more than|over) 1 MiB/),
  {
    ...large(
      'endless',
      /did not finish within|more than (16|1) MiB, which is not read|over 1 MiB and was not read/,
    ),
    silent: true,
  },
  { ...bad('byte-a-second', /sent only \d+ bytes and did not finish within 2 s/), silent: true },
  bad('deep', /nested more than 200 levels deep/),
  bad('deep-object', /nested more than 200 levels deep/),
  bad('nan', /holds NaN, which is not JSON/),
  bad('overflow', /number too large/),
  bad('html', /web page \(HTML\)/),
  bad('half', /breaks off after \d+ characters/),
  { ...bad('reset', /closed the connection in the middle of its answer/), silent: true },
  bad('redirect-other', /redirects/),
  bad('redirect-metadata', /redirects/),
  {
    id: 'wrong types',
    path: null,
    spoilt: () => '{"id":[],"total_count":"many","workflow_runs":7,"results":[],"dashboard":1,"sha":5}',
    verdict: 'unknown',
    says: /shape that is not|not of Grafana’s API/,
    notFor: 'endpoint',
  },
  odd('duplicate keys', (json) => json.replace(/\{"(\w+)":/, '{"$1":"another","$1":')),
  odd('__proto__', (json) => first(json, '"__proto__":{"ok":false,"admin":true}')),
  odd('the answer as it is', (json) => json),
];
