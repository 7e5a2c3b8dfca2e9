import type { EndpointAnswer } from '#lib/domain/observations/endpoint.ts';
import type { Collection, Observation, Question, SourceContext } from '#lib/domain/question.ts';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { parseJsonAnswer } from '#lib/server/outgoing/json-answer.ts';
import { authorisation } from '../authorisation.ts';
import { endpointAnswer } from './parse.ts';
import { endpointRequest } from './request.ts';

type Seen = Pick<Observation<'json'>, 'observedAt' | 'tookMs' | 'outcome'>;

/** Paths asked at one time: a node that stalls on one is not flooded with the rest. */
const atOnce = 4;

async function askPath(source: SourceSpec, path: string, context: SourceContext): Promise<Seen> {
  const request = endpointRequest(source, path, context.signal);
  const answer = await context.outgoing({ ...request, headers: authorisation(context, request.url) });
  const observedAt = new Date(context.now()).toISOString();
  const { tookMs } = answer;
  if (!answer.ok) return { observedAt, tookMs, outcome: answer };
  const parsed = parseJsonAnswer(answer, `${source.title} at ${path.replace(/[?#].*/s, '')}`);
  if (!parsed.ok) return { observedAt, tookMs, outcome: parsed };
  const value: EndpointAnswer = endpointAnswer(request.url, answer, parsed.value);
  return { observedAt, tookMs, outcome: { ok: true, value } };
}

/**
 * Asks an HTTP(S) endpoint for JSON: each path once, whatever the number of questions, at most four at a time.
 * Bodies are kept without their secrets, as evidence and as raw answers. Throws only when asked what is no JSON
 * question: the planner's bug.
 */
export async function askEndpoint(
  source: SourceSpec,
  questions: readonly Question[],
  context: SourceContext,
): Promise<Collection> {
  const asked = questions.map((question) => {
    if (question.ask === 'json') return question;
    throw new Error(`An endpoint cannot be asked for ${question.ask}.`);
  });
  const paths = [...new Set(asked.map((question) => question.path))];
  const seen = new Map<string, Seen>();
  const waiting = paths.values();
  const worker = async () => {
    for (const path of waiting) seen.set(path, await askPath(source, path, context));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, paths.length) }, worker));

  const answers: Collection['answers'][number][] = [];
  const answerOf = new Map<string, number>();
  for (const path of paths) {
    const outcome = seen.get(path)?.outcome;
    if (outcome?.ok) {
      const { url, body } = outcome.value;
      answerOf.set(path, answers.push({ url, body: JSON.stringify(body) }) - 1);
    }
  }
  const observations = asked.flatMap((question): Observation[] => {
    const one = seen.get(question.path);
    const answer = answerOf.get(question.path);
    return one ? [{ ...one, question, answers: answer === undefined ? [] : [answer] }] : [];
  });
  return { observations, answers, requests: paths.length };
}

/** Tries an endpoint out where no check names a path of it yet: the address itself, whatever it answers there. */
export async function probeEndpoint(
  source: SourceSpec,
  context: SourceContext,
): Promise<readonly ProbePart[]> {
  const request = endpointRequest(source, '', context.signal);
  const answer = await context.outgoing({
    ...request,
    answerStatuses: [400, 404, 405],
    headers: authorisation(context, request.url),
  });
  const { tookMs } = answer;
  const name = 'Answers';
  if (answer.ok) return [{ name, state: 'found', says: `with status ${answer.status}`, tookMs }];
  const state = answer.failure.kind === 'unauthorised' ? 'missing' : 'trouble';
  return [{ name, state, says: answer.failure.message, tookMs }];
}
