import { createHash } from 'node:crypto';
import type { Sha256 } from '#lib/canonical/digest.ts';

/** SHA-256 by Node's own crypto, in lower-case hex; text is taken as UTF-8. */
export const sha256: Sha256 = (data) => createHash('sha256').update(data).digest('hex');
