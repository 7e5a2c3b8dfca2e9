import { expect, test } from 'vitest';
import type { RegisteredCheck } from '#lib/domain/check-kind.ts';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
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

test('attack 18: what a source wrote and nobody sees is shown in all that a rule says, and what decides stays as it is', () => {
  const evil = 'a\u202eb\u001b[31m\u200bc\ud800 d\n\te';
  const said = 'a\\u{202E}b\\u{1B}[31m\\u{200B}c\\u{D800} d\n\te';
  const evaluate = (): Judgement => ({
    verdict: 'fail',
    quiet: false,
    fact: { lead: evil, rest: evil },
    sentence: evil,
    toGreen: [evil],
    deciding: { evil },
    readings: { [evil]: [{ evil }, 1, null] },
    picture: { kind: 'panels', panels: [{ title: evil, state: 'missing' }] },
    again: { language: 'promql', text: evil, fault: null, href: null },
  });
  const judged = judge({ ...attested, evaluate }, bound, [], context);
  expect(judged).toMatchObject({
    judgement: {
      fact: { lead: said, rest: said },
      sentence: said,
      toGreen: [said],
      deciding: { evil },
      readings: { [said]: [{ evil: said }, 1, null] },
      picture: { panels: [{ title: said }] },
      again: { text: evil },
    },
  });
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
