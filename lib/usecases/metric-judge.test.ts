import { expect, test } from 'vitest';
import { at, seenOf } from '#lib/checks/metrics/seen.fixture.ts';
import { declare } from '#lib/checks/situations/situation.ts';
import { specOf } from '#lib/checks/spec.fixture.ts';
import type { Observation } from '#lib/domain/question.ts';
import { indexObservations, planMetrics } from './metric-judge.ts';

const source = { id: 'prometheus', title: 'Prometheus', address: 'http://127.0.0.1:9090' };

test('a metric of another build than the candidate is unknown, as its checks say', () => {
  const spec = specOf({}, { metrics: [declare('a')] });
  const [metric] = planMetrics(spec);
  const [question] = metric?.questions(source.id) ?? [];
  const seen = {
    question,
    observedAt: at,
    tookMs: 1,
    answers: [],
    outcome: { ok: true, value: seenOf({ builds: ['aaaaaaa'] }) },
  };
  const index = indexObservations([seen as Observation]);
  const verdictAt = (commit: string | null) => {
    const judged = metric?.judge(index, { source, nowMs: Date.parse(at), commit });
    return judged?.kind === 'judged' ? judged.judgement.verdict : judged;
  };
  expect(verdictAt('a'.repeat(40))).toBe('pass');
  expect(verdictAt('b'.repeat(40))).toBe('unknown');
  expect(verdictAt(null)).toBe('pass');
});
