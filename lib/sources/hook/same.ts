import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether two texts or byte strings are the same, in a time that says nothing of where they differ. Both go through
 * SHA-256 first: what is compared is then always of one length, whatever was sent.
 */
export function isSame(a: string | Uint8Array, b: string | Uint8Array): boolean {
  const digest = (value: string | Uint8Array) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}
