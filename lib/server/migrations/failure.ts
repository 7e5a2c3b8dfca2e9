import pg from 'pg';

/** Why a database cannot be brought to this version's schema. `message` says what to do. */
export type MigrationFailure = {
  kind:
    | 'unreachable'
    | 'refused'
    | 'pooler'
    | 'too-old'
    | 'disk-full'
    | 'busy'
    | 'edited'
    | 'missing'
    | 'unfinished'
    | 'out-of-order'
    | 'role'
    | 'broken';
  message: string;
};

/** `message` is for people: what is wrong, and what to do. */
export function migrationFailure(kind: MigrationFailure['kind'], message: string): MigrationFailure {
  return { kind, message };
}

/** The SQLSTATE of an error of PostgreSQL's, or the code of one of Node's. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return error.code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Names why a connection was not to be had. `where` is the address without its password. */
export function connectionFailure(error: unknown, where: string): MigrationFailure {
  const said =
    error instanceof Error && error.message !== '' ? error.message : (codeOf(error) ?? String(error));
  // PgBouncer refuses start-up parameters it does not know; PostgreSQL has no such words.
  if (/unsupported startup parameter/i.test(said)) return poolerFailure(where);
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
    case '3D000':
    case '42501':
      return migrationFailure('refused', `The database at ${where} does not let Big Green in: ${said}.`);
    case '53100':
      return migrationFailure('disk-full', `The database at ${where} has no room left on its disk.`);
    default:
      return migrationFailure(
        'unreachable',
        `The database at ${where} does not answer: ${said}. Check DATABASE_URL, and that PostgreSQL runs there.`,
      );
  }
}

/** `where` is shown: the database's host and port, without its password. */
export function poolerFailure(where: string): MigrationFailure {
  return migrationFailure(
    'pooler',
    `DATABASE_URL (${where}) goes through a pooler such as PgBouncer. Locks, live events and the job queue need a session of their own, with settings of its own: give the direct address of PostgreSQL (often port 5432 instead of 6432).`,
  );
}
