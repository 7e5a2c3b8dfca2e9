import type { SourceFailureKind } from '#lib/domain/failure.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { AlertDeclaration, MetricDeclaration } from '#lib/domain/spec.ts';
import type { Verdict } from '#lib/domain/verdict.ts';

/** One situation of the launch's observability, and what must be said of it. */
export interface Situation {
  readonly title: string;
  readonly kind: 'metric' | 'metric-coverage' | 'query' | 'alert-rule';
  readonly check: JsonObject;
  /** The source asked: the real Prometheus (default), that with `buildInfo` declared, or an address without one. */
  readonly source?: 'main' | 'built' | 'down';
  /** The verdict, or how the collection failed. */
  readonly verdict: Verdict | SourceFailureKind;
  readonly quiet?: boolean;
  /** `{t}` stands for any instant, `{node}` and the like for a target's address. */
  readonly sentence: string;
}

/** A declaration with what a situation says and the rest as a spec's defaults have it. */
export function declare(name: string, given: Partial<MetricDeclaration> = {}): MetricDeclaration {
  return {
    name,
    type: null,
    group: null,
    help: null,
    labels: [],
    minSeries: 1,
    absentUntilFirst: false,
    freshWithinMs: 60_000,
    job: null,
    quietWhen: null,
    ...given,
  };
}

const statuses = ['draft', 'voting', 'queued', 'timelocked', 'executed', 'finalized', 'rolled_back'];
const treasury = { group: 'treasury', job: 'node' } as const;

/** The inventory that situations speak of. */
export const inventory: readonly MetricDeclaration[] = [
  declare('treasury_balance', { ...treasury, type: 'gauge' }),
  declare('governance_disbursements_total', {
    ...treasury,
    type: 'counter',
    labels: [{ name: 'status', required: statuses, allowed: [] }],
  }),
  declare('treasury_disbursement_backlog', {
    ...treasury,
    type: 'gauge',
    labels: [{ name: 'status', required: statuses, allowed: [] }],
  }),
  declare('energy_treasury_fee_total', { group: 'energy', type: 'counter', job: 'node' }),
  declare('energy_dispute_outcomes_total', {
    group: 'energy',
    type: 'counter',
    labels: [{ name: 'outcome', required: [], allowed: [] }],
  }),
  declare('energy_provider_total', { group: 'energy', type: 'gauge', job: 'node' }),
  declare('oracle_latency_seconds', { group: 'whole', type: 'histogram', job: 'node' }),
  declare('receipt_emitted_total', { group: 'whole', type: 'counter', job: 'node' }),
  declare('nan_gauge', { group: 'dark', type: 'gauge' }),
  declare('treasury_reserve', { group: 'dark', type: 'gauge' }),
];

export const alerts: readonly AlertDeclaration[] = [
  { name: 'TreasuryNegative', severity: 'critical', metric: 'treasury_balance', group: 'fine' },
  { name: 'TreasuryFiring', severity: 'warning', metric: 'treasury_balance', group: null },
  { name: 'TreasuryPending', severity: 'critical', metric: 'treasury_balance', group: null },
  { name: 'TreasuryBroken', severity: 'critical', metric: 'treasury_balance', group: null },
  { name: 'TreasurySlow', severity: 'critical', metric: 'treasury_balance', group: null },
  { name: 'TreasuryInFileOnly', severity: 'critical', metric: 'treasury_balance', group: null },
  { name: 'TreasuryTwice', severity: 'warning', metric: 'treasury_balance', group: 'twice' },
  { name: 'TreasuryTwice', severity: 'critical', metric: 'treasury_balance', group: 'twice' },
  { name: 'TreasuryHalf', severity: 'warning', metric: 'treasury_balance', group: 'half' },
  { name: 'TreasuryHalf', severity: 'critical', metric: 'treasury_balance', group: 'half' },
];
