import type { Json } from '../json.ts';

/** A JSON answer over HTTP(S), secrets redacted before it is kept. */
export interface EndpointAnswer {
  readonly url: string;
  readonly status: number;
  readonly tookMs: number;
  readonly body: Json;
}
