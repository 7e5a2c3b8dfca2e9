/*
 * What the targets of the situations expose: first `before`, then `after`. Format:
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */

const statuses = ['draft', 'voting', 'queued', 'timelocked', 'executed', 'finalized', 'rolled_back'];

function family(name: string, type: string | null, series: readonly string[]): string {
  const head = type === null ? '' : `# TYPE ${name} ${type}\n`;
  return `${head}${series.map((one) => `${one}\n`).join('')}`;
}

function classicHistogram(name: string, observations: number): string {
  return family(name, 'histogram', [
    `${name}_bucket{le="1"} ${Math.floor(observations * 0.9)}`,
    `${name}_bucket{le="10"} ${observations}`,
    `${name}_bucket{le="+Inf"} ${observations}`,
    `${name}_sum ${observations * 0.5}`,
    `${name}_count ${observations}`,
  ]);
}

const commit = '2c9e4d1f0a6b7c8d9e0f1a2b3c4d5e6f70819203';

/** What stays the same. `nowMs` moves histograms and timestamps on. */
function always(nowMs: number): string {
  const beat = Math.floor(nowMs / 250) % 1_000_000;
  return [
    family('treasury_balance', 'gauge', ['treasury_balance 48210000']),
    family('governance_disbursements_total', 'counter', [
      ...statuses.map((status) => `governance_disbursements_total{status="${status}"} 3`),
    ]),
    family('treasury_disbursement_backlog', 'gauge', [
      ...statuses
        .slice(0, 6)
        .map((status, index) => `treasury_disbursement_backlog{status="${status}"} ${index}`),
    ]),
    family('treasury_execution_errors_total', 'counter', [
      'treasury_execution_errors_total{reason="stale_dep"} 2',
    ]),
    family('energy_dispute_outcomes_total', 'counter', ['energy_dispute_outcomes_total 4']),
    family('energy_slashing_total', 'counter', [
      'energy_slashing_total{provider="a",reason="quorum"} 1',
      'energy_slashing_total{reason="quorum"} 1',
    ]),
    family('energy_provider_total', 'gauge', ['energy_provider_total 3']),
    family('energy_provider_status', 'gauge', [
      'energy_provider_status{provider="a",status="active"} 1',
      'energy_provider_status{provider="b",status="suspended"} 1',
    ]),
    family('energy_reputation_score', 'gauge', [
      'energy_reputation_score{provider="a"} 0.91',
      'energy_reputation_score{provider="b"} 0.74',
      'energy_reputation_score{provider="c"} 0.35',
    ]),
    '# TYPE energy_signature_verification_failures_total counter\n',
    '# TYPE never_an_event gauge\n',
    classicHistogram('oracle_latency_seconds', beat * 10),
    classicHistogram('oracle_idle_seconds', 40),
    family('flat_seconds', 'gauge', ['flat_seconds 0.4']),
    family('count_only_seconds', null, ['count_only_seconds_count 5', 'count_only_seconds_sum 2']),
    family('bare_count', null, ['bare_count_count 5']),
    family('rpc_seconds', 'summary', [
      'rpc_seconds{quantile="0.95"} NaN',
      'rpc_seconds_sum 0',
      'rpc_seconds_count 0',
    ]),
    family('receipt_emitted_total', 'counter', ['receipt_emitted_total{market="storage"} 9']),
    family('nan_gauge', 'gauge', ['nan_gauge NaN']),
    family('inf_gauge', 'gauge', ['inf_gauge +Inf']),
    family('half_nan', 'gauge', ['half_nan{shard="0"} 1', 'half_nan{shard="1"} NaN']),
    family('without_type', null, ['without_type 1']),
    family('stamped_gauge', 'gauge', [`stamped_gauge 1 ${nowMs - 1000}`]),
    family('city_load', 'gauge', ['city_load{city="Zürich – 北京"} 1', 'city_load{city="a\u202egnp.exe"} 1']),
    family('mixed_type', 'gauge', ['mixed_type 1']),
    family('build_info', 'gauge', [`build_info{commit="${commit}"} 1`]),
    family('zero_total', 'counter', ['zero_total 0']),
  ].join('');
}

