import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import { redactedMark } from '#lib/domain/observations/endpoint.ts';
import type { Observation } from '#lib/domain/question.ts';
import { endpoint } from './endpoint.ts';
import { registerCheck } from './register.ts';
import { specOf } from './spec.fixture.ts';

const kind = registerCheck(endpoint);
const url = 'http://node.example:8545/energy/market';

function boundOf(parameters: JsonObject): JsonObject {
  const bound = kind.bind({ path: '/energy/market', ...parameters }, specOf({}));
  if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
  return bound.bound;
}

function faultsOf(parameters: JsonObject): readonly string[] {
  const bound = kind.bind({ path: '/energy/market', ...parameters }, specOf({}));
  return bound.ok ? [] : bound.faults.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function judged(parameters: JsonObject, body: Json, tookMs = 84): Judgement {
  const observation: Observation = {
    question: { ask: 'json', source: 'node', path: '/energy/market' },
    observedAt: '2026-11-20T08:00:00.000Z',
    tookMs,
    outcome: { ok: true, value: { url, status: 200, tookMs, body } },
    answers: [],
  };
  const source = { id: 'node', title: 'Node', address: 'http://node.example:8545' };
  return kind.evaluate([observation], boundOf(parameters), {
    nowMs: Date.parse('2026-11-20T08:00:00Z'),
    source,
    commit: null,
    itemStates: new Map(),
  });
}

const when = (mode: string) => [{ at: '/governance/mode', equals: mode }];
const governance = {
  assert: [
    { at: '/governance/mode', oneOf: ['batch', 'real_time'] },
    { at: '/governance/quorum_threshold_ppm', greaterThan: 0, atMost: 1_000_000 },
    { at: '/governance/expiry_blocks', greaterThan: 0 },
    { at: '/governance/blocks_per_settlement', when: when('batch'), greaterThan: 0 },
    { at: '/governance/latency_bound_ms', when: when('real_time'), greaterThan: 0 },
  ],
};
const batch = { mode: 'batch', quorum_threshold_ppm: 670_000, expiry_blocks: 600, blocks_per_settlement: 30 };
const realTime = {
  mode: 'real_time',
  quorum_threshold_ppm: 1_000_000,
  expiry_blocks: 1,
  latency_bound_ms: 250,
};

describe('governance payloads of The Block', () => {
  test.each([batch, realTime])(
    'a right payload in mode $mode passes, over the four that apply',
    (payload) => {
      const { verdict, fact, toGreen } = judged(governance, { governance: payload });
      expect(verdict).toBe('pass');
      expect(fact.lead).toBe('4 of 4.');
      expect(toGreen).toEqual([]);
    },
  );

  test.each([
    [
      { ...batch, quorum_threshold_ppm: 1_000_001 },
      'quorum_threshold_ppm is 1000001, wanted more than 0 and at most 1000000',
    ],
    [{ ...batch, expiry_blocks: 0 }, 'expiry_blocks is 0, wanted more than 0'],
    [{ ...batch, blocks_per_settlement: 0 }, 'blocks_per_settlement is 0, wanted more than 0'],
    [{ ...realTime, latency_bound_ms: -1 }, 'latency_bound_ms is -1, wanted more than 0'],
    [{ ...realTime, latency_bound_ms: '250' }, 'latency_bound_ms is “250”, wanted more than 0'],
    [{ ...batch, mode: 'real_time' }, 'latency_bound_ms is not there, wanted more than 0'],
    [{ ...batch, mode: 'sometimes' }, 'mode is “sometimes”, wanted one of “batch”, “real_time”'],
  ])('%j fails and says the value', (payload, words) => {
    const { verdict, sentence, toGreen } = judged(governance, { governance: payload });
    expect(verdict).toBe('fail');
    expect(sentence).toContain(`governance.${words}`);
    expect(toGreen.join()).toContain(words);
  });
});

describe('what decides', () => {
  test('the values asserted do; the time taken and the rest of the body do not', () => {
    const one = judged(governance, { governance: batch }, 20);
    const other = judged(governance, { governance: batch, height: 12 }, 900);
    const changed = judged(governance, { governance: { ...batch, expiry_blocks: 601 } }, 20);
    expect(other.deciding).toEqual(one.deciding);
    expect(changed.deciding).not.toEqual(one.deciding);
    expect(other.readings).toMatchObject({ tookMs: 900, body: { height: 12 } });
  });

  test('of a value declared a reading, only whether it holds decides', () => {
    const height = { assert: [{ at: '/height', atLeast: 10, reading: true }] };
    expect(judged(height, { height: 11 }).deciding).toEqual(judged(height, { height: 12 }).deciding);
    expect(judged(height, { height: 9 }).deciding).not.toEqual(judged(height, { height: 12 }).deciding);
  });

  test('a body too long to show is left out of the readings, its asserted values are not', () => {
    const long = judged({ assert: [{ at: '/a', equals: 1 }] }, { a: 1, rest: 'x'.repeat(20_000) });
    expect(long.readings).toMatchObject({ body: null, values: { a: 1 } });
  });
});

describe('time', () => {
  const parameters = { within: '500ms', assert: [{ at: '/ok', equals: true }] };
  test('an answer in time passes, a late one fails with both numbers', () => {
    expect(judged(parameters, { ok: true }, 500).verdict).toBe('pass');
    const late = judged(parameters, { ok: true }, 2345);
    expect(late.verdict).toBe('fail');
    expect(late.sentence).toBe('/energy/market: it took 2.34 s, allowed are 500 ms.');
    expect(late.picture).toEqual({ kind: 'reports', tookMs: [2345], limitMs: 500 });
  });
});

describe('nothing is green by silence', () => {
  test('when no assertion applies it is unknown, not a pass over nothing', () => {
    const only = { assert: [{ at: '/x', when: when('batch'), equals: 1 }] };
    const { verdict, sentence } = judged(only, { governance: realTime });
    expect(verdict).toBe('unknown');
    expect(sentence).toContain('none of the assertions applies');
  });

  test('a value that was a secret cannot be compared: unknown, never red', () => {
    const body = { token: redactedMark };
    expect(judged({ assert: [{ at: '/token', equals: 'abc' }] }, body).verdict).toBe('unknown');
    expect(judged({ assert: [{ at: '/token', present: true }] }, body).verdict).toBe('pass');
    const schema = { properties: { token: { maxLength: 3 } } };
    expect(judged({ schema }, body).verdict).toBe('unknown');
  });

  test('members that every object inherits are not there', () => {
    expect(judged({ assert: [{ at: '/constructor', present: true }] }, {}).verdict).toBe('fail');
    expect(judged({ assert: [{ at: '/length', present: true }] }, []).verdict).toBe('fail');
  });
});

describe('values', () => {
  test.each<[JsonObject, Json, Judgement['verdict']]>([
    [{ at: '', equals: [1, { b: 2, a: 1 }] }, [1, { a: 1, b: 2 }], 'pass'],
    [{ at: '/a~1b/0/~0', equals: null }, { 'a/b': [{ '~': null }] }, 'pass'],
    [{ at: '/a/01', equals: 1 }, { a: [0, 1] }, 'fail'],
    [{ at: '/a', equals: 1 }, { a: '1' }, 'fail'],
    [{ at: '/a', atLeast: 1 }, { a: true }, 'fail'],
    [{ at: '/a', lessThan: 5 }, { a: 5 }, 'fail'],
    [{ at: '/supply', greaterThan: 9_007_199_254_740_991 }, { supply: '340282366920938463463' }, 'pass'],
    [{ at: '/supply', lessThan: 9_007_199_254_740_991 }, { supply: '340282366920938463463' }, 'fail'],
    [{ at: '/v', matches: '^v1\\.\\d+$' }, { v: 'v1.20' }, 'pass'],
    [{ at: '/v', matches: '^v1\\.\\d+$' }, { v: 'v1.20\nv2' }, 'fail'],
    [{ at: '/v', matches: '1' }, { v: 1 }, 'fail'],
    [{ at: '/debug', present: false }, { debug: null }, 'fail'],
    [{ at: '/debug', present: false }, {}, 'pass'],
  ])('%j over %j: %s', (assertion, body, verdict) => {
    expect(judged({ assert: [assertion] }, body).verdict).toBe(verdict);
  });
});

describe('schema', () => {
  const schema = {
    type: 'object',
    required: ['mode'],
    properties: { mode: { enum: ['batch'] }, ppm: { type: 'integer', maximum: 1_000_000 } },
  };
  test('a body that holds to it passes; one that does not says where and by how much', () => {
    expect(judged({ schema }, { mode: 'batch', ppm: 5 }).verdict).toBe('pass');
    const wrong = judged({ schema }, { mode: 'batch', ppm: 1_200_000 });
    expect(wrong.verdict).toBe('fail');
    expect(wrong.sentence).toContain('/ppm must be <= 1000000 (it is 1200000)');
    expect(wrong.deciding).toMatchObject({ schema: ['/ppm must be <= 1000000'] });
  });
});

describe('a spec that cannot be meant is refused with its place', () => {
  test.each<[JsonObject, string]>([
    [{}, ': say what the body must be'],
    [{ assert: [] }, 'assert: '],
    [{ assert: [{ at: 'mode', equals: 1 }] }, 'assert.0.at: write where the value stands as /key/key'],
    [{ assert: [{ at: '/mode' }] }, 'assert.0: say what is to hold there'],
    [{ assert: [{ at: '/a', atLeast: 5, lessThan: 5 }] }, 'assert.0: no number can be within these bounds'],
    [
      { assert: [{ at: '/a', present: false, equals: 1 }] },
      'assert.0: what is not there cannot hold `equals`',
    ],
    [{ assert: [{ at: '/a', matches: '(' }] }, 'assert.0: '],
    [{ assert: [{ at: '/a', equals: 1, when: [{ at: '/b', matches: '[' }] }] }, 'assert.0.when.0: '],
    [{ path: 'health', assert: [{ at: '', present: true }] }, 'path: write a path that begins with /'],
    [{ path: '/a\r\nb', assert: [{ at: '', present: true }] }, 'path: write a path'],
    [{ within: '2 s', assert: [{ at: '', present: true }] }, 'within: '],
    [{ schema: { typ: 'object' } }, 'schema: '],
    [{ schema: { description: 'x'.repeat(70_000) } }, 'schema: the schema is longer than 64 KiB'],
  ])('%j', (parameters, fault) => {
    expect(faultsOf(parameters)[0]).toContain(fault);
  });

  test('a pattern that makes other matchers hang is matched at once', () => {
    const hang = { assert: [{ at: '/v', matches: '^(a+)+$' }] };
    expect(judged(hang, { v: `${'a'.repeat(50_000)}!` }).verdict).toBe('fail');
  });
});

test('a long text is never cut through a character, which could not be kept', () => {
  const body = { mode: `${'a'.repeat(199)}😀${'b'.repeat(9)}` };
  const judgement = judged({ assert: [{ at: '/mode', equals: 'batch' }] }, body);
  expect(judgement.sentence.isWellFormed()).toBe(true);
  expect(JSON.stringify(judgement)).not.toMatch(/\\ud8/);
});
