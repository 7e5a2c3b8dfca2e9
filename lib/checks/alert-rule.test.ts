import { describe, expect, test } from 'vitest';
import type { AlertRuleSeen } from '#lib/domain/observations/prometheus.ts';
import { alertRule } from './alert-rule.ts';
import { at, context, rulesObservation } from './metrics/seen.fixture.ts';
import { registerCheck } from './register.ts';
import { specOf } from './spec.fixture.ts';

const kind = registerCheck(alertRule);
const spec = specOf(
  {},
  { alerts: [{ name: 'Lag', severity: 'critical', metric: 'lag_seconds', group: 'treasury' }] },
);

function rule(given: Partial<AlertRuleSeen> = {}): AlertRuleSeen {
  return {
    name: 'Lag',
    group: 'treasury',
    file: 'rules.yml',
    query: 'lag > 600',
    forMs: 0,
    labels: { severity: 'critical' },
    annotations: {},
    state: 'inactive',
    health: 'ok',
    lastError: '',
    lastEvaluationAt: '2026-11-23T08:09:50.000Z',
    groupIntervalMs: 15_000,
    firing: [],
    ...given,
  };
}

function judged(alerts: readonly AlertRuleSeen[], parameters = {}) {
  const bound = kind.bind(parameters, spec);
  if (!bound.ok) throw new Error(bound.faults[0]?.message);
  return kind.evaluate([rulesObservation({ answeredAt: at, alerts, recording: [] })], bound.bound, context);
}

describe('a rule', () => {
  test('in a file that Prometheus did not load is not loaded', () => {
    expect(judged([rule({ name: 'Other' })]).sentence).toBe(
      '0 of 1 alerts are in order: “Lag” is not loaded.',
    );
  });

  test('whose group is no longer evaluated cannot wake anybody', () => {
    const stuck = judged([rule({ lastEvaluationAt: '2026-11-23T08:00:00.000Z' })]);
    expect([stuck.verdict, stuck.sentence]).toEqual([
      'fail',
      '0 of 1 alerts are in order: “Lag” was last evaluated at 2026-11-23 08:00:00 UTC, and its group “treasury” is due every 15 s.',
    ]);
  });

  test('that fires on several series says since when, by the first', () => {
    const firing = [
      { labels: { a: '1' }, activeAt: '2026-11-23T08:05:00Z' },
      { labels: { a: '2' }, activeAt: '2026-11-23T08:01:00Z' },
    ];
    expect(judged([rule({ state: 'firing', firing })]).sentence).toBe(
      '0 of 1 alerts are in order: “Lag” (critical) fires on 2 series since 2026-11-23 08:01:00 UTC.',
    );
  });

  test('that is loaded with a lesser severity still counts by the one declared', () => {
    const lesser = rule({ labels: { severity: 'warning' } });
    expect(judged([lesser]).sentence).toBe(
      '1 alert is loaded and evaluated, and none fires; “Lag” is loaded as warning, declared critical.',
    );
    expect(judged([{ ...lesser, state: 'firing' }], { severity: 'critical' }).verdict).toBe('fail');
  });

  test('twice under one name must be in order both times', () => {
    expect(judged([rule(), rule({ health: 'err', lastError: 'no such function' })]).sentence).toBe(
      '0 of 1 alerts are in order: “Lag” cannot be evaluated: no such function.',
    );
  });
});

test('pending and the time of evaluation are no new evidence', () => {
  const calm = judged([rule()]);
  const pending = judged([rule({ state: 'pending', lastEvaluationAt: '2026-11-23T08:09:59.000Z' })]);
  expect(pending.deciding).toEqual(calm.deciding);
});

test.each([
  [{ alerts: ['Lagg'] }, ['alerts', 0], 'the spec declares no alert `Lagg`; did you mean `Lag`?'],
  [{ group: 'treasure' }, ['group'], 'no alert is in the group `treasure`; did you mean `treasury`?'],
])('finds what is wrong with %j', (parameters, path, message) => {
  expect(kind.bind(parameters, spec)).toEqual({ ok: false, faults: [{ path, message }] });
});
