import type { NodeState } from './state.ts';

/** A block a second, as the launch's spec has it. */
const blocksPerSecond = 1;
const firstBlock = 184_200;

/** What the node says of its energy market at `/energy/market`. A broken governance block says what no chain may. */
export function energyMarket(seconds: number, state: NodeState): object {
  const height = firstBlock + Math.floor(seconds * blocksPerSecond);
  return {
    height,
    epoch: Math.floor(height / 600),
    providers: { registered: 24, active: 22 },
    settlement: { last_height: height - (height % 30), oracle: state.oracle },
    governance: governanceOf(state),
  };
}

function governanceOf({ governance }: NodeState): object {
  switch (governance) {
    case 'batch':
      return { mode: 'batch', quorum_threshold_ppm: 667_000, expiry_blocks: 7200, blocks_per_settlement: 30 };
    case 'real_time':
      return {
        mode: 'real_time',
        quorum_threshold_ppm: 667_000,
        expiry_blocks: 7200,
        latency_bound_ms: 1500,
      };
    case 'broken':
      return { mode: 'batch', quorum_threshold_ppm: 1_500_000, expiry_blocks: 0 };
  }
}
