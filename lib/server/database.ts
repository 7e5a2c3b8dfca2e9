import 'server-only';
import { PrismaPg } from '@prisma/adapter-pg';
import type { PoolConfig } from 'pg';
import { Prisma, PrismaClient } from './generated/client.ts';
import { turnstile } from './turnstile.ts';

/** The role the application works as, whoever the URL logs in as. It owns nothing. */
export const APP_ROLE = 'big_green_app';

/** Prisma's own types and its words for SQL and JSON null, for stores. */
export { Prisma };

export type Database = PrismaClient;

declare const ledgerLockHeld: unique symbol;

/** A transaction that holds the ledger's lock. Only `inLedgerTransaction` makes one, so a writer can ask for it. */
export type LedgerTransaction = Prisma.TransactionClient & { readonly [ledgerLockHeld]: true };

/** What a store reads with: the database itself, or a transaction on it. */
export type Reader = Database | Prisma.TransactionClient;

/** How long a ledger transaction may wait to begin or for the ledger's lock. */
const LEDGER_WAIT_MS = 20_000;
/** How long a ledger transaction may last, its wait for the lock included. */
const LEDGER_LIFE_MS = 30_000;
/** Ledger transactions of one process at a time: the rest of the pool stays free for reading. */
const LEDGER_LANES = 3;

/**
 * The settings of a direct `pg` connection that works as the application's role: for a pool of the job queue's, or
 * a client that listens. `statementMs` bounds one statement (0 is no bound: a client that only listens).
 */
export function appConnection(
  url: string,
  { statementMs = 30_000 }: { statementMs?: number } = {},
): PoolConfig {
  const given = new URL(url).searchParams.get('options');
  const options = [
    ...(given === null ? [] : [given]),
    `-c role=${APP_ROLE}`,
    `-c lock_timeout=${LEDGER_WAIT_MS}`,
    `-c statement_timeout=${statementMs}`,
    `-c idle_in_transaction_session_timeout=${2 * LEDGER_LIFE_MS}`,
    '-c timezone=UTC',
  ].join(' ');
  // An `options` inside the URL would win over the one beside it.
  const bare = new URL(url);
  bare.searchParams.delete('options');
  return { connectionString: bare.toString(), options, connectionTimeoutMillis: LEDGER_WAIT_MS };
}

/** Opens the database as the application's role. Connects at the first query; close with `$disconnect()`. */
export function openDatabase(url: string, { connections = 10 }: { connections?: number } = {}): Database {
  const adapter = new PrismaPg({ ...appConnection(url), max: connections });
  return new PrismaClient({ adapter });
}

const lanes = new WeakMap<Database, ReturnType<typeof turnstile>>();

/**
 * Runs `fn` in one READ COMMITTED transaction whose first statement takes the ledger's lock, so that what `fn` reads,
 * decides, writes and appends is one step of the ledger's order. Nothing in `fn` may talk to a network or wait.
 *
 * @throws what `fn` throws, and the database's own errors (`databaseFailure` names them); then nothing is written.
 */
export async function inLedgerTransaction<T>(
  db: Database,
  fn: (tx: LedgerTransaction) => Promise<T>,
): Promise<T> {
  let lane = lanes.get(db);
  if (lane === undefined) {
    lane = turnstile(LEDGER_LANES);
    lanes.set(db, lane);
  }
  return lane(() =>
    db.$transaction(
      async (tx) => {
        await tx.$executeRaw`LOCK TABLE ledger_head IN EXCLUSIVE MODE`;
        return fn(tx as LedgerTransaction);
      },
      { isolationLevel: 'ReadCommitted', maxWait: LEDGER_WAIT_MS, timeout: LEDGER_LIFE_MS },
    ),
  );
}
