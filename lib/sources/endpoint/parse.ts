import type { Json } from '#lib/domain/json.ts';
import type { EndpointAnswer } from '#lib/domain/observations/endpoint.ts';
import type { OutgoingAnswer } from '#lib/domain/outgoing.ts';
import { redact, redactText } from './redact.ts';

/** What is kept of an endpoint's answer: status, time taken, and the body without its secrets. */
export function endpointAnswer(url: string, answer: OutgoingAnswer, body: Json): EndpointAnswer {
  return { url: redactText(url), status: answer.status, tookMs: answer.tookMs, body: redact(body) };
}
