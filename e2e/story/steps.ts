import { treasuryMetrics } from '#e2e/node/metrics.ts';
import { healthyNode, type NodeState } from '#e2e/node/state.ts';
import { type ChangeName, finishing } from '#e2e/repository/changes.ts';
import { type CiState, type RunEnd, runsOn } from '#e2e/vendors/gate-runs.ts';
import { wholeGrafana } from '#e2e/vendors/grafana-holds.ts';
import type { StoryState } from './state.ts';
import { storyline } from './storyline.ts';

/** Something that can be made to happen in the demo's world. */
export interface Step {
  /** What people and programs call it. */
  readonly name: string;
  /** What happens. */
  readonly does: string;
  /** What to watch on the board, and by when it is there. */
  readonly watch: string;
  /** Pure. A step that has nothing to change gives the state back as it is. */
  readonly change: (state: StoryState) => StoryState;
}

const fee = 'energy_treasury_fee_total';
const ofTreasury = treasuryMetrics.map(({ name }) => name);

function node(change: Partial<NodeState>): Step['change'] {
  return (state) => {
    const next = { ...state.node, ...change };
    return JSON.stringify(next) === JSON.stringify(state.node) ? state : { ...state, node: next };
  };
}

const miss =
  (names: readonly string[]): Step['change'] =>
  (state) =>
    node({ missing: [...state.node.missing, ...names.filter((name) => !state.node.missing.includes(name))] })(
      state,
    );

const emit =
  (names: readonly string[]): Step['change'] =>
  (state) =>
    node({ missing: state.node.missing.filter((name) => !names.includes(name)) })(state);

/** Commits what is not on main yet, and has the candidate moved to it. */
function commit(...names: readonly ChangeName[]): Step['change'] {
  return (state) => {
    const changes = [...state.changes, ...names.filter((name) => !state.changes.includes(name))];
    const moved = changes.length > state.changes.length || state.candidate < changes.length;
    return moved ? { ...state, changes, candidate: changes.length } : state;
  };
}

const countOf = (state: StoryState, kind: string) =>
  state.changes.filter((name) => name.startsWith(`${kind}-`)).length;

const narrowGate: Step['change'] = (state) => {
  const narrowed = countOf(state, 'narrow-gate');
  return narrowed > countOf(state, 'widen-gate') ? state : commit(`narrow-gate-${narrowed + 1}`)(state);
};
const widenGate: Step['change'] = (state) => {
  const widened = countOf(state, 'widen-gate');
  return countOf(state, 'narrow-gate') > widened ? commit(`widen-gate-${widened + 1}`)(state) : state;
};

const withRun = (ci: CiState, at: number, end: RunEnd): CiState => {
  return { ...ci, runs: { ...ci.runs, [at]: [...runsOn(ci, at), end] } };
};

/** Runs the gate again on the candidate, unless its last run there ended like that. */
const runGate =
  (end: RunEnd): Step['change'] =>
  (state) => {
    const at = state.candidate - 1;
    return runsOn(state.ci, at).at(-1) === end ? state : { ...state, ci: withRun(state.ci, at, end) };
  };

/** Runs it again on each of the last three commits whose last run failed. */
const passGate: Step['change'] = (state) => {
  const row = [1, 2, 3].map((back) => state.candidate - back);
  const red = row.filter((at) => runsOn(state.ci, at).at(-1) === 'failed');
  if (red.length === 0) return state;
  return { ...state, ci: red.reduce((ci, at) => withRun(ci, at, 'passed'), state.ci) };
};

function requireGate(required: boolean): Step['change'] {
  return (state) => (state.ci.required === required ? state : { ...state, ci: { ...state.ci, required } });
}

function grafana(change: (held: StoryState['grafana']) => StoryState['grafana']): Step['change'] {
  return (state) => {
    const held = change(state.grafana);
    return JSON.stringify(held) === JSON.stringify(state.grafana) ? state : { ...state, grafana: held };
  };
}

const lost = 'Queue Depth by Status';
const losePanel = grafana((held) => ({
  ...held,
  withoutPanels: [...held.withoutPanels.filter((title) => title !== lost), lost],
}));
const drawEnergy = grafana((held) => ({
  ...held,
  withoutPanels: held.withoutPanels.filter((title) => title === lost),
}));

/** Every change on one state, one after the other. */
const all =
  (...changes: readonly Step['change'][]): Step['change'] =>
  (state) =>
    changes.reduce((now, change) => change(now), state);

function loaded(rules: StoryState['rules']): Step['change'] {
  return (state) => (state.rules === rules || state.prometheus === 'absent' ? state : { ...state, rules });
}

function prometheus(to: 'running' | 'stopped'): Step['change'] {
  return (state) =>
    state.prometheus === to || state.prometheus === 'absent' ? state : { ...state, prometheus: to };
}

