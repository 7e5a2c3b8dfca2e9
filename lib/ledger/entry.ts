import { canonicalJson } from '#lib/canonical/canonical.ts';
import type { Sha256 } from '#lib/canonical/digest.ts';
import { type LedgerEvent, ledgerEventSchema } from '#lib/domain/event.ts';

/** An entry's most, so that it fits a C2SP tlog-tiles entry bundle, which counts a length in 16 bits. */
export const maxEntryBytes = 65_535;

/** An event in its place: what the Merkle tree's leaf is made of. */
export interface EncodedEntry {
  readonly seq: number;
  readonly at: string;
  readonly event: LedgerEvent;
  /** Canonical JSON, UTF-8. */
  readonly bytes: Uint8Array;
  /** RFC 6962, section 2.1: SHA-256 of 0x00 and the bytes, in hex. */
  readonly leafHash: string;
}

/**
 * Puts an event into its place in the ledger. Pure.
 *
 * @param at ISO 8601 UTC with milliseconds.
 * @throws Error when the entry is larger than `maxEntryBytes`: its writer is to put evidence in by digest.
 */
export function encodeEntry(event: LedgerEvent, seq: number, at: string, sha256: Sha256): EncodedEntry {
  const { type, version, launch, actor, data } = ledgerEventSchema.parse(event);
  const bytes = new TextEncoder().encode(canonicalJson({ seq, at, type, version, launch, actor, data }));
  if (bytes.length > maxEntryBytes) {
    throw new Error(
      `A ledger entry of ${bytes.length} bytes (${type}) is over the limit of ${maxEntryBytes}.`,
    );
  }
  const leaf = new Uint8Array(bytes.length + 1);
  leaf.set(bytes, 1);
  return { seq, at, event, bytes, leafHash: sha256(leaf) };
}
