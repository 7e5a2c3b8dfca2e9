import { healthyNode, type NodeCondition } from './node-metrics.ts';
import { boxCount, type RepositoryState } from './repository-files.ts';

/** All that the story moves. */
export interface StoryState {
  readonly node: NodeCondition;
  readonly repository: RepositoryState;
  readonly prometheus: 'up' | 'down';
}

/** Where it begins: a launch a week before its day, with work left. */
export const beginning: StoryState = {
  node: { ...healthyNode, feeEmitted: false },
  repository: { energyPanels: 6, ticked: boxCount - 5, gateWhole: false },
  prometheus: 'up',
};

export interface StoryStep {
  readonly name: string;
  /** What it does, for people. */
  readonly words: string;
  readonly apply: (state: StoryState) => StoryState;
}

const node =
  (change: Partial<NodeCondition>) =>
  (state: StoryState): StoryState => {
    return { ...state, node: { ...state.node, ...change } };
  };
const repository =
  (change: Partial<RepositoryState>) =>
  (state: StoryState): StoryState => {
    return { ...state, repository: { ...state.repository, ...change } };
  };

/** Every step, in the order in which `next` takes them. */
export const steps: readonly StoryStep[] = [
  {
    name: 'emit fee',
    words: 'The node begins to emit the fee metric: energy coverage becomes whole.',
    apply: node({ feeEmitted: true }),
  },
  {
    name: 'finish dashboard',
    words: 'The two missing panels are committed, and the candidate moves.',
    apply: repository({ energyPanels: 8 }),
  },
  {
    name: 'finish gate',
    words: 'The gate learns the merge queue, and the candidate moves.',
    apply: repository({ gateWhole: true }),
  },
  {
    name: 'tick checklist',
    words: 'The last boxes are ticked, and the candidate moves.',
    apply: repository({ ticked: boxCount }),
  },
  {
    name: 'break oracle',
    words: 'The oracle slows down to some 18 s: its item fails within a minute.',
    apply: node({ oracleSlow: true }),
  },
  {
    name: 'fix oracle',
    words: 'The oracle is fast again: its item passes within two minutes.',
    apply: node({ oracleSlow: false }),
  },
  {
    name: 'stop prometheus',
    words: 'Prometheus stops: its items go silent, then unknown. Nothing turns red.',
    apply: (state) => ({ ...state, prometheus: 'down' }),
  },
  {
    name: 'start prometheus',
    words: 'Prometheus is back: everything over it comes back without a hand.',
    apply: (state) => ({ ...state, prometheus: 'up' }),
  },
  {
    name: 'lose metrics',
    words: 'The treasury stops being scraped: six metrics are gone at once.',
    apply: node({ treasuryLost: true }),
  },
  { name: 'find metrics', words: 'The treasury is scraped again.', apply: node({ treasuryLost: false }) },
  {
    name: 'stall receipts',
    words: 'The ad market stops emitting receipts.',
    apply: node({ adStalled: true }),
  },
  { name: 'resume receipts', words: 'The ad market emits again.', apply: node({ adStalled: false }) },
  {
    name: 'break governance',
    words: 'Governance answers with an impossible quorum.',
    apply: node({ governanceBroken: true }),
  },
  {
    name: 'fix governance',
    words: 'Governance answers soundly again.',
    apply: node({ governanceBroken: false }),
  },
];

/** A step by its name, or `next`: the first, in order, that would change anything. Null when there is none. */
export function findStep(name: string, taken: readonly string[]): StoryStep | null {
  if (name !== 'next') return steps.find((step) => step.name === name) ?? null;
  return steps.find((step) => !taken.includes(step.name)) ?? null;
}
