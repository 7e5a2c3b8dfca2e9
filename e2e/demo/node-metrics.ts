/** What the story does to the node. Data only: steps change it, the node shows it. */
export interface NodeCondition {
  /** False until the fee metric is emitted: a hole in the coverage. */
  readonly feeEmitted: boolean;
  /** Verification takes some 18 s instead of 2 s. */
  readonly oracleSlow: boolean;
  /** The treasury's own metrics vanish from the scrape. */
  readonly treasuryLost: boolean;
  /** Receipts of the ad market stop. */
  readonly adStalled: boolean;
  /** Governance answers with a quorum beyond 1 000 000 ppm. */
  readonly governanceBroken: boolean;
}

export const healthyNode: NodeCondition = {
  feeEmitted: true,
  oracleSlow: false,
  treasuryLost: false,
  adStalled: false,
  governanceBroken: false,
};

const states = ['draft', 'voting', 'queued', 'timelocked', 'executed', 'finalized', 'rolled_back'] as const;
const markets = ['storage', 'compute', 'energy', 'ad'] as const;
const providers = ['aurora', 'boreas', 'cirrus'] as const;

/** A simulated node: counters that go up as time goes by, in Prometheus's text format. */
export class SimulatedNode {
  condition: NodeCondition;
  #atMs: number;
  readonly #beganMs: number;
  readonly #counters = new Map<string, number>();
  readonly #histograms = new Map<string, { counts: number[]; sum: number }>();

  constructor(condition: NodeCondition, nowMs: number) {
    this.condition = condition;
    this.#beganMs = nowMs;
    this.#atMs = nowMs;
  }

  /** The scrape at an instant. */
  expose(nowMs: number): string {
    const passedS = Math.max(0, (nowMs - this.#atMs) / 1000);
    this.#atMs = nowMs;
    const wave = Math.sin((nowMs - this.#beganMs) / 40_000);
    const blocks = [
      ...(this.condition.treasuryLost ? [] : this.#treasury(passedS, wave)),
      ...this.#energy(passedS, wave),
      ...this.#receipts(passedS, wave),
      gauge('economics_epoch_tx_count', 'Transactions in the last epoch', [
        ['', 48_000 + Math.round(900 * wave)],
      ]),
      gauge('economics_block_reward_per_block', 'BLOCK paid for each block', [['', 12.5]]),
    ];
    return `${blocks.join('\n')}\n`;
  }

  #treasury(passedS: number, wave: number): string[] {
    const moved = states.map((status, n) => [`status="${status}"`, 0.4 - 0.05 * n] as const);
    const waiting = { queued: 21, timelocked: 9, draft: 4, voting: 6 } as Readonly<Record<string, number>>;
    return [
      this.#counter(
        'governance_disbursements_total',
        'Disbursements that came into each state',
        moved,
        passedS,
      ),
      gauge(
        'treasury_disbursement_backlog',
        'Disbursements in each state now',
        states.map((status) => [`status="${status}"`, waiting[status] ?? 0]),
      ),
      this.#histogram(
        'treasury_disbursement_lag_seconds',
        'Time from queued to executed',
        lagBounds,
        142 + 12 * wave,
        passedS,
      ),
      this.#histogram(
        'treasury_executor_tick_duration_seconds',
        'Time for one tick',
        tickBounds,
        0.4,
        passedS,
      ),
      family('treasury_execution_errors_total', 'counter', 'Executions that failed', []),
      gauge('treasury_balance', 'BLOCK in the treasury', [['', 48_210_000 + Math.round(30_000 * wave)]]),
    ];
  }

  #energy(passedS: number, wave: number): string[] {
    const each = providers.map((name, n) => [`provider="${name}"`, 0.2 + 0.05 * n] as const);
    const latency = this.condition.oracleSlow ? 18 : 2 + 0.3 * wave;
    return [
      gauge('energy_provider_total', 'Registered providers', [['', providers.length]]),
      gauge('energy_provider_status', 'Providers in each status', [
        ['status="active"', providers.length],
        ['status="inactive"', 0],
      ]),
      gauge(
        'energy_reputation_score',
        'Reputation, 0 to 1',
        providers.map((name, n) => [`provider="${name}"`, 0.91 + 0.02 * n]),
      ),
      gauge('energy_pending_credits_total', 'kWh that wait for settlement', [
        ['', 310 + Math.round(20 * wave)],
      ]),
      gauge('energy_active_disputes_total', 'Disputes that are not resolved', [['', 7]]),
      family('energy_dispute_outcomes_total', 'counter', 'Disputes that ended', []),
      this.#counter('energy_settlements_total', 'Settlements', each, passedS),
      ...(this.condition.feeEmitted
        ? [this.#counter('energy_treasury_fee_total', 'Fees paid to the treasury', [['', 0.3]], passedS)]
        : []),
      this.#histogram('oracle_latency_seconds', 'Time to verify a reading', latencyBounds, latency, passedS),
      family('energy_signature_verification_failures_total', 'counter', 'Readings that did not verify', []),
      family('energy_slashing_total', 'counter', 'Slashings', []),
    ];
  }

  #receipts(passedS: number, wave: number): string[] {
    const rates = markets.map((market, n) => {
      const stalled = market === 'ad' && this.condition.adStalled;
      return [`market="${market}"`, stalled ? 0 : 2.4 - 0.4 * n] as const;
    });
    const depth = markets.map(
      (market, n) => [`market="${market}"`, 14 + 3 * n + Math.round(4 * wave)] as const,
    );
    return [
      this.#counter('receipt_emitted_total', 'Receipts emitted', rates, passedS),
      family('receipt_validation_errors_total', 'counter', 'Receipts that did not validate', []),
      gauge('receipt_pending_depth', 'Receipts that wait', depth),
    ];
  }

