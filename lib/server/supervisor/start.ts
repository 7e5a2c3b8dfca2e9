import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../database.ts';
import { type Environment, inheritedEnvironment } from '../env.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { readMigrations } from '../migrations/history.ts';
import { migrateQueue } from '../migrations/queue.ts';
import { startPostgres } from '../postgres/start.ts';
import { confirmSecret, loadSecret } from '../secret.ts';
import { keepRunning, type RunningChild } from './house-process.ts';

export interface HouseOptions {
  readonly env: Environment;
  readonly dev: boolean;
  readonly log: (text: string) => void;
  /** Called when a child is given up. */
  readonly gaveUp: (text: string) => void;
  /** True for a house whose data goes with it, as a demo's does. */
  readonly throwAway?: boolean;
  /** More for the children's environment. */
  readonly childEnv?: Readonly<Record<string, string>>;
}

export interface RunningHouse {
  readonly kind: 'running';
  readonly address: string;
  readonly appUrl: string;
  readonly web: RunningChild;
  readonly worker: RunningChild;
  /** Children first, then PostgreSQL. */
  stop(): Promise<void>;
}

export interface HouseFailure {
  readonly kind: 'failed';
  readonly message: string;
}

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** Brings the house up: PostgreSQL unless there is one, migrations, the secret, then web and worker. */
export async function startHouse(options: HouseOptions): Promise<RunningHouse | HouseFailure> {
  const { env, log } = options;
  const database = await openPostgres(env, options.throwAway ?? false);
  if ('message' in database) return { kind: 'failed', message: database.message };
  const undo: (() => Promise<void>)[] = [database.stop];
  const stop = async () => {
    for (const end of undo.splice(0).reverse()) await end();
  };
  const fail = async (message: string): Promise<HouseFailure> => {
    await stop();
    return { kind: 'failed', message };
  };
  const migrated = await applyMigrations(database.ownerUrl, await readMigrations());
  if (migrated.kind !== 'migrated') return fail(migrated.message);
  for (const name of migrated.applied) log(`Migrated the database: ${name}.`);
  const queue = await migrateQueue(database.ownerUrl);
  if (queue.kind !== 'queue-ready') return fail(queue.message);
  const secret = loadSecret(env.secret, database.secretFile);
  if (secret.kind !== 'secret') return fail(secret.message);
  const db = openDatabase(database.appUrl, { connections: 1 });
  const confirmed = await confirmSecret(db, secret, { newId: randomUUID(), now: new Date() }).finally(() =>
    db.$disconnect(),
  );
  if (confirmed.kind !== 'installation') return fail(confirmed.message);

  const shared = {
    ...inheritedEnvironment(),
    ...options.childEnv,
    DATABASE_URL: database.appUrl,
    BIG_GREEN_SECRET: secret.value,
    BIG_GREEN_DATA: env.dataDir,
    PORT: String(env.port),
  };
  const dev = options.dev ? ['--dev'] : [];
  const worker = await keepRunning(
    { name: 'worker', args: ['--conditions=react-server', `${project}lib/worker/main.ts`], env: shared },
    log,
    options.gaveUp,
  );
  if (!worker) return fail('The worker did not start; its words are above.');
  undo.push(() => worker.stop());
  const web = await keepRunning(
    { name: 'web', args: [`${project}lib/server/web/main.ts`, ...dev], env: shared },
    log,
    options.gaveUp,
  );
  if (!web) return fail('The web process did not start; its words are above.');
  undo.push(() => web.stop());
  return {
    kind: 'running',
    address: `http://localhost:${env.port}`,
    appUrl: database.appUrl,
    web,
    worker,
    stop,
  };
}

interface OpenPostgres {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly secretFile: string | undefined;
  readonly stop: () => Promise<void>;
}

async function openPostgres(
  env: Environment,
  throwAway: boolean,
): Promise<OpenPostgres | { message: string }> {
  if (env.databaseUrl) {
    return {
      ownerUrl: env.databaseUrl,
      appUrl: env.databaseUrl,
      secretFile: undefined,
      stop: async () => {},
    };
  }
  const embedded = await startPostgres({ dataDir: env.dataDir, runtimeDir: env.runtimeDir });
  if (embedded.kind !== 'running') return { message: embedded.message };
  const { ownerUrl, appUrl, secretFile } = embedded;
  return { ownerUrl, appUrl, secretFile, stop: () => (throwAway ? embedded.erase() : embedded.stop()) };
}
