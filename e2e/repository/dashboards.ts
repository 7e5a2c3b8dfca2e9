/** A panel as the launch's dashboards have it: title, type, queries, and bounds that its lines show. */
interface Panel {
  readonly title: string;
  readonly type: 'timeseries' | 'stat' | 'table';
  readonly exprs: readonly string[];
  readonly warning?: number;
  readonly critical?: number;
}

/** Grafana's own variable, filled in where the dashboard is shown. */
const datasourceVariable = ['$', '{datasource}'].join('');

const p95 = (metric: string, over: string): string =>
  `histogram_quantile(0.95, sum by (le) (rate(${metric}_bucket[${over}])))`;

const treasury: readonly Panel[] = [
  {
    title: 'Disbursement pipeline',
    type: 'timeseries',
    exprs: ['sum by (status) (increase(governance_disbursements_total[1h]))'],
  },
  { title: 'Queue depth by status', type: 'stat', exprs: ['treasury_disbursement_backlog'] },
  {
    title: 'Execution lag, p95',
    type: 'stat',
    exprs: [p95('treasury_disbursement_lag_seconds', '5m')],
    warning: 300,
    critical: 600,
  },
  {
    title: 'Execution errors',
    type: 'timeseries',
    exprs: ['sum by (reason) (rate(treasury_execution_errors_total[5m]))'],
  },
  { title: 'Balance', type: 'timeseries', exprs: ['treasury_balance'] },
  {
    title: 'Executor tick, p95',
    type: 'stat',
    exprs: [p95('treasury_executor_tick_duration_seconds', '5m')],
    warning: 1,
    critical: 5,
  },
];

const energy: readonly Panel[] = [
  { title: 'Active providers', type: 'stat', exprs: ['sum(energy_provider_status{status="active"})'] },
  {
    title: 'Settlements, 24 h',
    type: 'table',
    exprs: ['sum by (provider) (increase(energy_settlements_total[24h]))'],
  },
  {
    title: 'Oracle latency, p95',
    type: 'timeseries',
    exprs: [p95('oracle_latency_seconds', '1m')],
    warning: 10,
    critical: 30,
  },
  { title: 'Reputation', type: 'timeseries', exprs: ['energy_reputation_score'] },
  {
    title: 'Active disputes',
    type: 'stat',
    exprs: ['sum(energy_active_disputes_total)'],
    warning: 20,
    critical: 50,
  },
  {
    title: 'Slashing',
    type: 'timeseries',
    exprs: ['sum by (provider, reason) (increase(energy_slashing_total[24h]))'],
  },
  { title: 'Pending credits', type: 'stat', exprs: ['energy_pending_credits_total'] },
  {
    title: 'Signature failures',
    type: 'timeseries',
    exprs: ['sum by (reason) (rate(energy_signature_verification_failures_total[5m]))'],
    critical: 1,
  },
];

/** The treasury dashboard's file. */
export function treasuryDashboard(): string {
  return dashboard('Treasury', treasury);
}

/** The energy dashboard's file, with all its panels or only the first so many. */
export function energyDashboard(panels = energy.length): string {
  return dashboard('Energy', energy.slice(0, panels));
}

function dashboard(title: string, panels: readonly Panel[]): string {
  const json = {
    title,
    uid: `the-block-${title.toLowerCase()}`,
    schemaVersion: 39,
    time: { from: 'now-24h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map((panel, index) => ({
      id: index + 1,
      title: panel.title,
      type: panel.type,
      datasource: { type: 'prometheus', uid: datasourceVariable },
      gridPos: { x: (index % 2) * 12, y: Math.floor(index / 2) * 8, w: 12, h: 8 },
      targets: panel.exprs.map((expr, target) => ({ refId: String.fromCharCode(65 + target), expr })),
      fieldConfig: { defaults: { thresholds: { mode: 'absolute', steps: steps(panel) } }, overrides: [] },
    })),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function steps({ warning, critical }: Panel): { color: string; value: number | null }[] {
  return [
    { color: 'green', value: null },
    ...(warning === undefined ? [] : [{ color: 'orange', value: warning }]),
    ...(critical === undefined ? [] : [{ color: 'red', value: critical }]),
  ];
}
