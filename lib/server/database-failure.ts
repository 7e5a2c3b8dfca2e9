/** Why the database did not do what was asked, when that is nobody's mistake. `message` is for a person. */
export type DatabaseFailure = {
  kind: 'disk-full' | 'unreachable' | 'busy';
  message: string;
};

/** SQLSTATE classes and codes (PostgreSQL, appendix A), and Node's own for a connection. */
const KINDS: [RegExp, DatabaseFailure][] = [
  [
    /^53100$/,
    {
      kind: 'disk-full',
      message: 'The disk of the database is full. Nothing was written; free some space and try again.',
    },
  ],
  [
    /^(55P03|57014|P2028|P2024)$/,
    { kind: 'busy', message: 'The database was too busy to answer in time. Nothing was written; try again.' },
  ],
  [
    /^(08\w{3}|57P\w{2}|53300|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND|P1001|P1002|P1008|P1017)$/,
    {
      kind: 'unreachable',
      message: 'The database does not answer. What was acknowledged before is safe; try again in a moment.',
    },
  ],
];

const WITHOUT_CODE =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|timeout expired/;

/**
 * Names a failure of the database's in an error that Prisma, its adapter or `pg` threw; undefined when the error is
 * something else, which then is a bug and is to be thrown on.
 */
export function databaseFailure(error: unknown): DatabaseFailure | undefined {
  const codes = [...codesOf(error, 0)];
  return KINDS.find(([pattern]) => codes.some((code) => pattern.test(code)))?.[1];
}

/** Every code an error carries, in itself, its causes and the places where Prisma puts the driver's. */
function* codesOf(error: unknown, depth: number): Generator<string> {
  if (depth > 6 || typeof error !== 'object' || error === null) return;
  // What pg says of a session that broke, or was not to be had, carries no code (pg/lib/client.js, pg-pool).
  if (error instanceof Error && WITHOUT_CODE.test(error.message)) yield 'ECONNECT';
  for (const [key, value] of Object.entries({
    ...error,
    cause: 'cause' in error ? error.cause : undefined,
  })) {
    if ((key === 'code' || key === 'originalCode') && typeof value === 'string') yield value;
    // A socket that is not there is ENOENT, which elsewhere means a file: pg says what it did, Prisma only its own name.
    else if ((key === 'syscall' && value === 'connect') || (key === 'clientVersion' && isNoEntry(error))) {
      yield 'ECONNECT';
    } else if (/^(cause|meta|driverAdapterError|errors|\d+)$/.test(key)) yield* codesOf(value, depth + 1);
  }
}

function isNoEntry(error: object): boolean {
  return 'code' in error && error.code === 'ENOENT';
}
