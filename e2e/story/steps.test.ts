import { describe, expect, test } from 'vitest';
import { firstState, type StoryState } from './state.ts';
import { steps, storyline, tell } from './steps.ts';

function stateAfter(...asked: readonly string[]): StoryState {
  return asked.reduce((state, name) => {
    const told = tell(name, state);
    if (!('state' in told)) throw new Error(`${name}: ${told.kind}`);
    return told.state;
  }, firstState);
}

describe('steps', () => {
  test.each(steps.map(({ id }) => id))(
    '%s is the same done twice, but for a candidate that can always move',
    (id) => {
      const once = stateAfter(id);
      expect(tell(id, once).kind).toBe(id === 'move-candidate' ? 'changed' : 'unchanged');
    },
  );

  test.each([
    ['break-oracle', 'fix-oracle'],
    ['break-executor', 'fix-executor'],
    ['break-receipts', 'fix-receipts'],
    ['break-governance', 'fix-governance'],
    ['stop-prometheus', 'start-prometheus'],
    ['emit-fee-metric', 'lose-metrics'],
  ])('%s is undone by %s', (one, other) => {
    expect(stateAfter(one)).not.toEqual(firstState);
    expect(stateAfter(one, other)).toEqual(firstState);
  });

  test('what is committed is on main and not in the candidate until it is moved', () => {
    const committed = stateAfter('finish files', 'tick checklist');
    expect([committed.changes.length, committed.candidate]).toEqual([11, 5]);
    expect(stateAfter('finish files', 'tick checklist', 'move candidate').candidate).toBe(11);
  });

  test('a candidate with nothing to move to gets a new commit', () => {
    expect(stateAfter('move candidate', 'move candidate').changes.slice(-2)).toEqual(['patch-1', 'patch-2']);
  });

  test.each(['break oracle', 'Break  Oracle', ' BREAK_ORACLE '])('%j is a step’s name', (asked) => {
    expect(stateAfter(asked).node.oracle).toBe('slow');
  });

  test.each(['', 'brake oracle', '../next', '__proto__', 'toString'])('%j is not', (asked) => {
    expect(tell(asked, firstState).kind).toBe('no-such-step');
  });
});

describe('next', () => {
  test('tells every step of the story, each of which changes something, and then says that it is told', () => {
    let state = firstState;
    for (const id of storyline) {
      const told = tell('next', state);
      expect(told).toMatchObject({ kind: 'changed', step: { id } });
      if ('state' in told) state = told.state;
    }
    expect(tell('next', state)).toEqual({ kind: 'at-its-end' });
    expect(state).toMatchObject({
      node: { notYet: [], oracle: 'healthy', governance: 'batch' },
      prometheus: 'running',
    });
  });

  test('passes over what was done by hand before', () => {
    expect(stateAfter('emit-fee-metric', 'next').node.oracle).toBe('slow');
  });
});
