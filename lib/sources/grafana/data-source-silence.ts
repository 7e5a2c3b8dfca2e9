import type { SourceFailure } from '#lib/domain/failure.ts';
import { shown } from '../as-told.ts';
import type { QueryData } from './shapes.ts';

type Answer = QueryData['results'][string];

/** Go's own words for a request that got no answer, and its Prometheus client's for an answer of 5xx. */
const unanswered =
  /^(?:Post|Get) "|^server_error:|connection (?:refused|reset)|no such host|i\/o timeout|deadline exceeded|unexpected EOF/i;
/** Prometheus's words for a query that it does not take: its own fault, whoever passed them on. */
const ownFault = /parse error|bad_data/i;

/**
 * What it comes to that a data source behind Grafana did not answer; null where it did, be it with a refusal. Grafana
 * passes the data source's status on for each query, 502 where there was none, 500 where its plugin knows no better
 * (pkg/promlib/querydata); one too old to tell a status (9) tells it by its words alone.
 */
export function dataSourceSilence(
  { error = '', status }: Answer,
  grafana: string,
  uid: string,
): SourceFailure | null {
  if (error === '' || ownFault.test(error)) return null;
  const isSilent =
    status === undefined ? unanswered.test(error) : status >= 500 || status === 408 || status === 429;
  if (!isSilent) return null;
  const message = `${grafana} answers, and its data source ${shown(uid, 60)} does not: ${shown(error, 200)}. Bring the data source back.`;
  return { kind: 'server-error', message, status: status ?? null, retryAt: null };
}
