import { expect, test } from 'vitest';
import type { RegisteredCheck } from '#lib/domain/check-kind.ts';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Observation } from '#lib/domain/question.ts';
import { attestation } from './attestation.ts';
import { judge } from './judge.ts';
import { registerCheck } from './register.ts';

const attested = registerCheck(attestation);
const context = {
  nowMs: Date.parse('2026-11-23T10:00:00Z'),
  source: null,
  commit: null,
  itemStates: new Map(),
};
const bound = { statement: 'Done', role: 'sre', roleTitle: 'SRE', link: null };

function failed(kind: SourceFailure['kind'], observedAt: string): Observation {
  const failure = { kind, message: kind, status: null, retryAt: null };
  const question = { ask: 'rules', source: 'p' } as const;
  return { question, observedAt, tookMs: 1, outcome: { ok: false, failure }, answers: [] };
}

function answered(observedAt: string): Observation {
  return {
    question: { ask: 'rules', source: 'p' },
    observedAt,
    tookMs: 1,
    outcome: { ok: true, value: { answeredAt: observedAt, alerts: [], recording: [] } },
    answers: [],
  };
}

test('one failed observation among good ones is a failure, as old as the oldest observation', () => {
  const judged = judge(
    attested,
    bound,
    [answered('2026-11-23T09:59:00Z'), failed('timeout', '2026-11-23T09:59:30Z')],
    context,
  );
  expect(judged).toMatchObject({
    kind: 'failed',
    failure: { kind: 'timeout' },
    observedAt: '2026-11-23T09:59:00Z',
  });
});

test('nonsense outweighs silence, whichever came first', () => {
  const both = [failed('timeout', '2026-11-23T09:59:00Z'), failed('malformed', '2026-11-23T09:59:00Z')];
  for (const observations of [both, both.toReversed()]) {
    expect(judge(attested, bound, observations, context)).toMatchObject({ failure: { kind: 'malformed' } });
  }
});

test('a kind that reads nothing is judged as of the clock it is given', () => {
  const judged = judge(attested, bound, [], context);
  expect(judged).toMatchObject({ kind: 'judged', observedAt: '2026-11-23T10:00:00.000Z' });
});

test('a rule that throws is a bug and is not turned into a verdict', () => {
  const broken: RegisteredCheck = {
    ...attested,
    evaluate: () => {
      throw new RangeError('bug');
    },
  };
  expect(() => judge(broken, bound, [], context)).toThrow('bug');
});
