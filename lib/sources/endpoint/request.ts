import type { OutgoingRequest } from '#lib/domain/outgoing.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';

/** A body is kept as evidence; an endpoint that says more than this in one answer is asked for less. */
const maxBytes = 1024 * 1024;

/** The request for one path of an endpoint. The path goes on after the address's own: `http://node/api` + `/health`. */
export function endpointRequest(source: SourceSpec, path: string, signal?: AbortSignal): OutgoingRequest {
  return {
    url: `${source.address.replace(/\/+$/, '')}${path.startsWith('/') ? '' : '/'}${path}`,
    what: source.title,
    timeoutMs: source.timeoutMs,
    maxBytes,
    headers: { accept: 'application/json' },
    ...(signal ? { signal } : {}),
  };
}
