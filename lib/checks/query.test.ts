import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Observation } from '#lib/domain/question.ts';
import { boundFault, holds, marginOf } from './metrics/bounds.ts';
import { context, promqlObservation, rangeObservation } from './metrics/seen.fixture.ts';
import { query } from './query.ts';
import { registerCheck } from './register.ts';
import { specOf } from './spec.fixture.ts';

const kind = registerCheck(query);

function judged(parameters: JsonObject, ...observations: readonly Observation[]) {
  const bound = kind.bind(parameters, specOf({}));
  if (!bound.ok) throw new Error(bound.faults[0]?.message);
  expect(kind.reads(bound.bound, 'prometheus').length).toBe(observations.length);
  const { verdict, quiet, sentence, deciding } = kind.evaluate(observations, bound.bound, context);
  return { verdict, quiet, sentence, deciding };
}

const hour = { over: '5m', step: '1m' };

describe('over a while', () => {
  test('the worst value decides, wherever it is', () => {
    const parameters = { expr: 'x', is: { atMost: 300 }, range: hour };
    expect(judged(parameters, rangeObservation(['1', '301', '2', '3', '4']))).toMatchObject({
      verdict: 'fail',
      sentence: 'The worst value over 5 min, at 1970-01-01 00:01:00 UTC, is 301; at most 300 is asked.',
    });
  });

  test('a step without data is a gap, not a good value', () => {
    const parameters = { expr: 'x', is: { atMost: 300 }, range: hour };
    expect(judged(parameters, rangeObservation(['1', null, '2', 'NaN', '4']))).toMatchObject({
      verdict: 'unknown',
      sentence: '2 min of 5 min are without data; the worst value of the rest is 4; at most 300 is asked.',
    });
    expect(judged(parameters, rangeObservation([null, null, null, null, null])).verdict).toBe('unknown');
  });

  test('a gap may be as long as is said, and no longer', () => {
    const parameters = { expr: 'x', is: { atMost: 300 }, range: { ...hour, gaps: '1m' } };
    expect(judged(parameters, rangeObservation(['1', null, '2', '3', '4'])).verdict).toBe('pass');
    expect(judged(parameters, rangeObservation(['1', null, '2', '3', null])).verdict).toBe('unknown');
  });

  test('what is quiet at a step excuses that step alone', () => {
    const parameters = { expr: 'x', is: { atMost: 300 }, range: hour, quietWhen: 'y == 0' };
    const main = rangeObservation(['1', null, 'NaN', '3', '4']);
    expect(judged(parameters, main, rangeObservation([null, '0', '0', null, null]))).toMatchObject({
      verdict: 'pass',
      quiet: true,
    });
    expect(judged(parameters, main, rangeObservation([null, '0', null, null, null])).verdict).toBe('unknown');
  });

  test('a bad value is bad though the rest has gaps', () => {
    const parameters = { expr: 'x', is: { atMost: 300 }, range: hour };
    expect(judged(parameters, rangeObservation([null, null, '301', null, null])).verdict).toBe('fail');
  });

  test('a value that was made up at a step is not judged, however good or bad', () => {
    const parameters = { expr: 'x or vector(0)', is: { atLeast: 1 }, range: hour };
    const made = judged(
      parameters,
      rangeObservation(['5', '0', '5', '5', '5']),
      rangeObservation(['5', null, '5', '5', '5']),
    );
    expect(made).toMatchObject({
      verdict: 'unknown',
      sentence:
        'The 0 comes from `or vector(0)` for 1 min of 5 min: `x` returned no data; at least 1 is asked.',
    });
  });
});

describe('evidence', () => {
  test('is the same for any value that holds, and for a quiet one', () => {
    const parameters = { expr: 'x', is: { atMost: 300 }, quietWhen: 'y == 0' };
    const one = judged(parameters, promqlObservation(['1']), promqlObservation([]));
    const other = judged(parameters, promqlObservation(['299']), promqlObservation([]));
    const quiet = judged(parameters, promqlObservation([]), promqlObservation(['0']));
    expect(other.deciding).toEqual(one.deciding);
    expect([quiet.quiet, quiet.deciding]).toEqual([true, one.deciding]);
  });

  test('names the series that do not hold', () => {
    const values = [
      [{ provider: 'a' }, '1'],
      [{ provider: 'b' }, '9'],
    ] as const;
    const each = judged({ expr: 'x', is: { atMost: 5 }, each: true }, promqlObservation(values));
    expect(each.deciding).toEqual({ outcome: 'violated', series: ['{"provider":"b"}'] });
  });
});

test('what Prometheus warns of is said; a cut answer is no pass', () => {
  const parameters = { expr: 'x', is: { atMost: 5 } };
  expect(judged(parameters, promqlObservation(['1'], { warnings: ['bucket is missing'] }))).toMatchObject({
    verdict: 'pass',
    sentence: 'The value is 1; at most 5 is asked. Prometheus warned: “bucket is missing”.',
  });
  expect(
    judged(parameters, promqlObservation(['1'], { warnings: ['results truncated due to limit'] })).verdict,
  ).toBe('unknown');
});

test.each([
  [{ expr: 'sum(x', is: { atMost: 1 } }, ['expr'], 'the PromQL does not parse: it ends too early'],
  [
    { expr: 'vector(0)', is: { atMost: 1 } },
    ['expr'],
    'the expression reads no metric, so it says the same whatever happens',
  ],
  [
    { expr: 'x[5m]', is: { atMost: 1 } },
    ['expr'],
    'the expression gives a range of samples or a text, not a value to compare',
  ],
  [{ expr: 'x', is: {} }, ['is'], 'names no bound; write for instance `atMost: 300`'],
  [{ expr: 'x', is: { atMost: 1, atLeast: 2 } }, ['is'], 'no value can meet these bounds together'],
  [{ expr: 'x', is: { below: 1, atLeast: 1 } }, ['is'], 'no value can meet these bounds together'],
  [
    { expr: 'x', is: { atMost: 1 }, quietWhen: '1 == 1' },
    ['quietWhen'],
    '`quietWhen` reads no metric, so it says the same whatever happens',
  ],
  [
    { expr: 'x', is: { atMost: 1 }, range: { over: '1m', step: '5m' } },
    ['range', 'step'],
    'the step is longer than the range',
  ],
  [
    { expr: 'x', is: { atMost: 1 }, range: { over: '30d', step: '1s' } },
    ['range', 'step'],
    'the range has more than 11000 steps, which Prometheus refuses: write a longer step',
  ],
])('finds what is wrong with %j', (parameters, path, message) => {
  expect(kind.bind(parameters, specOf({}))).toEqual({ ok: false, faults: [{ path, message }] });
});

test('of two values the one with the smaller margin is never the better one', () => {
  const bounds = fc.record(
    { atMost: fc.integer({ min: 0, max: 9 }), atLeast: fc.integer({ min: -9, max: 0 }) },
    { requiredKeys: ['atMost'] },
  );
  fc.assert(
    fc.property(bounds, fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }), (is, a, b) => {
      fc.pre(boundFault(is, []) === null);
      if (marginOf(a, is) <= marginOf(b, is) && holds(a, is)) expect(holds(b, is)).toBe(true);
    }),
  );
});
