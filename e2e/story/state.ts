import { healthyNode, type NodeState } from '#e2e/node/state.ts';
import { type ChangeName, firstChanges } from '#e2e/repository/changes.ts';

/** How the demo's world is meant to be. Plain data: steps change it, and `bringAbout` makes the world follow. */
export interface StoryState {
  readonly node: NodeState;
  /** The repository's commits on main. */
  readonly changes: readonly ChangeName[];
  /** How many of them the candidate has. */
  readonly candidate: number;
  /** `absent`: none is installed, and no step brings one. */
  readonly prometheus: 'running' | 'stopped' | 'absent';
  /** How far `next` has told the story. */
  readonly told: number;
  /** The steps that were taken, by name. */
  readonly taken: readonly string[];
}

/** Where the demo begins: most of it stands, some of it does not, and it can be seen which. */
export const firstState: StoryState = {
  node: { ...healthyNode, missing: ['energy_treasury_fee_total'] },
  changes: firstChanges,
  candidate: firstChanges.length,
  prometheus: 'running',
  told: 0,
  taken: [],
};
