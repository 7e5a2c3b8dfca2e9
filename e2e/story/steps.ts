import type { NodeState } from '#e2e/node/state.ts';
import type { ChangeName } from '#e2e/repository/changes.ts';
import type { StoryState } from './state.ts';

/** Something that can be made to happen in the demo's world. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** One line: what happens, and what it shows. */
  readonly description: string;
  /** Pure. A step that has nothing to change gives the state back as it is. */
  readonly change: (state: StoryState) => StoryState;
}

const fee = 'energy_treasury_fee_total';

function node(change: Partial<NodeState>): Step['change'] {
  return (state) => {
    const same = Object.entries(change).every(
      ([key, value]) => JSON.stringify(state.node[key as keyof NodeState]) === JSON.stringify(value),
    );
    return same ? state : { ...state, node: { ...state.node, ...change } };
  };
}

function commit(...names: readonly ChangeName[]): Step['change'] {
  return (state) => {
    const missing = names.filter((name) => !state.changes.includes(name));
    return missing.length === 0 ? state : { ...state, changes: [...state.changes, ...missing] };
  };
}

function prometheus(to: StoryState['prometheus']): Step['change'] {
  return (state) => (state.prometheus === to ? state : { ...state, prometheus: to });
}

/** With nothing new on main, somebody commits something small first: a candidate moves to another commit. */
function moveCandidate(state: StoryState): StoryState {
  const patches = state.changes.filter((name) => name.startsWith('patch-')).length;
  const changes =
    state.candidate < state.changes.length
      ? state.changes
      : ([...state.changes, `patch-${patches + 1}`] satisfies readonly ChangeName[]);
  return { ...state, changes, candidate: changes.length };
}

/** All that can be made to happen, in the order in which it is shown. */
export const steps: readonly Step[] = [
  {
    id: 'emit-fee-metric',
    title: 'Emit the fee metric',
    description: `The node begins to emit ${fee}: energy’s coverage becomes whole.`,
    change: (state) => node({ notYet: state.node.notYet.filter((name) => name !== fee) })(state),
  },
  {
    id: 'lose-metrics',
    title: 'Lose a metric',
    description: `The node emits ${fee} no more: seen before, and gone.`,
    change: (state) =>
      state.node.notYet.includes(fee) ? state : node({ notYet: [...state.node.notYet, fee] })(state),
  },
  {
    id: 'break-oracle',
    title: 'Break the oracle',
    description: 'Readings take about 18 s to verify: the item fails, and after a minute its alert fires.',
    change: node({ oracle: 'slow' }),
  },
  {
    id: 'fix-oracle',
    title: 'Fix the oracle',
    description: 'Readings take about 4 s again: green comes back within a minute or two.',
    change: node({ oracle: 'healthy' }),
  },
  {
    id: 'break-executor',
    title: 'Slow the executor',
    description: 'Disbursements lag by about 420 s: over the warning, under the critical bound.',
    change: node({ executor: 'slow' }),
  },
  {
    id: 'fix-executor',
    title: 'Mend the executor',
    description: 'Disbursements lag by about 170 s again; ten minutes remember that they did not.',
    change: node({ executor: 'healthy' }),
  },
  {
    id: 'break-receipts',
    title: 'Stop the ad market',
    description: 'One of four markets emits no receipts: the slowest market is what counts.',
    change: node({ stoppedMarkets: ['ad'] }),
  },
  {
    id: 'fix-receipts',
    title: 'Start the ad market',
    description: 'All four markets emit receipts again.',
    change: node({ stoppedMarkets: [] }),
  },
  {
    id: 'break-governance',
    title: 'Break the governance block',
    description: 'The node reports a quorum over one million ppm and no expiry: the payload no longer fits.',
    change: node({ governance: 'broken' }),
  },
  {
    id: 'fix-governance',
    title: 'Fix the governance block',
    description: 'The node reports batch settlement as governance set it.',
    change: node({ governance: 'batch' }),
  },
  {
    id: 'finish-files',
    title: 'Commit what is missing',
    description:
      'Two panels, the merge queue and the audit’s runbook are committed; the candidate does not have them yet.',
    change: commit('energy-panels', 'merge-queue', 'audit-runbook'),
  },
  {
    id: 'tick-checklist',
    title: 'Tick the checklist',
    description: 'The open boxes are ticked on main; the board goes on reading the candidate.',
    change: commit('tick-energy', 'tick-gate', 'tick-launch'),
  },
  {
    id: 'move-candidate',
    title: 'Move the candidate',
    description: 'The candidate is pinned to the newest commit of main.',
    change: moveCandidate,
  },
  {
    id: 'stop-prometheus',
    title: 'Stop Prometheus',
    description: 'What rests on it goes silent, and unknown when its age is over; nothing turns red for it.',
    change: prometheus('stopped'),
  },
  {
    id: 'start-prometheus',
    title: 'Start Prometheus',
    description: 'It answers again, and all comes back without a hand.',
    change: prometheus('running'),
  },
];

/** What `next` does, one after the other: five minutes that show a board at work. */
export const storyline: readonly string[] = [
  'emit-fee-metric',
  'break-oracle',
  'fix-oracle',
  'finish-files',
  'tick-checklist',
  'move-candidate',
  'stop-prometheus',
  'start-prometheus',
  'break-governance',
  'fix-governance',
];

export type Told =
  | { readonly kind: 'changed' | 'unchanged'; readonly step: Step; readonly state: StoryState }
  | { readonly kind: 'no-such-step'; readonly asked: string }
  | { readonly kind: 'at-its-end' };

/**
 * A step of that name applied to a state. `next` goes on where the story is, past steps that would change nothing.
 * Names may have spaces for dashes.
 */
export function tell(asked: string, state: StoryState): Told {
  const name = asked
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')
    .slice(0, 100);
  if (name === 'next') return tellNext(state);
  const step = steps.find(({ id }) => id === name);
  if (!step) return { kind: 'no-such-step', asked: name };
  const changed = step.change(state);
  return { kind: changed === state ? 'unchanged' : 'changed', step, state: changed };
}

function tellNext(state: StoryState): Told {
  for (const [index, id] of storyline.entries()) {
    const step = index < state.told ? undefined : steps.find((one) => one.id === id);
    const changed = step?.change(state);
    if (step && changed && changed !== state)
      return { kind: 'changed', step, state: { ...changed, told: index + 1 } };
  }
  return { kind: 'at-its-end' };
}
