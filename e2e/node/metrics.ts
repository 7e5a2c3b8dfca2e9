import type { NodeState } from './state.ts';

/** One counter's series: how fast it rises, in events a second. */
export interface CounterSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** What it stands at when the simulation begins: the node has run before. */
  readonly from: number;
  readonly perSecond: (seconds: number, state: NodeState) => number;
}

export interface GaugeSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: (seconds: number, state: NodeState) => number;
}

/** What the node measures, by type. `seconds` is the time since the simulation began. */
export type NodeMetric = { readonly name: string; readonly help: string } & (
  | { readonly type: 'counter'; readonly series: readonly CounterSeries[] }
  | { readonly type: 'gauge'; readonly series: readonly GaugeSeries[] }
  | {
      readonly type: 'histogram';
      /** Upper bounds, rising; the last, infinity, is understood. */
      readonly buckets: readonly number[];
      readonly perSecond: number;
      /** Its 95th percentile; values are spread exponentially below and above. */
      readonly p95: (seconds: number, state: NodeState) => number;
    }
);

const statuses = ['draft', 'voting', 'queued', 'timelocked', 'executed', 'finalized', 'rolled_back'];
const markets: Readonly<Record<string, number>> = { storage: 3.2, compute: 2.1, energy: 1.4, ad: 5.6 };
const providers = ['aurora', 'borealis', 'cascade', 'delta'];

/** A value that moves: a mean and how far it swings around it in so many seconds. */
function swing(mean: number, by: number, periodS: number, seconds: number): number {
  return mean + by * Math.sin((2 * Math.PI * seconds) / periodS);
}

const each = <T>(names: readonly string[], make: (name: string, index: number) => T): T[] => names.map(make);
const noEventYet: readonly CounterSeries[] = [];

/** The treasury's six, which a node can lose at once. */
export const treasuryMetrics: readonly NodeMetric[] = [
  {
    name: 'governance_disbursements_total',
    help: 'Disbursements that entered each state.',
    type: 'counter',
    series: each(statuses, (status, index) => ({
      labels: { status },
      from: [412, 398, 371, 365, 352, 347, 5][index] ?? 0,
      perSecond: () => [0.06, 0.055, 0.05, 0.05, 0.048, 0.047, 0.0004][index] ?? 0,
    })),
  },
  {
    name: 'treasury_disbursement_backlog',
    help: 'Disbursements in each state.',
    type: 'gauge',
    series: each(statuses, (status, index) => ({
      labels: { status },
      value: (seconds) => {
        const mean = [6, 9, 12, 7, 2, 0, 0][index] ?? 0;
        return Math.round(swing(mean, mean / 5, 90 + 13 * index, seconds));
      },
    })),
  },
  {
    name: 'treasury_disbursement_lag_seconds',
    help: 'Time from queued to executed, in seconds.',
    type: 'histogram',
    buckets: [30, 60, 120, 180, 240, 300, 450, 600, 900, 1800],
    perSecond: 0.8,
    p95: (seconds) => swing(170, 18, 150, seconds),
  },
  {
    name: 'treasury_execution_errors_total',
    help: 'Executions that failed, by reason.',
    type: 'counter',
    series: noEventYet,
  },
  {
    name: 'treasury_balance',
    help: 'BLOCK in the treasury.',
    type: 'gauge',
    series: [
      { labels: {}, value: (seconds) => Math.round(swing(12_480_000 + 3 * seconds, 900, 240, seconds)) },
    ],
  },
  {
    name: 'treasury_executor_tick_duration_seconds',
    help: 'Time that one tick of the executor takes, in seconds.',
    type: 'histogram',
    buckets: [0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10],
    perSecond: 1,
    p95: (seconds) => swing(0.42, 0.06, 70, seconds),
  },
];

