/** A vendor's delivery on its way in: its body goes through `take`, and then it is genuine or it is not. */
export interface Delivery {
  /** The vendor's name for what happened. Decides only whether anybody asks: nothing else of it is believed. */
  readonly event: 'news' | 'ping' | 'other';
  /** What it is known by once it was taken. Each of them refuses it a second time. */
  readonly marks: readonly string[];
  readonly take: (chunk: Uint8Array) => void;
  /** To be asked once, after the last byte. */
  readonly isGenuine: () => boolean;
}

/** A delivery, or the one sentence why it cannot be one. */
export type Opened =
  | { readonly ok: true; readonly delivery: Delivery }
  | { readonly ok: false; readonly message: string };

/** What of a request's headers is read. */
export type HookHeaders = Pick<Headers, 'get'>;

/** A vendor's id of a delivery: a UUID by both; anything else that is short and plain serves too. Null for none. */
export function deliveryId(given: string | null): string | null {
  return given !== null && /^[\x21-\x7e]{1,128}$/.test(given) ? given : null;
}