  #counter(
    name: string,
    help: string,
    rates: readonly (readonly [string, number])[],
    passedS: number,
  ): string {
    const lines = rates.map(([labels, perSecond]) => {
      const key = `${name}{${labels}}`;
      const value = (this.#counters.get(key) ?? 100) + perSecond * passedS;
      this.#counters.set(key, value);
      return [labels, Math.floor(value)] as const;
    });
    return family(name, 'counter', help, lines);
  }

  /** Observations around a centre, four a second, spread over half to one and a half of it. */
  #histogram(name: string, help: string, bounds: readonly number[], centre: number, passedS: number): string {
    const kept = this.#histograms.get(name) ?? { counts: bounds.map(() => 0), sum: 0 };
    for (let n = 0; n < 20; n++) {
      const value = centre * (0.5 + n / 20);
      const weight = (4 * passedS) / 20;
      kept.sum += value * weight;
      for (const [index, bound] of bounds.entries())
        if (value <= bound) kept.counts[index] = (kept.counts[index] ?? 0) + weight;
    }
    this.#histograms.set(name, kept);
    const count = kept.counts.at(-1) ?? 0;
    const buckets = bounds.map(
      (bound, n) => `${name}_bucket{le="${le(bound)}"} ${(kept.counts[n] ?? 0).toFixed(3)}`,
    );
    const head = [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`];
    return [
      ...head,
      ...buckets,
      `${name}_sum ${kept.sum.toFixed(3)}`,
      `${name}_count ${count.toFixed(3)}`,
    ].join('\n');
  }
}

const lagBounds = [30, 60, 120, 180, 240, 300, 600, 1200, Number.POSITIVE_INFINITY];
const tickBounds = [0.1, 0.25, 0.5, 0.75, 1, 2, 5, 10, Number.POSITIVE_INFINITY];
const latencyBounds = [0.5, 1, 2, 3, 5, 10, 20, 30, 60, Number.POSITIVE_INFINITY];

function le(bound: number): string {
  return Number.isFinite(bound) ? String(bound) : '+Inf';
}

function gauge(name: string, help: string, values: readonly (readonly [string, number])[]): string {
  return family(name, 'gauge', help, values);
}

function family(
  name: string,
  type: string,
  help: string,
  values: readonly (readonly [string, number])[],
): string {
  const lines = values.map(([labels, value]) => `${name}${labels === '' ? '' : `{${labels}}`} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
}

/** What the node says of its energy market. */
export function energyMarket({ governanceBroken }: NodeCondition): object {
  const quorum = governanceBroken ? 1_500_000 : 670_000;
  const governance = {
    mode: 'batch',
    quorum_threshold_ppm: quorum,
    expiry_blocks: 7200,
    blocks_per_settlement: 50,
  };
  return { height: 1_204_871, providers: providers.length, governance };
}
