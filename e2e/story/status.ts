import { runsOn } from '#e2e/vendors/gate-runs.ts';
import type { StoryState } from './state.ts';
import { nextOf, steps } from './steps.ts';
import { storyline } from './storyline.ts';

/** Where the story is, in words: what comes next, then every step, those that were taken marked. */
export function statusText(state: StoryState): string {
  const next = nextOf(state);
  const words =
    next !== null
      ? `Next is step ${next.number} of ${storyline.length}: ${next.step.name}.`
      : 'The story is told. Every step can still be taken by its name.';
  return `${words}\n${howItIs(state)
    .map(([what, how]) => `  ${what}: ${how}`)
    .join('\n')}\n\n${stepList(state.taken)}`;
}

/** What the demo's world is like, a line each. */
export function howItIs(state: StoryState): readonly [string, string][] {
  const { node, prometheus, changes, candidate, ci, grafana } = state;
  return [
    ['Prometheus', prometheus === 'absent' ? 'not on this machine' : prometheus],
    ['Oracle', node.oracle],
    ['Governance', node.governance === 'broken' ? 'broken' : 'sound'],
    ['Markets without receipts', node.stoppedMarkets.join(', ') || 'none'],
    ['Metrics not emitted', node.missing.join(', ') || 'none'],
    ['Commits on main', `${changes.length}, of which the candidate has ${candidate}`],
    ['The gate’s runs on the candidate', runsOn(ci, candidate - 1).join(', then ') || 'none'],
    ['The gate on main', ci.required ? 'required' : 'not required'],
    ['Panels not in Grafana', grafana.withoutPanels.join(', ') || 'none'],
    ['Its bound of the lag', grafana.thresholdMoved ? '900 s' : '600 s'],
    ['Dashboards in another folder', grafana.elsewhere.join(', ') || 'none'],
  ];
}

/** Every step with what it does; `*` marks those that were taken. */
export function stepList(taken: readonly string[]): string {
  const width = Math.max(...steps.map(({ name }) => name.length));
  const lines = steps.map(({ name, does }) => {
    return `${taken.includes(name) ? '*' : ' '} ${name.padEnd(width)}  ${does}`;
  });
  return [
    `  ${'next'.padEnd(width)}  The next of the ${storyline.length} that tell the story.`,
    ...lines,
  ].join('\n');
}
