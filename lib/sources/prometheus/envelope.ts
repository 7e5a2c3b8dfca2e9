import { z } from 'zod';
import { nestsDeeperThan } from '#lib/canonical/nesting.ts';
import type { SourceFailure } from '#lib/domain/failure.ts';
import type { OutgoingAnswer } from '#lib/domain/outgoing.ts';
import { wantsCare } from './escapes.ts';
import { readFamilies } from './families.ts';
import { readMatrix } from './matrix.ts';

/** Reads the JSON of an answer that is not as expected, for the sentence that says what is wrong with it. */
export type ReadJson = (
  answer: OutgoingAnswer,
  what: string,
) => { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: SourceFailure };

export type Envelope =
  | { readonly ok: true; readonly data: unknown; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly failure: SourceFailure };

const strings = z.array(z.string()).nullish();
const envelopeSchema = z.union([
  z.object({ status: z.literal('success'), data: z.unknown(), warnings: strings, infos: strings }),
  z.object({ status: z.literal('error'), errorType: z.string().default(''), error: z.string().default('') }),
]);

/** Statuses at which Prometheus answers with an error in JSON. */
export const errorStatuses: readonly number[] = [400, 422, 500, 503];

/** No answer of Prometheus's API nests deeper. */
const maxDepth = 16;

/** Opens what every answer of the API is wrapped in: data and warnings, or the failure that it stands for. */
export function openEnvelope(answer: OutgoingAnswer, what: string, readJson: ReadJson): Envelope {
  const read = answer.status === 200 ? (readMatrix(answer.body) ?? readFamilies(answer.body)) : null;
  if (read) return { ok: true, data: read, warnings: [] };
  const parsed = parseQuickly(answer.body) ?? readJson(answer, what);
  if (!parsed.ok) return answer.status < 400 ? parsed : { ok: false, failure: statusFailure(answer, what) };
  const envelope = envelopeSchema.safeParse(parsed.value);
  if (!envelope.success) {
    if (answer.status >= 400) return { ok: false, failure: statusFailure(answer, what) };
    const message = `${what} answered ${answer.status} with JSON that is not of Prometheus’s API: check address and path.`;
    return { ok: false, failure: { kind: 'malformed', message, status: answer.status, retryAt: null } };
  }
  if (envelope.data.status === 'error') {
    return { ok: false, failure: errorFailure(answer, what, envelope.data) };
  }
  if (answer.status >= 400) return { ok: false, failure: statusFailure(answer, what) };
  const said = [...(envelope.data.warnings ?? []), ...(envelope.data.infos ?? [])];
  return {
    ok: true,
    data: envelope.data.data,
    warnings: said.slice(0, 3).map((text) => text.slice(0, 200).toWellFormed()),
  };
}

/**
 * Plain JSON that starts as an answer should. Prometheus writes numbers that matter as strings, so the care that
 * other answers need with numbers (a slow walk over every sample) is not needed; null: let the careful reader say.
 */
function parseQuickly(body: string): { ok: true; value: unknown } | null {
  if (!body.startsWith('{"status":') || wantsCare(body) || nestsDeeperThan(body, maxDepth)) return null;
  try {
    return { ok: true, value: JSON.parse(body) };
  } catch {
    return null;
  }
}

/** An error that Prometheus explains itself. A query that it could not finish in time is silence, not nonsense. */
function errorFailure(
  answer: OutgoingAnswer,
  what: string,
  said: { readonly errorType: string; readonly error: string },
): SourceFailure {
  const words = said.error.trim().slice(0, 300).toWellFormed() || 'no reason given';
  const failure = (kind: SourceFailure['kind'], message: string): SourceFailure => ({
    kind,
    message,
    status: answer.status,
    retryAt: null,
  });
  switch (said.errorType) {
    case 'timeout':
      return failure('timeout', `${what} gave up on the query: ${words}.`);
    case 'canceled':
    case 'unavailable':
    case 'internal':
      return failure('server-error', `${what} could not answer (${said.errorType}): ${words}.`);
    default:
      return failure('error-status', `${what} refused the query (${said.errorType || 'error'}): ${words}.`);
  }
}

function statusFailure(answer: OutgoingAnswer, what: string): SourceFailure {
  const silent = answer.status >= 500;
  return {
    kind: silent ? 'server-error' : 'error-status',
    message: silent
      ? `${what} answered ${answer.status}: it has trouble of its own; look at its log.`
      : `${what} answered ${answer.status} without saying why: check that the address is Prometheus’s.`,
    status: answer.status,
    retryAt: null,
  };
}
