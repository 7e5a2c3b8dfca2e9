import type { NodeState } from '#e2e/node/state.ts';
import type { LoadedRules } from '#e2e/prometheus/loaded-rules.ts';
import type { ChangeName } from '#e2e/repository/changes.ts';
import type { VendorState } from '#e2e/vendors/start.ts';
import type { StoryState } from './state.ts';

/** The demo's world, as the story moves it. What fails is thrown as an error whose message a person can act on. */
export interface World {
  readonly setNode: (state: NodeState) => void;
  /** Brings the repository's main to hold these changes. */
  readonly commit: (changes: readonly ChangeName[]) => Promise<void>;
  /** Has GitHub, GitLab and Grafana show this, and what main holds by now. */
  readonly showVendors: (state: VendorState) => Promise<void>;
  readonly loadRules: (loaded: LoadedRules) => Promise<void>;
  readonly startPrometheus: () => Promise<void>;
  readonly stopPrometheus: () => Promise<void>;
  /** Has the launch's candidate moved to the newest commit of main, by the verb that people use. */
  readonly moveCandidate: () => Promise<void>;
}

/**
 * Makes the world follow from one state to another, part by part. `state` is how far it came: when a part fails, the
 * parts before it are done and `failure` says what went wrong.
 */
export async function bringAbout(
  from: StoryState,
  to: StoryState,
  world: World,
): Promise<{ readonly state: StoryState; readonly failure: string | null }> {
  let state: StoryState = from;
  try {
    if (to.node !== from.node) {
      world.setNode(to.node);
      state = { ...state, node: to.node };
    }
    if (to.changes.length !== from.changes.length) {
      await world.commit(to.changes);
      state = { ...state, changes: to.changes };
    }
    if (to.ci !== from.ci || to.grafana !== from.grafana || to.changes.length !== from.changes.length) {
      await world.showVendors(to);
      state = { ...state, ci: to.ci, grafana: to.grafana };
    }
    if (to.rules !== from.rules) {
      await world.loadRules(to.rules);
      state = { ...state, rules: to.rules };
    }
    if (to.candidate !== from.candidate) {
      await world.moveCandidate();
      state = { ...state, candidate: to.candidate };
    }
    if (to.prometheus !== from.prometheus) {
      await (to.prometheus === 'running' ? world.startPrometheus() : world.stopPrometheus());
      state = { ...state, prometheus: to.prometheus };
    }
  } catch (error) {
    return { state, failure: error instanceof Error ? error.message : String(error) };
  }
  return { state: to, failure: null };
}
