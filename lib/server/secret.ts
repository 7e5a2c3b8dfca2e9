import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Database } from './database.ts';

export type Secret = { kind: 'secret'; value: string; from: 'environment' | 'file' };

export type SecretFailure = {
  kind: 'secret-missing' | 'secret-open' | 'secret-wrong' | 'secret-file';
  message: string;
};

const SHORTEST = 32;

/**
 * The secret of this installation: BIG_GREEN_SECRET, or, with the embedded database, a file of mode 0600 that the
 * first run makes. `file` is undefined with a database of one's own, where the environment must give it.
 */
export function loadSecret(given: string | undefined, file: string | undefined): Secret | SecretFailure {
  if (given !== undefined) return { kind: 'secret', value: given, from: 'environment' };
  if (file === undefined) {
    return {
      kind: 'secret-missing',
      message:
        'BIG_GREEN_SECRET is needed with DATABASE_URL, the same for every process on that database. "openssl rand -base64 32" makes one; keep it where the database is not.',
    };
  }
  try {
    makeOnce(file);
    if ((statSync(file).mode & 0o077) !== 0) {
      return {
        kind: 'secret-open',
        message: `The secret in ${file} is open to others. If nobody read it, close it with "chmod 600 ${file}".`,
      };
    }
    const value = readFileSync(file, 'utf8').trim();
    if (value.length >= SHORTEST) return { kind: 'secret', value, from: 'file' };
    return {
      kind: 'secret-file',
      message: `The secret in ${file} is cut short. Put the file back from a backup.`,
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { kind: 'secret-file', message: `The secret in ${file} can be neither read nor made (${code}).` };
  }
}

/** Comes into being whole, by a link: two processes on first run end with one secret. */
function makeOnce(file: string): void {
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    chmodSync(draft, 0o600);
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Holds the secret against the digest in `installation`, which the first process to come writes. A wrong secret is
 * refused: what it encrypted before could not be read, and what it would encrypt now could not be read later.
 */
export async function confirmSecret(
  db: Database,
  secret: Secret,
  { newId, now }: { newId: string; now: Date },
): Promise<{ kind: 'installation'; id: string } | SecretFailure> {
  await db.installation.createMany({
    data: [{ one: true, id: newId, secretDigest: digestOf(secret, newId), createdAt: now }],
    skipDuplicates: true,
  });
  const kept = await db.installation.findUniqueOrThrow({ where: { one: true } });
  const digest = Buffer.from(digestOf(secret, kept.id));
  const expected = Buffer.from(kept.secretDigest);
  if (digest.length === expected.length && timingSafeEqual(digest, expected)) {
    return { kind: 'installation', id: kept.id };
  }
  const where = secret.from === 'file' ? 'the file beside the data' : 'BIG_GREEN_SECRET';
  return {
    kind: 'secret-wrong',
    message: `The secret (${where}) is not the one this database was made with. Give it that one back: without it what is encrypted here cannot be read.`,
  };
}

/** scrypt (RFC 7914) with the installation's id as salt: a weak secret cannot be guessed fast from its digest. */
function digestOf(secret: Secret, id: string): string {
  return scryptSync(secret.value, `big-green/${id}`, 32).toString('hex');
}
