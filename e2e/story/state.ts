import { healthyNode, type NodeState } from '#e2e/node/state.ts';
import type { LoadedRules } from '#e2e/prometheus/loaded-rules.ts';
import { type ChangeName, firstChanges } from '#e2e/repository/changes.ts';
import type { CiState } from '#e2e/vendors/gate-runs.ts';
import { type GrafanaState, wholeGrafana } from '#e2e/vendors/grafana-holds.ts';

/** How the demo's world is meant to be. Plain data: steps change it, and `bringAbout` makes the world follow. */
export interface StoryState {
  readonly node: NodeState;
  /** The repository's commits on main. */
  readonly changes: readonly ChangeName[];
  /** How many of them the candidate has. */
  readonly candidate: number;
  /** The gate at GitHub and GitLab. */
  readonly ci: CiState;
  readonly grafana: GrafanaState;
  readonly rules: LoadedRules;
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
  ci: { runs: firstRuns(), required: true },
  grafana: { ...wholeGrafana, withoutPanels: ['Pending Credits', 'Signature Failures'] },
  rules: 'agreed',
  prometheus: 'running',
  told: 0,
  taken: [],
};

/** A gate that took a while to become steady: red at first, and now and then later. */
function firstRuns(): CiState['runs'] {
  const at = (name: ChangeName) => firstChanges.indexOf(name);
  return {
    [at('start')]: [],
    [at('watch')]: [],
    [at('gate')]: ['failed'],
    [at('runbooks')]: ['by-paths'],
    [at('oracle-retry')]: ['failed', 'passed'],
    [at('slash-reason')]: ['failed'],
    [at('dispute-window')]: ['flaky'],
  };
}
