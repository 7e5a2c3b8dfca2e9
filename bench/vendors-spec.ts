/** How many runs, files, dashboards and series a launch's checks name, of each kind; its 200 checks share them. */
export interface Variety {
  readonly workflows: number;
  readonly files: number;
  readonly dashboards: number;
  readonly series: number;
}

export interface VendorAddresses {
  readonly repository: string;
  readonly github: string;
  readonly gitlab: string;
  readonly grafana: string;
  readonly prometheus: string;
}

/** Of each kind in a launch: 40 files and 20 runs on either vendor, 40 dashboards and 40 metrics. */
export const checksEach = { files: 40, runs: 20, dashboards: 40, metrics: 40 } as const;

export const workflowFile = (n: number) => `gate-${n}.yml`;
export const fileName = (n: number) => `docs/part-${n}.md`;
export const dashboardTitle = (n: number) => `Bench ${n}`;
export const seriesName = (n: number) => `bench_series_${n}`;

/** A launch of 200 checks over all sources, which names no more things than the variety has. */
export function vendorSpec(launch: number, variety: Variety, at: VendorAddresses): string {
  const many = <T>(count: number, of: (n: number) => T) => Array.from({ length: count }, (_, n) => of(n));
  const { files, runs, dashboards, metrics } = checksEach;
  const checks = [
    ...many(files, (n) => `{ kind: file, source: github, path: ${fileName(n % variety.files)} }`),
    ...many(files, (n) => `{ kind: file, source: gitlab, path: ${fileName(n % variety.files)} }`),
    ...many(runs, (n) => {
      const workflow = workflowFile(n % variety.workflows);
      return `{ kind: ci-run, source: github, workflow: ${workflow}, jobs: [build], inARow: ${1 + (n % 3)} }`;
    }),
    ...many(runs, (n) => `{ kind: ci-run, source: gitlab, jobs: [build], inARow: ${1 + (n % 3)} }`),
    ...many(dashboards, (n) => `{ kind: dashboard, dashboard: d${n % variety.dashboards} }`),
    ...many(metrics, (n) => `{ kind: metric, metric: ${seriesName(n % variety.series)} }`),
  ];
  return `format: big-green/v1
launch: { id: bench-${launch}, title: Bench ${launch}, target: { at: 2030-01-01T00:00:00Z } }
candidate: { source: repository, ref: main }
defaults: { maxAge: 1h, freshWithin: 30s }
phases: { launch: { title: Launch, at: 2030-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  repository: { kind: repository, address: '${at.repository}' }
  github: { kind: github, address: '${at.github}' }
  gitlab: { kind: gitlab, address: '${at.gitlab}' }
  grafana: { kind: grafana, address: '${at.grafana}' }
  prometheus: { kind: prometheus, address: '${at.prometheus}' }
metrics:
  bench:
${many(variety.series, (n) => `    ${seriesName(n)}: { type: gauge }`).join('\n')}
dashboards:
${many(variety.dashboards, dashboardOf).join('\n')}
tracks:
  all:
    title: All
    lead: sre
    items:
${checks.map((check, n) => `      item-${n}: { title: Item ${n}, phase: launch, checks: [${check}] }`).join('\n')}
`;
}

function dashboardOf(n: number): string {
  const panel = `{ title: Series, type: timeseries, queries: [{ expr: ${seriesName(0)} + ${n} }] }`;
  return `  d${n}: { title: ${dashboardTitle(n)}, uid: bench-${n}, file: d${n}.json, panels: { series: ${panel} } }`;
}