const finish: Step['change'] = (state) => {
  const done = all(
    node(healthyNode),
    widenGate,
    commit(...finishing),
    passGate,
    requireGate(true),
    grafana(() => wholeGrafana),
    loaded('agreed'),
    prometheus('running'),
  )(state);
  return done === state
    ? state
    : { ...done, told: Math.max(done.told, storyline.indexOf('stop prometheus')) };
};

/** All that can be made to happen, in the order in which it is shown. */
export const steps: readonly Step[] = [
  {
    name: 'emit fee',
    does: `The node begins to emit ${fee}.`,
    watch: '“Energy metrics emitted” goes from 10 of 11 to 11 of 11 and turns green, within 20 s.',
    change: emit([fee]),
  },
  {
    name: 'break oracle',
    does: 'The oracle slows down: a reading takes about 18 s to verify.',
    watch: '“Oracle latency p95 under 10 s” turns red, within a minute.',
    change: node({ oracle: 'slow' }),
  },
  {
    name: 'fix oracle',
    does: 'The oracle is fast again: a reading takes about 4 s.',
    watch:
      '“Oracle latency p95 under 10 s” turns green, within two and a half minutes: its check looks a minute back.',
    change: node({ oracle: 'healthy' }),
  },
  {
    name: 'finish dashboard',
    does: 'The two missing panels are committed and imported into Grafana, and the candidate moves.',
    watch: '“Energy dashboard: 8 panels” and “Energy dashboard live in Grafana” turn green, within 20 s.',
    change: all(commit('energy-panels'), drawEnergy),
  },
  {
    name: 'finish gate',
    does: 'The gate learns to run in the merge queue, and the candidate moves.',
    watch: '“Gate on GitHub always reports” turns green, within 20 s.',
    change: commit('merge-queue'),
  },
  {
    name: 'fail gate run',
    does: 'The gate runs again on the candidate, and its replay fails.',
    watch:
      '“Gate green on three commits in a row” turns red, within a minute; under CI one sees in which stride.',
    change: runGate('failed'),
  },
  {
    name: 'fix gate run',
    does: 'The replay’s machine gets its disk back: the gate runs once more, and passes.',
    watch:
      '“Gate green on three commits in a row” turns green, within 30 s, and says that a run failed there before.',
    change: passGate,
  },
  {
    name: 'drop required',
    does: 'Somebody takes the gate off what main requires.',
    watch: '“Gate required on main” turns red, within a minute, though every run is green.',
    change: requireGate(false),
  },
  {
    name: 'require gate',
    does: 'The gate is required on main again.',
    watch: '“Gate required on main” turns green, within 30 s.',
    change: requireGate(true),
  },
  {
    name: 'move threshold',
    does: 'In Grafana somebody draws the critical lag at 900 s, and not at 600, as was agreed.',
    watch:
      '“Treasury dashboard live in Grafana” turns red, within 40 s; the Kit shows that the repository’s file is still right.',
    change: grafana((held) => ({ ...held, thresholdMoved: true })),
  },
  {
    name: 'fix dashboards',
    does: 'The kit’s dashboards are imported into Grafana again, each into its folder.',
    watch: '“Treasury dashboard live in Grafana” and that of energy turn green, within 20 s.',
    change: grafana(() => wholeGrafana),
  },
  {
    name: 'change rule',
    does: 'In Prometheus somebody has the alert of a stalled oracle wait 30 minutes, and not one, as was agreed.',
    watch:
      'No row turns: the alert is loaded and quiet. The Kit shows within a minute that Prometheus has drifted, and how.',
    change: loaded('patient'),
  },
  {
    name: 'load rules',
    does: 'The rules as agreed are loaded into Prometheus again.',
    watch: 'The Kit shows within a minute that what Prometheus runs is as agreed.',
    change: loaded('agreed'),
  },
  {
    name: 'fix bound',
    does: 'The alert of the critical lag fires at 600 s again, as was agreed, and not at 900; the candidate moves.',
    watch:
      '“Alert rules are the agreed ones” turns green, within 20 s. One bound still differs: the spec says why it is meant.',
    change: commit('lag-bound'),
  },
  {
    name: 'write audit',
    does: 'The diagnosis that the settlement audit’s runbook left open is written, and the candidate moves.',
    watch: '“Runbook: Settlement Audit” turns green, within 20 s.',
    change: commit('audit-runbook'),
  },
  {
    name: 'tick checklist',
    does: 'The last boxes are ticked, and the candidate moves.',
    watch:
      '“Readiness checklist ticked through” turns green, within 20 s. With all else green the board is ready for review.',
    change: commit('tick-energy', 'tick-gate', 'tick-launch'),
  },
  {
    name: 'stop prometheus',
    does: 'Prometheus stops.',
    watch:
      'What rests on it is marked silent within 20 s, Grafana’s panels within 40 s, and unknown after two minutes; then the board says “Cannot tell”. Nothing turns red.',
    change: prometheus('stopped'),
  },
  {
    name: 'start prometheus',
    does: 'Prometheus is there again.',
    watch: 'All that rests on it comes back without a hand, within a minute.',
    change: prometheus('running'),
  },
  {
    name: 'break gate',
    does: 'Somebody takes consensus out of the fuzzing, and the candidate moves.',
    watch: '“Gate on GitHub always reports” turns red, within 40 s.',
    change: narrowGate,
  },
  {
    name: 'fix gate',
    does: 'Consensus is fuzzed again, and the candidate moves.',
    watch: '“Gate on GitHub always reports” turns green, within 20 s.',
    change: widenGate,
  },
  {
    name: 'flake gate run',
    does: 'The gate runs again on the candidate: its replay fails, and passes when it is run a second time.',
    watch:
      '“Gate green on three commits in a row” says within 30 s that it passed on attempt 2, and which stride failed before; CI marks that stride as flaky.',
    change: runGate('flaky'),
  },
  {
    name: 'lose panel',
    does: 'In Grafana somebody deletes the treasury’s panel “Queue Depth by Status”.',
    watch: '“Treasury dashboard live in Grafana” turns red, within 40 s, and names the panel.',
    change: losePanel,
  },
  {
    name: 'move dashboard',
    does: 'In Grafana somebody puts the energy dashboard into another folder.',
    watch: '“Energy dashboard live in Grafana” turns red or stays it, within 40 s, and names the folder.',
    change: grafana((held) => ({ ...held, elsewhere: ['Energy'] })),
  },
  {
    name: 'lose metrics',
    does: 'The node stops emitting all six treasury metrics.',
    watch: '“Treasury metrics emitted” turns red, within 30 s; it says since when they are gone.',
    change: miss(ofTreasury),
  },
  {
    name: 'find metrics',
    does: 'The node emits the treasury metrics again.',
    watch: '“Treasury metrics emitted” turns green, within 20 s.',
    change: emit(ofTreasury),
  },
  {
    name: 'stall receipts',
    does: 'The ad market, one of four, emits no receipts.',
    watch: '“Receipts flow, alerts loaded” turns red, within two minutes: the slowest market counts.',
    change: node({ stoppedMarkets: ['ad'] }),
  },
  {
    name: 'resume receipts',
    does: 'The ad market emits receipts again.',
    watch: '“Receipts flow, alerts loaded” turns green, within 30 s.',
    change: node({ stoppedMarkets: [] }),
  },
  {
    name: 'break governance',
    does: 'The node reports a quorum over one million ppm, and no expiry.',
    watch: '“Energy settlement under governance” turns red, within 40 s. It is optional: readiness stays.',
    change: node({ governance: 'broken' }),
  },
  {
    name: 'fix governance',
    does: 'The node reports what governance set.',
    watch: '“Energy settlement under governance” turns green, within 20 s.',
    change: node({ governance: 'batch' }),
  },
  {
    name: 'move candidate',
    does: 'Something small is committed, and the candidate moves to it.',
    watch: 'The board names another commit at once; what reads files is checked again.',
    change: (state) => commit(`patch-${countOf(state, 'patch') + 1}`)(state),
  },
  {
    name: 'finish',
    does: 'All that is broken is mended, and all that is missing is there.',
    watch:
      'The board says “Ready for review”, within 20 s; after a slow oracle, within two and a half minutes.',
    change: finish,
  },
];

