import type { Observation, Question } from '#lib/domain/question.ts';

/** A question for another kind of source is a fault of the plan; it still gets an answer, so that its check says so. */
export function notOurs(question: Question, nowMs: number, who: string): Observation {
  const message = `${who} cannot answer questions of the kind ${question.ask}: give this check a source of its own kind.`;
  const outcome = { ok: false, failure: { kind: 'refused', message, status: null, retryAt: null } } as const;
  const observedAt = new Date(nowMs).toISOString();
  return { question, observedAt, tookMs: 0, answers: [], outcome } as Observation;
}
