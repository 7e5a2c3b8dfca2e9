import type { Json } from '../json.ts';

/** What stands where a secret stood: nothing of it is kept, not even its length. */
export const redactedMark = '[redacted]';

/** A JSON answer over HTTP(S), secrets redacted before it is kept. */
export interface EndpointAnswer {
  readonly url: string;
  readonly status: number;
  readonly tookMs: number;
  readonly body: Json;
}
