import { describe, expect, test } from 'vitest';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import { metric } from './metric.ts';
import { absentOf, context, metricObservation, promqlObservation, seenOf } from './metrics/seen.fixture.ts';
import { registerCheck } from './register.ts';
import { declare } from './situations/situation.ts';
import { specOf } from './spec.fixture.ts';

const kind = registerCheck(metric);
const spec = specOf({}, { metrics: [declare('treasury_balance', { type: 'gauge', group: 'treasury' })] });

function bound(parameters: Parameters<typeof kind.bind>[0]) {
  const result = kind.bind(parameters, spec);
  if (!result.ok) throw new Error(result.faults[0]?.message);
  return result.bound;
}

function judged(
  seen: MetricSeen,
  parameters: Parameters<typeof kind.bind>[0] = { metric: 'a', minSeries: 1 },
  commit: string | null = null,
) {
  return kind.evaluate([metricObservation(seen)], bound(parameters), { ...context, commit });
}

describe('binding', () => {
  test('fills in the inventory’s declaration, over which the check has its say', () => {
    expect(bound({ metric: 'treasury_balance', minSeries: 3, freshWithin: '10m' })).toEqual({
      metric: {
        name: 'treasury_balance',
        type: 'gauge',
        group: 'treasury',
        labels: [],
        minSeries: 3,
        absentUntilFirst: false,
        freshWithinMs: 600_000,
        job: null,
        quietWhen: null,
      },
    });
  });

  test('parameters stay as written, so that they can be parsed again', () => {
    const written = { metric: 'a', freshWithin: '10m', labels: { status: { required: ['x'] } } };
    expect(metric.parameters.parse(metric.parameters.parse(written))).toEqual(written);
  });

  test.each([
    [
      { metric: 'treasury_balanse' },
      ['metric'],
      'the spec declares no metric `treasury_balanse`; did you mean `treasury_balance`?',
    ],
    [{ metric: 'x_total' }, ['metric'], 'the spec declares no metric `x_total`'],
    [
      { metric: 'a', freshWithin: '10 minutes' },
      ['freshWithin'],
      '`minutes` in `10 minutes` is not a unit. Write `10m`.',
    ],
    [{ metric: 'a', quietWhen: 'sum(' }, ['quietWhen'], 'the PromQL does not parse: it ends too early'],
    [
      { metric: 'a', quietWhen: 'vector(1)' },
      ['quietWhen'],
      '`quietWhen` reads no metric, so it says the same whatever happens',
    ],
  ])('finds what is wrong with %j', (parameters, path, message) => {
    expect(kind.bind(parameters, spec)).toEqual({ ok: false, faults: [{ path, message }] });
  });
});

describe('evidence', () => {
  test('is the same whatever values, times and numbers of series are', () => {
    const one = judged(seenOf());
    const other = judged(seenOf({ liveSeries: 9, lastSampleAt: '2026-11-24T00:00:00.000Z', line: [[1, 2]] }));
    expect(other.deciding).toEqual(one.deciding);
    expect(other.readings).not.toEqual(one.readings);
  });

  test('is the same on a still night, so that no signature lapses for it', () => {
    const parameters = { metric: 'a', quietWhen: 'sum(rate(b[5m])) == 0' };
    const evaluate = (seen: MetricSeen, values: readonly string[]) =>
      kind.evaluate([metricObservation(seen), promqlObservation(values)], bound(parameters), context);
    const still = evaluate(seenOf({ notNumberSeries: 1 }), ['0']);
    const busy = evaluate(seenOf(), []);
    expect([still.verdict, still.quiet, busy.verdict, busy.quiet]).toEqual(['pass', true, 'pass', false]);
    expect(still.deciding).toEqual(busy.deciding);
  });

  test('of a metric that is gone does not change as time passes', () => {
    const gone = (lastSeenAt: string) => judged(absentOf({ lastSeenAt })).deciding;
    expect(gone('2026-11-20T00:00:00.000Z')).toEqual(gone('2026-11-20T00:02:00.000Z'));
  });
});

describe('the careless version', () => {
  test('takes a name that exists only in the past for one that is there', () => {
    const past = judged(absentOf({ lastSeenAt: '2026-11-20T00:00:00.000Z' }, { goneSeries: 1 }));
    expect([past.verdict, past.sentence]).toEqual([
      'fail',
      'a was last seen at 2026-11-20 00:00:00 UTC and is gone; its target is up.',
    ]);
  });

  test('takes a partial answer for a whole one', () => {
    const partial = judged(absentOf({}, { warnings: ['store s1 is down'] }));
    expect([partial.verdict, partial.sentence]).toEqual([
      'unknown',
      'a has no live series in a partial answer: Prometheus warned “store s1 is down”.',
    ]);
  });

  test('says never where nobody could look', () => {
    const blind = judged(absentOf({ searchedMs: null }));
    expect(blind.sentence).toBe('a has no live series, and whether it ever had one could not be searched.');
    const counter = judged(absentOf({ searchedMs: null }), {
      metric: 'a',
      type: 'counter',
      absentUntilFirst: true,
    });
    expect(counter.verdict).toBe('unknown');
  });

  test('takes the first values of many for all of them', () => {
    const values = Array.from({ length: 500 }, (_, index) => `p${String(index).padStart(3, '0')}`);
    const seen = seenOf({ liveSeries: 600, labels: { provider: { values, without: 0 } } });
    const many = judged(seen, { metric: 'a', labels: { provider: { required: ['z'] } } });
    expect([many.verdict, many.sentence]).toEqual([
      'unknown',
      'a has more than 500 values of provider, so that “z” cannot be looked for.',
    ]);
  });
});

describe('what runs', () => {
  const commit = '2c9e4d1f0a6b7c8d9e0f1a2b3c4d5e6f70819203';
  test.each([
    [[commit], 'pass'],
    [['2c9e4d1'], 'pass'],
    [['2C9E4D1F0A6B'], 'pass'],
    [['2c9e4d'], 'unknown'],
    [[commit, 'aaaaaaa'], 'unknown'],
    [[''], 'unknown'],
    [[], 'unknown'],
  ])('%j is the candidate: %s', (builds, verdict) => {
    expect(judged(seenOf({ builds }), { metric: 'a', minSeries: 1 }, commit).verdict).toBe(verdict);
  });

  test('is not asked after while no candidate is pinned', () => {
    expect(judged(seenOf({ builds: ['aaaaaaa'] })).verdict).toBe('pass');
  });
});

test('the query can be run again, its part at fault marked', () => {
  const seen = seenOf({ liveSeries: 1, labels: { status: { values: ['draft'], without: 0 } } });
  const { again } = judged(seen, { metric: 'a', labels: { status: { required: ['draft', 'x"y'] } } });
  expect(again).toEqual({
    language: 'promql',
    text: 'a{status="x\\"y"}',
    fault: 'status="x\\"y"',
    href: 'http://127.0.0.1:9090/graph?g0.expr=a%7Bstatus%3D%22x%5C%22y%22%7D&g0.tab=1',
  });
});

test('the query shows what was looked at: a histogram by its count, of its job', () => {
  const text = (seen: MetricSeen, given: object) => judged(seen, { metric: 'a', ...given }).again?.text;
  expect(text(seenOf({ form: 'classic-histogram' }), { type: 'histogram', job: 'node' })).toBe(
    'a_count{job="node"}',
  );
  expect(text(absentOf(), { type: 'histogram' })).toBe('{__name__=~"a|a_count"}');
  expect(text(absentOf({}, { name: 'a.b' }), { metric: 'a.b', type: 'gauge' })).toBe('{__name__="a.b"}');
});
