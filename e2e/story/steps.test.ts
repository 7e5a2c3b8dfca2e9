import { describe, expect, test } from 'vitest';
import { healthyNode } from '#e2e/node/state.ts';
import { finishing } from '#e2e/repository/changes.ts';
import { runsOn } from '#e2e/vendors/gate-runs.ts';
import { wholeGrafana } from '#e2e/vendors/grafana-holds.ts';
import { firstState, type StoryState } from './state.ts';
import { steps, tell } from './steps.ts';
import { storyline } from './storyline.ts';

function stateAfter(...asked: readonly string[]): StoryState {
  return asked.reduce((state, name) => {
    const told = tell(name, state);
    if (!('state' in told)) throw new Error(`${name}: ${told.kind}`);
    return told.state;
  }, firstState);
}

const withoutTaken = ({ taken: _taken, told: _told, ...state }: StoryState) => state;
/** How many commits main has when the story begins. */
const first = firstState.changes.length;

describe('steps', () => {
  test.each(steps.map(({ name }) => name))('%s changes nothing more when it is taken twice', (name) => {
    const again = tell(name, stateAfter(name)).kind;
    expect(again).toBe(name === 'move candidate' ? 'changed' : 'unchanged');
  });

  test.each([
    ['break oracle', 'fix oracle'],
    ['stall receipts', 'resume receipts'],
    ['break governance', 'fix governance'],
    ['stop prometheus', 'start prometheus'],
    ['lose metrics', 'find metrics'],
    ['drop required', 'require gate'],
    ['change rule', 'load rules'],
  ])('%s is undone by %s', (one, other) => {
    expect(withoutTaken(stateAfter(one))).not.toEqual(withoutTaken(firstState));
    expect(withoutTaken(stateAfter(one, other))).toEqual(withoutTaken(firstState));
  });

  test('a gate is broken and fixed by commits, as often as one likes, and the candidate goes along', () => {
    const state = stateAfter('break gate', 'fix gate', 'break gate', 'fix gate');
    expect(state.changes.slice(first)).toEqual([
      'narrow-gate-1',
      'widen-gate-1',
      'narrow-gate-2',
      'widen-gate-2',
    ]);
    expect(state.candidate).toBe(first + 4);
    expect(tell('fix gate', state).kind).toBe('unchanged');
  });

  test('a gate’s run that failed is mended on each commit of the row, and stays told', () => {
    const state = stateAfter('fail gate run', 'move candidate', 'fail gate run', 'fix gate run');
    expect(runsOn(state.ci, first - 1)).toEqual(['passed', 'failed', 'passed']);
    expect(runsOn(state.ci, first)).toEqual(['passed', 'failed', 'passed']);
    expect(tell('fix gate run', state).kind).toBe('unchanged');
  });

  test('what was done to Grafana is undone by an import of the kit', () => {
    const state = stateAfter('lose panel', 'move threshold', 'move dashboard', 'fix dashboards');
    expect(state.grafana).toEqual(wholeGrafana);
  });

  test('a commit that the candidate could not be moved to is moved to by the same step, taken again', () => {
    const unmoved = { ...stateAfter('finish dashboard'), candidate: firstState.candidate };
    expect(tell('finish dashboard', unmoved)).toMatchObject({
      kind: 'changed',
      state: { candidate: first + 1 },
    });
  });

  test('without a Prometheus none is stopped or started', () => {
    const absent: StoryState = { ...firstState, prometheus: 'absent' };
    expect(tell('stop prometheus', absent).kind).toBe('unchanged');
    expect(tell('start prometheus', absent).kind).toBe('unchanged');
    expect(tell('change rule', absent).kind).toBe('unchanged');
  });

  test.each(['break oracle', 'Break  Oracle', ' BREAK_ORACLE ', 'break-oracle'])(
    '%j is a step’s name',
    (asked) => {
      expect(stateAfter(asked).node.oracle).toBe('slow');
    },
  );

  test.each(['', 'brake oracle', '../next', '__proto__', 'toString'])('%j is not', (asked) => {
    expect(tell(asked, firstState).kind).toBe('no-such-step');
  });
});

describe('next', () => {
  test('tells every step of the story, each of which changes something, and then says that it is told', () => {
    let state = firstState;
    for (const name of storyline) {
      const told = tell('next', state);
      expect(told).toMatchObject({ kind: 'changed', step: { name } });
      if ('state' in told) state = told.state;
    }
    expect(tell('next', state)).toEqual({ kind: 'at-its-end' });
    expect(state).toMatchObject({
      node: healthyNode,
      candidate: first + finishing.length,
      prometheus: 'running',
    });
    expect(state.taken).toEqual(storyline);
  });

  test('passes over what was told by hand', () => {
    expect(tell('next', stateAfter('emit fee', 'break oracle', 'fix oracle'))).toMatchObject({
      step: { name: 'finish dashboard' },
    });
  });

  test('comes to what was left out when something later was done by hand', () => {
    expect(stateAfter('tick checklist', 'next').node.missing).toEqual([]);
  });

  test('passes over what is so already', () => {
    expect(stateAfter('emit fee', 'next').node.oracle).toBe('slow');
  });
});

describe('finish', () => {
  test('brings all to the good end, whatever was broken', () => {
    const broken = steps
      .map(({ name }) => name)
      .filter((name) =>
        /^(break|lose|stall|stop|fail|drop|change rule|move threshold|move dashboard)/.test(name),
      );
    const state = stateAfter(...broken, 'finish');
    expect(state).toMatchObject({ node: healthyNode, prometheus: 'running', grafana: wholeGrafana });
    expect(state.rules).toBe('agreed');
    expect(state.ci.required).toBe(true);
    for (const back of [1, 2, 3]) expect(runsOn(state.ci, state.candidate - back).at(-1)).toBe('passed');
    expect(state.changes).toEqual(expect.arrayContaining(['widen-gate-1', ...finishing]));
    expect(state.candidate).toBe(state.changes.length);
  });

  test('is followed by a Prometheus that stops', () => {
    const told = tell('next', stateAfter('finish'));
    expect(told).toMatchObject({
      step: { name: 'stop prometheus' },
      state: { told: storyline.indexOf('stop prometheus') + 1 },
    });
  });
});
