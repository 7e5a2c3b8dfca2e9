/** Why the embedded database is not to be had. `message` tells a person what is wrong and what to do. */
export type PostgresFailure = {
  kind:
    | 'unsupported-platform'
    | 'not-writable'
    | 'disk-full'
    | 'in-use'
    | 'not-running'
    | 'other-version'
    | 'credentials-lost'
    | 'socket-folder'
    | 'unknown-user'
    | 'start-failed';
  message: string;
};

/** `message` is for people: what is wrong, and what to do. */
export function failure(kind: PostgresFailure['kind'], message: string): PostgresFailure {
  return { kind, message };
}

/** The disk under `folder` has no room left. */
export function diskFull(folder: string): PostgresFailure {
  return failure(
    'disk-full',
    `The disk that holds ${folder} is full. Free some space (about 200 MB to begin with) and start again: nothing that was acknowledged is lost.`,
  );
}

/** Names a failure of the file system on `folder`; anything that is not one is a bug and is thrown on. */
export function fileFailure(error: unknown, folder: string): PostgresFailure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR') {
    return failure(
      'not-writable',
      `The database's folder ${folder} cannot be written to (${code}). Give this user the right to, or name another folder with BIG_GREEN_DATA.`,
    );
  }
  throw error;
}

/** Says whether a line of PostgreSQL's own means a full disk. */
export function saysDiskFull(log: string): boolean {
  return /No space left on device|Disk quota exceeded/i.test(log);
}
