import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Seals what must not be read in the database, and opens it again. */
export interface Seal {
  readonly seal: (text: string, boundTo: readonly string[]) => Uint8Array<ArrayBuffer>;
  /** Null where it was sealed for something else, with another secret, or was changed since. */
  readonly open: (sealed: Uint8Array, boundTo: readonly string[]) => string | null;
}

const form = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM (NIST SP 800-38D) with a key of its own out of the installation's secret (HKDF-SHA-256, RFC 5869). What
 * it is bound to is authenticated with it, so that a sealed text moved to another row does not open there. One byte
 * of form, the nonce, the sealed text, the tag.
 */
export function createSeal(secret: string, purpose: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, 'big-green', `seal ${purpose}`, 32));
  const bound = (boundTo: readonly string[]) => Buffer.from(JSON.stringify(boundTo));
  return {
    seal: (text, boundTo) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(boundTo));
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return Uint8Array.from(Buffer.concat([Buffer.of(form), nonce, ...sealed, cipher.getAuthTag()]));
    },
    open: (sealed, boundTo) => {
      if (sealed[0] !== form || sealed.length < 1 + nonceBytes + tagBytes) return null;
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const tag = sealed.subarray(sealed.length - tagBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(bound(boundTo)).setAuthTag(tag);
      try {
        const text = decipher.update(sealed.subarray(1 + nonceBytes, sealed.length - tagBytes));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}
