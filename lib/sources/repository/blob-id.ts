import { createHash } from 'node:crypto';

/** Git's own id of a blob (gitformat-pack; "Git Objects"), of as many hex digits as the repository's ids have. */
export function blobId(content: Uint8Array, digits: number): string {
  const hash = createHash(digits === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${content.length}\0`).update(content).digest('hex');
}
