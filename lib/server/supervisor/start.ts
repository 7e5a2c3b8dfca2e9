import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../database.ts';
import { type Environment, inheritedEnvironment } from '../env.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { migrateQueue } from '../migrations/queue.ts';
import { confirmSecret, loadSecret } from '../secret.ts';
import { type HouseDatabase, openHouseDatabase } from './house-database.ts';
import { type ChildPlan, keepRunning, type RunningChild } from './house-process.ts';
import { claimPort } from './port.ts';

export interface HouseOptions {
  readonly env: Environment;
  readonly dev: boolean;
  readonly log: (text: string) => void;
  /** Called when a child or the database is given up. */
  readonly gaveUp: (text: string) => void;
  /** True for a house whose data goes with it, as a demo's does. */
  readonly throwAway?: boolean;
  /** More for the children's environment. */
  readonly childEnv?: Readonly<Record<string, string>>;
  /** Aborted: stop, also half-way up. */
  readonly signal?: AbortSignal;
}

export interface RunningHouse {
  readonly kind: 'running';
  readonly address: string;
  readonly appUrl: string;
  /** The folder of everything that lasts; undefined with a database of one's own. */
  readonly home: string | undefined;
  readonly web: RunningChild;
  readonly worker: RunningChild;
  /** Children first, then PostgreSQL. */
  stop(): Promise<void>;
  /** All of it at once, without waiting for anything. */
  kill(): void;
}

export interface HouseFailure {
  readonly kind: 'failed';
  readonly message: string;
}

/**
 * A busy worker gathers its young garbage often and gives memory back: left alone, V8 takes over 100 MiB for garbage
 * where some 40 MiB are in use, and glibc keeps what answers of many MiB left behind (mallopt(3)).
 */
const workerMemory = {
  args: ['--max-semi-space-size=4'],
  env: {
    MALLOC_ARENA_MAX: '2',
    MALLOC_MMAP_THRESHOLD_: String(32 * 1024),
    MALLOC_TRIM_THRESHOLD_: String(64 * 1024),
  },
};

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** Brings the house up: PostgreSQL unless there is one, migrations, the secret, then web and worker. */
export async function startHouse(options: HouseOptions): Promise<RunningHouse | HouseFailure> {
  const { env, log, gaveUp, signal } = options;
  if (!options.dev && !existsSync(`${project}.next/BUILD_ID`)) {
    return { kind: 'failed', message: 'The pages are not built. Build them with "npm run build".' };
  }
  const claimed = await claimPort(env.port);
  if (claimed.kind !== 'port') return claimed;
  const database = await openHouseDatabase(env, log, gaveUp, options.throwAway);
  if (database.kind !== 'database') return database;
  const children: RunningChild[] = [];
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
    await database.stop();
  };
  const fail = async (message: string): Promise<HouseFailure> => {
    await stop();
    return { kind: 'failed', message: signal?.aborted ? 'Stopped.' : message };
  };
  if (signal?.aborted) return fail('Stopped.');
  const secret = await furnish(database, env, log);
  if ('message' in secret) return fail(secret.message);

  const shared = {
    ...inheritedEnvironment(),
    NEXT_TELEMETRY_DISABLED: '1',
    ...options.childEnv,
    DATABASE_URL: database.appUrl,
    BIG_GREEN_SECRET: secret.value,
    BIG_GREEN_DATA: env.dataDir,
    PORT: String(claimed.port),
  };
  const start = async (name: ChildPlan['name'], args: readonly string[], more = {}) => {
    const env = { ...shared, ...more };
    const child = await keepRunning({ name, args, env }, { log, gaveUp, signal });
    if (child) children.push(child);
    return child;
  };
  const program = ['--conditions=react-server', `${project}lib/worker/main.ts`];
  const worker = await start('worker', [...workerMemory.args, ...program], workerMemory.env);
  if (!worker) return fail('The worker did not start; its words are above.');
  const dev = options.dev ? ['--dev'] : [];
  const web = await start('web', [`${project}lib/server/web/main.ts`, ...dev]);
  if (!web) return fail('The web process did not start; its words are above.');
  return {
    kind: 'running',
    address: `http://localhost:${claimed.port}`,
    appUrl: database.appUrl,
    home: database.home,
    web,
    worker,
    stop,
    kill: () => {
      for (const child of children) child.kill();
      database.kill();
    },
  };
}

/** Brings the database to this version's schema and holds the secret against it. */
async function furnish(
  database: HouseDatabase,
  env: Environment,
  log: (text: string) => void,
): Promise<{ value: string } | { message: string }> {
  const migrated = await applyMigrations(database.ownerUrl);
  if (migrated.kind !== 'migrated') return migrated;
  for (const name of migrated.applied) log(`Migrated the database: ${name}.`);
  const queue = await migrateQueue(database.ownerUrl);
  if (queue.kind !== 'queue-ready') return queue;
  const secret = loadSecret(env.secret, database.secretFile);
  if (secret.kind !== 'secret') return secret;
  const db = openDatabase(database.appUrl, { connections: 1 });
  const known = { newId: randomUUID(), now: new Date() };
  const confirmed = await confirmSecret(db, secret, known).finally(() => db.$disconnect());
  return confirmed.kind === 'installation' ? { value: secret.value } : confirmed;
}