export type Told =
  | { readonly kind: 'changed' | 'unchanged'; readonly step: Step; readonly state: StoryState }
  | { readonly kind: 'no-such-step'; readonly asked: string }
  | { readonly kind: 'at-its-end' };

/** A name as steps have it: dashes and underscores for spaces, and capitals, are as good. */
export function nameOf(asked: string): string {
  return asked
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
    .slice(0, 100);
}

/** A step of that name applied to a state. `next` goes on where the story is, past steps that would change nothing. */
export function tell(asked: string, state: StoryState): Told {
  const name = nameOf(asked);
  if (name === 'next') return tellNext(state);
  const step = steps.find((one) => one.name === name);
  if (!step) return { kind: 'no-such-step', asked: name };
  const changed = step.change(state);
  if (changed === state) return { kind: 'unchanged', step, state };
  const taken = [...state.taken, name];
  return { kind: 'changed', step, state: { ...changed, taken, told: toldWith(taken, changed.told) } };
}

/** How far the story is told when these steps were taken, by `next` or by name. */
function toldWith(taken: readonly string[], told: number): number {
  const untold = storyline.findIndex((name, index) => index >= told && !taken.includes(name));
  return untold < 0 ? storyline.length : untold;
}

function tellNext(state: StoryState): Told {
  for (const [index, name] of storyline.entries()) {
    if (index < state.told) continue;
    const told = tell(name, { ...state, told: index + 1 });
    if (told.kind === 'changed') return told;
  }
  return { kind: 'at-its-end' };
}

/** The step that `next` would take, and which of the story's it is, from 1; null at its end. */
export function nextOf(state: StoryState): { readonly step: Step; readonly number: number } | null {
  const told = tellNext(state);
  return 'step' in told ? { step: told.step, number: storyline.indexOf(told.step.name) + 1 } : null;
}