/** When the frozen gauge was last written. */
export const frozenAtMs = Date.now();

export function before(nowMs: number): string {
  return [
    always(nowMs),
    family('treasury_reserve', 'gauge', ['treasury_reserve 5']),
    family('vanished_gauge', 'gauge', ['vanished_gauge 1']),
    family('spare_gauge', null, ['spare_gauge 1']),
    family('vanished_seconds', 'histogram', [
      'vanished_seconds_bucket{le="+Inf"} 1',
      'vanished_seconds_sum 1',
      'vanished_seconds_count 1',
    ]),
    family('settlements_total', 'counter', [
      'settlements_total{provider="a"} 5',
      'settlements_total{provider="b"} 5',
    ]),
    family('restarted_total', null, ['restarted_total 7']),
    family('reset_total', 'counter', ['reset_total 100']),
    family('frozen_gauge', 'gauge', [`frozen_gauge 1 ${frozenAtMs}`]),
    family('spiked_gauge', 'gauge', ['spiked_gauge 900']),
    family('reported_gauge', 'gauge', ['reported_gauge 0']),
  ].join('');
}

export function after(nowMs: number): string {
  return [
    always(nowMs),
    family('settlements_total', 'counter', ['settlements_total{provider="a"} 5']),
    family('reset_total', 'counter', ['reset_total 1']),
    family('frozen_gauge', 'gauge', [`frozen_gauge 1 ${frozenAtMs}`]),
    family('spiked_gauge', 'gauge', ['spiked_gauge 12']),
    family('late_gauge', 'gauge', ['late_gauge 1']),
  ].join('');
}

export const pairFirst = [
  family('pair_requests_total', 'counter', ['pair_requests_total 1']),
  family('mixed_type', 'counter', ['mixed_type 1']),
  family('build_info', 'gauge', ['build_info{commit="aaaaaaa"} 1']),
].join('');
export const pairSecond = family('pair_requests_total', 'counter', ['pair_requests_total 1']);
export const dying = [
  family('dying_gauge', 'gauge', ['dying_gauge 1']),
  family('dying_events_total', 'counter', []),
].join('');
export const kept = family('kept_gauge', 'gauge', ['kept_gauge{job="elsewhere",instance="far"} 1']);

/** OpenMetrics names a counter's family without `_total`: https://openmetrics.io */
export const openMetrics = {
  contentType: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  body: '# TYPE open_events counter\nopen_events_total 4\n# TYPE open_build info\nopen_build_info{v="1"} 1\n# TYPE open_quiet counter\n# EOF\n',
};

export const rules = `groups:
  - name: recorded
    rules:
      - record: rule:alive
        expr: treasury_balance
      - record: rule:dead
        expr: vanished_gauge
      - record: rule:made_up
        expr: sum(nowhere_total) or vector(0)
  - name: treasury
    rules:
      - alert: TreasuryNegative
        expr: treasury_balance < 0
        labels: { severity: critical }
      - alert: TreasuryFiring
        expr: treasury_balance > 0
        labels: { severity: warning }
        annotations: { summary: The treasury has money }
      - alert: TreasuryPending
        expr: treasury_balance > 0
        for: 1h
        labels: { severity: critical }
      - alert: TreasuryTwice
        expr: treasury_balance < 100
        labels: { severity: warning }
      - alert: TreasuryTwice
        expr: treasury_balance < 10
        labels: { severity: critical }
      - alert: TreasuryHalf
        expr: treasury_balance < 100
        labels: { severity: warning }
  - name: broken
    rules:
      - alert: TreasuryBroken
        expr: label_replace(treasury_balance, "a", "$1", "job", "(") > 0
        labels: { severity: critical }
  - name: slow
    interval: 365d
    rules:
      - alert: TreasurySlow
        expr: treasury_balance < 0
        labels: { severity: critical }
`;
