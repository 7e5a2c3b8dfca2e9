import { describe, expect, test } from 'vitest';
import type { Observation } from '#lib/domain/question.ts';
import { metricCoverage } from './metric-coverage.ts';
import { absentOf, context, metricObservation, promqlObservation, seenOf } from './metrics/seen.fixture.ts';
import { registerCheck } from './register.ts';
import { declare } from './situations/situation.ts';
import { specOf } from './spec.fixture.ts';

const kind = registerCheck(metricCoverage);
const names = (n: number) => Array.from({ length: n }, (_, index) => `m${index}`);
const specWith = (n: number) =>
  specOf({}, { metrics: names(n).map((name) => declare(name, { group: 'all' })) });

function judged(absent: number, all: number, parameters = {}) {
  const bound = kind.bind(parameters, specWith(all));
  if (!bound.ok) throw new Error(bound.faults[0]?.message);
  const observations = names(all).map((name, index) =>
    metricObservation(index < absent ? { ...absentOf(), name } : seenOf({ name })),
  );
  return kind.evaluate(observations, bound.bound, context);
}

test('a share is cut, never rounded up', () => {
  expect(judged(1, 1000).sentence).toMatch(
    /^999 of 1000 metrics are emitted as declared, 99 %: m0 was never seen/,
  );
  expect(judged(0, 1000).sentence).toBe('1000 of 1000 metrics are emitted as declared, 100 %.');
});

test('one request’s worth of questions: one for each metric and one for each condition', () => {
  const spec = specOf(
    {},
    {
      metrics: [
        declare('a', { quietWhen: 'sum(rate(x[5m])) == 0' }),
        declare('b', { quietWhen: 'sum(rate(x[5m])) == 0' }),
        declare('c'),
      ],
    },
  );
  const bound = kind.bind({}, spec);
  if (!bound.ok) throw new Error('not bound');
  expect(kind.reads(bound.bound, 'prometheus').map(({ ask }) => ask)).toEqual([
    'metric',
    'metric',
    'metric',
    'promql',
  ]);
  const quiet = kind.evaluate(
    [
      metricObservation(absentOf()),
      metricObservation(seenOf()),
      metricObservation(seenOf()),
      promqlObservation(['0']),
    ],
    bound.bound,
    context,
  );
  expect([quiet.verdict, quiet.quiet, quiet.fact.rest]).toEqual([
    'pass',
    true,
    'with live series, 1 of them quiet',
  ]);
});

describe('the picture', () => {
  test('is a line a metric while they can be told apart, hollow where it is missing', () => {
    const { picture } = judged(1, 3);
    expect(picture).toEqual({ kind: 'metrics', lines: [null, [], []] });
  });

  test('is a column a metric, and never wider than it is drawn', () => {
    const { picture } = judged(1, 1000);
    expect(picture.kind === 'matrix' && picture.columns.length).toBe(160);
    expect(picture.kind === 'matrix' && picture.columns.filter((column) => column === 'hole').length).toBe(1);
  });
});

test('its evidence names each hole and no number that a scrape changes', () => {
  expect(judged(2, 3).deciding).toEqual({
    of: 3,
    needed: 3,
    holes: { m0: { state: 'never' }, m1: { state: 'never' } },
  });
});

test.each([
  [{ group: 'al' }, ['group'], 'no metric is in the group `al`; did you mean `all`?'],
  [{ group: 'energy' }, ['group'], 'no metric is in the group `energy`; it has: all'],
  [{ metrics: ['m1', 'm9x'] }, ['metrics', 1], 'the spec declares no metric `m9x`; did you mean `m0`?'],
  [{ atLeast: 4 }, ['atLeast'], 'asks for 4 of 3 metrics, which can never be'],
])('finds what is wrong with %j', (parameters, path, message) => {
  expect(kind.bind(parameters, specWith(3))).toEqual({ ok: false, faults: [{ path, message }] });
});

test('which names the jobs emit is asked once for all metrics, and is a reading that decides nothing', () => {
  const bound = kind.bind({}, specWith(2));
  if (!bound.ok) throw new Error(bound.faults[0]?.message);
  const seen = names(2).map((name) =>
    metricObservation(seenOf({ name, labels: { job: { values: ['node'], without: 0 } } })),
  );
  const [question, ...others] = kind.follows(seen, bound.bound, 'prometheus');
  expect(question).toMatchObject({ ask: 'names', jobs: ['node'] });
  expect(others).toEqual([]);
  const value = { jobs: ['node'], used: [], unknown: ['x_total'], more: 0, cut: false, unread: null };
  const named = { ...seen[0], question, outcome: { ok: true, value } } as Observation;
  const bare = kind.evaluate(seen, bound.bound, context);
  const { readings, ...rest } = kind.evaluate([...seen, named], bound.bound, context);
  expect(readings).toEqual({ ...bare.readings, names: value });
  expect({ ...rest, readings: bare.readings }).toEqual(bare);
});

test('where nothing is emitted no job is known, and none is asked', () => {
  const bound = kind.bind({}, specWith(1));
  const seen = [metricObservation({ ...absentOf(), name: 'm0' })];
  expect(bound.ok && kind.follows(seen, bound.bound, 'prometheus')).toEqual([]);
});
