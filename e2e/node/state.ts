/** What the simulated node is made to do. Plain data: the story changes it, the simulation reads it. */
export interface NodeState {
  /** Metrics that it does not emit: not a line of them is exposed. */
  readonly missing: readonly string[];
  /** A slow oracle verifies readings in about 18 s at the 95th percentile, a healthy one in about 4. */
  readonly oracle: 'healthy' | 'slow';
  /** Markets that emit no receipts. */
  readonly stoppedMarkets: readonly string[];
  /** What its governance block says; `broken` says what no chain may. */
  readonly governance: 'batch' | 'real_time' | 'broken';
}

/** A node that does all it should. */
export const healthyNode: NodeState = {
  missing: [],
  oracle: 'healthy',
  stoppedMarkets: [],
  governance: 'batch',
};
