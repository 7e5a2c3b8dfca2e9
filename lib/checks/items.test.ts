import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Spec } from '#lib/domain/spec.ts';
import type { ItemState } from '#lib/domain/verdict.ts';
import { items } from './items.ts';
import { registerCheck } from './register.ts';
import { itemOf, specOf } from './spec.fixture.ts';

const kind = registerCheck(items);

function evaluate(parameters: JsonObject, spec: Spec, states: Record<string, ItemState>) {
  const bound = kind.bind(parameters, spec);
  if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
  const itemStates = new Map(Object.entries(states));
  return kind.evaluate([], bound.bound, { nowMs: 0, source: null, commit: null, itemStates });
}

function faults(parameters: JsonObject, spec: Spec) {
  const bound = kind.bind(parameters, spec);
  return bound.ok ? [] : bound.faults.map(({ message }) => message);
}

const three = specOf({ energy: [itemOf('a'), itemOf('b'), itemOf('c', { level: 'optional' })] });

describe('what it comes to', () => {
  test('passes when every blocker is ready, waived or not applicable, and looks at no other level', () => {
    const { verdict, fact, toGreen } = evaluate({ track: 'energy' }, three, {
      a: 'waived',
      b: 'not-applicable',
      c: 'fail',
    });
    expect({ verdict, lead: fact.lead, toGreen }).toEqual({ verdict: 'pass', lead: '2 of 2.', toGreen: [] });
  });

  test.each([
    ['fail', 'fail'],
    ['unknown', 'unknown'],
    ['stale', 'stale'],
    ['claimed', 'claimed'],
    ['held', 'claimed'],
    ['unsigned', 'claimed'],
    ['waived', 'pass'],
    ['not-applicable', 'pass'],
    ['ready', 'pass'],
  ] as const)('a child that is %s makes it %s', (state, verdict) => {
    expect(evaluate({ items: ['a', 'b'] }, three, { a: 'ready', b: state }).verdict).toBe(verdict);
  });

  test('a child the board knows nothing of makes it unknown', () => {
    const judgement = evaluate({ items: ['a', 'b'] }, three, { a: 'ready' });
    expect(judgement.verdict).toBe('unknown');
    expect(judgement.sentence).toBe('1 of 2. Open: Item b (unknown: not judged yet)');
  });

  test('an unknown child is not averaged away by many ready ones', () => {
    const many = Array.from({ length: 200 }, (_, index) => itemOf(`i${index}`));
    const states = Object.fromEntries(many.map(({ id }) => [id, 'ready' as ItemState]));
    const { verdict, fact } = evaluate({ track: 't' }, specOf({ t: many }), { ...states, i7: 'unknown' });
    expect([verdict, fact.lead]).toEqual(['unknown', '199 of 200.']);
  });

  test('a track without an item of the level proves nothing', () => {
    const { verdict, fact } = evaluate({ track: 'energy', level: 'recommended' }, three, {});
    expect([verdict, fact.lead]).toEqual(['unknown', '0 of 0.']);
  });

  test('names what is open and what each wants', () => {
    const { sentence, toGreen } = evaluate({ track: 'energy' }, three, { a: 'fail', b: 'unsigned' });
    expect(sentence).toBe('0 of 2. Open: Item a (fail), Item b (unsigned)');
    expect(toGreen).toEqual(['Item a: put right what fails', 'Item b: gather the signatures that are due']);
  });
});

describe('each leaf counts once', () => {
  const nested = specOf({
    a: [itemOf('a1'), itemOf('a2'), itemOf('a-done', { sums: [{ track: 'a' }] })],
    all: [
      itemOf('both', { sums: [{ items: ['a-done', 'a1'] }] }),
      itemOf('everything', { sums: [{ items: ['both', 'a-done', 'a1', 'a2'] }] }),
    ],
  });

  test('under two sums and by its own name', () => {
    const states = { a1: 'ready', a2: 'fail', 'a-done': 'fail', both: 'fail' } as const;
    const { fact, deciding } = evaluate({ items: ['both', 'a-done', 'a1', 'a2'] }, nested, states);
    expect(fact.lead).toBe('1 of 2.');
    expect(deciding).toEqual({ states: { a1: 'ready', a2: 'fail' } });
  });

  test('named twice in one list', () => {
    expect(evaluate({ items: ['a1', 'a1'] }, nested, { a1: 'ready' }).fact.lead).toBe('1 of 1.');
  });

  test('a sum that waits for its own signature counts although its leaves are ready', () => {
    const states = { a1: 'ready', a2: 'ready', 'a-done': 'unsigned' } as const;
    const { verdict, fact } = evaluate({ items: ['a-done'] }, nested, states);
    expect([verdict, fact.lead]).toEqual(['claimed', '2 of 3.']);
  });
});

describe('what the spec must bear out', () => {
  test.each<[JsonObject, string]>([
    [{ track: 'nowhere' }, 'no track "nowhere" in this spec; it has: energy'],
    [{ items: ['a', 'z'] }, 'no item "z" in this spec'],
    [{}, 'name either a track or a list of items, and not both'],
    [{ track: 'energy', items: ['a'] }, 'name either a track or a list of items, and not both'],
    [
      { items: ['a'], level: 'blocker' },
      'a level goes with a track; a list of items takes each one it names',
    ],
  ])('%j', (parameters, message) => {
    expect(faults(parameters, three)).toEqual([message]);
  });

  test('attack 16: a cycle between items is named', () => {
    const spec = specOf({
      t: [
        itemOf('x', { sums: [{ items: ['y'] }] }),
        itemOf('y', { sums: [{ items: ['z'] }] }),
        itemOf('z', { sums: [{ items: ['x'] }] }),
      ],
    });
    expect(faults({ items: ['y'] }, spec)).toEqual([
      'these items wait for each other: y → z → x → y; take one of them out',
    ]);
  });

  test('attack 16: a cycle through tracks is named', () => {
    const spec = specOf({
      one: [itemOf('x', { sums: [{ track: 'two' }] })],
      two: [itemOf('y', { sums: [{ track: 'one' }] })],
    });
    expect(faults({ track: 'two' }, spec)[0]).toContain('y → x → y');
  });

  test('two thousand sums in a row, the most a list may name, neither overflow nor hang', () => {
    const chain = Array.from({ length: 2000 }, (_, index) =>
      itemOf(`i${index}`, index === 1999 ? {} : { sums: [{ items: [`i${index + 1}`] }] }),
    );
    const states = Object.fromEntries(chain.map(({ id }) => [id, 'ready' as const]));
    expect(evaluate({ items: ['i0'] }, specOf({ t: chain }), states).fact.lead).toBe('1 of 1.');
  });
});