const energy: readonly NodeMetric[] = [
  {
    name: 'energy_provider_total',
    help: 'Registered providers.',
    type: 'gauge',
    series: [{ labels: {}, value: () => 24 }],
  },
  {
    name: 'energy_provider_status',
    help: 'Providers in each status.',
    type: 'gauge',
    series: each(['active', 'inactive', 'suspended'], (status, index) => ({
      labels: { status },
      value: () => [22, 1, 1][index] ?? 0,
    })),
  },
  {
    name: 'energy_reputation_score',
    help: 'Reputation of a provider, 0 to 1.',
    type: 'gauge',
    series: each(providers, (provider, index) => ({
      labels: { provider },
      value: (seconds) => swing(0.96 - 0.03 * index, 0.012, 200 + 31 * index, seconds),
    })),
  },
  {
    name: 'energy_pending_credits_total',
    help: 'Credits that wait for settlement, in kWh.',
    type: 'gauge',
    series: [
      {
        labels: {},
        value: (seconds, { oracle }) => Math.round(swing(oracle === 'slow' ? 5200 : 1800, 240, 130, seconds)),
      },
    ],
  },
  {
    name: 'energy_active_disputes_total',
    help: 'Disputes that are open.',
    type: 'gauge',
    series: [{ labels: {}, value: (seconds) => Math.round(swing(5, 2, 170, seconds)) }],
  },
  {
    name: 'energy_dispute_outcomes_total',
    help: 'Disputes that ended, by outcome.',
    type: 'counter',
    series: [
      { labels: { outcome: 'resolved' }, from: 61, perSecond: () => 0.02 },
      { labels: { outcome: 'dismissed' }, from: 17, perSecond: () => 0.005 },
    ],
  },
  {
    name: 'energy_settlements_total',
    help: 'Settlements of a provider.',
    type: 'counter',
    series: each(providers, (provider, index) => ({
      labels: { provider },
      from: 1900 - 210 * index,
      perSecond: (_seconds, { oracle }) => (oracle === 'slow' ? 0.1 : 0.5 - 0.08 * index),
    })),
  },
  {
    name: 'energy_treasury_fee_total',
    help: 'Fees that settlements paid to the treasury, in BLOCK.',
    type: 'counter',
    series: [{ labels: {}, from: 0, perSecond: () => 1.6 }],
  },
  {
    name: 'oracle_latency_seconds',
    help: 'Time to verify a reading, in seconds.',
    type: 'histogram',
    buckets: [0.5, 1, 2, 3, 5, 7.5, 10, 15, 20, 30, 60],
    perSecond: 4,
    p95: (seconds, { oracle }) =>
      swing(oracle === 'slow' ? 18 : 4.1, oracle === 'slow' ? 1.5 : 0.5, 110, seconds),
  },
  {
    name: 'energy_signature_verification_failures_total',
    help: 'Readings whose signature did not verify, by reason.',
    type: 'counter',
    series: noEventYet,
  },
  {
    name: 'energy_slashing_total',
    help: 'Slashings, by provider and reason.',
    type: 'counter',
    series: noEventYet,
  },
];

const receiptsAndEconomics: readonly NodeMetric[] = [
  {
    name: 'receipt_emitted_total',
    help: 'Receipts emitted in a market.',
    type: 'counter',
    series: each(Object.keys(markets), (market) => ({
      labels: { market },
      from: 40_000,
      perSecond: (_seconds, { stoppedMarkets }) =>
        stoppedMarkets.includes(market) ? 0 : (markets[market] ?? 0),
    })),
  },
  {
    name: 'receipt_validation_errors_total',
    help: 'Receipts that did not validate, by reason.',
    type: 'counter',
    series: noEventYet,
  },
  {
    name: 'receipt_pending_depth',
    help: 'Receipts that wait in a market.',
    type: 'gauge',
    series: each(Object.keys(markets), (market, index) => ({
      labels: { market },
      value: (seconds) => Math.round(swing(40 + 22 * index, 9, 80 + 17 * index, seconds)),
    })),
  },
  {
    name: 'economics_epoch_tx_count',
    help: 'Transactions of the last epoch.',
    type: 'gauge',
    series: [{ labels: {}, value: (seconds) => Math.round(swing(41_200, 1900, 300, seconds)) }],
  },
  {
    name: 'economics_block_reward_per_block',
    help: 'BLOCK paid for a block.',
    type: 'gauge',
    series: [{ labels: {}, value: (seconds) => swing(2.5, 0.004, 260, seconds) }],
  },
];

/** What nobody has declared, drawn or written down: most nodes emit such a thing. */
const unheeded: readonly NodeMetric[] = [
  {
    name: 'mempool_pending_transactions',
    help: 'Transactions that wait for a block.',
    type: 'gauge',
    series: [{ labels: {}, value: (seconds) => Math.round(swing(310, 60, 140, seconds)) }],
  },
];

/** The 22 metrics that the launch declares, as a node of The Block exposes them, and one that it does not. */
export const nodeMetrics: readonly NodeMetric[] = [
  ...treasuryMetrics,
  ...energy,
  ...receiptsAndEconomics,
  ...unheeded,
];
