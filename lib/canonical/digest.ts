import { canonicalJson } from './canonical.ts';

/** SHA-256 of UTF-8 text or bytes, in lower-case hex. Passed in: Node's crypto, or the browser's. */
export type Sha256 = (data: string | Uint8Array) => string;

/** `sha256:` and the hex digest of the value's canonical JSON. @throws TypeError as `canonicalJson` does. */
export function digestOf(value: unknown, sha256: Sha256): string {
  return `sha256:${sha256(canonicalJson(value))}`;
}
