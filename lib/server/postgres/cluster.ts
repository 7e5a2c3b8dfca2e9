import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Binaries } from './binaries.ts';
import { diskFull, failure, type PostgresFailure, saysDiskFull } from './failure.ts';
import type { Layout } from './layout.ts';

export const OWNER_ROLE = 'big_green_owner';

const credentialsSchema = z.object({ ownerPassword: z.string().min(1), appPassword: z.string().min(1) });
export type Credentials = z.infer<typeof credentialsSchema>;

const run = promisify(execFile);

/** The variables of a server's or initdb's process: nothing of the caller's, so no PG… variable leads them astray. */
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

/** Reads the two passwords of a home that has them. */
export function readCredentials(layout: Layout): Credentials | undefined {
  if (!existsSync(layout.credentials)) return undefined;
  try {
    return credentialsSchema.parse(JSON.parse(readFileSync(layout.credentials, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Makes the data directory if there is none, and returns its passwords. Made beside its place and renamed, so that
 * one that was interrupted never stands there half done. The caller holds the app's lock.
 */
export async function prepareCluster(
  layout: Layout,
  binaries: Binaries,
): Promise<Credentials | PostgresFailure> {
  const version = join(layout.cluster, 'PG_VERSION');
  const known = readCredentials(layout);
  if (existsSync(version)) {
    const major = readFileSync(version, 'utf8').trim();
    if (major !== binaries.major) {
      return failure(
        'other-version',
        `The database in ${layout.home} is of PostgreSQL ${major}, and this Big Green brings ${binaries.major}. Run the Big Green that made it, or move its data over with a backup.`,
      );
    }
    if (known !== undefined) return known;
    return failure(
      'credentials-lost',
      `The database in ${layout.home} is there, but ${layout.credentials}, which opens it, is not (or is not readable). Put it back from where it went.`,
    );
  }
  const credentials = known ?? newCredentials(layout);
  const draft = `${layout.cluster}.new`;
  const passwordFile = join(layout.home, 'initdb.password');
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(passwordFile, `${credentials.ownerPassword}\n`, { mode: 0o600 });
    if (layout.runAs !== undefined) {
      chownSync(draft, layout.runAs.uid, layout.runAs.gid);
      chownSync(passwordFile, layout.runAs.uid, layout.runAs.gid);
    }
    await run(binaries.initdb, initdbArguments(draft, passwordFile), {
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      ...layout.runAs,
    });
    renameSync(draft, layout.cluster);
    return credentials;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    if (saysDiskFull(said) || said.includes('ENOSPC')) return diskFull(layout.home);
    if (/could not look up effective user/.test(said)) {
      return failure(
        'unknown-user',
        `PostgreSQL makes no database for a user whom the system does not know (user ${layout.owner.uid} has no line in /etc/passwd). Run Big Green as a user that has one, or set DATABASE_URL to a PostgreSQL of your own.`,
      );
    }
    return failure('start-failed', `The database could not be made in ${layout.home}: ${said.trim()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** PostgreSQL's own C.UTF-8 (since 17): the same order of texts on every machine, whatever its libc knows. */
function initdbArguments(folder: string, passwordFile: string): string[] {
  return [
    ...['--pgdata', folder, '--username', OWNER_ROLE, '--pwfile', passwordFile],
    ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--locale-provider=builtin'],
    ...['--builtin-locale=C.UTF-8', '--data-checksums', '--no-instructions'],
  ];
}

function newCredentials(layout: Layout): Credentials {
  const word = () => randomBytes(24).toString('base64url');
  const credentials = { ownerPassword: word(), appPassword: word() };
  writeFileSync(layout.credentials, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}
