import type { Environment } from '../env.ts';
import { startPostgres } from '../postgres/start.ts';

/** The database that the house stands on. */
export interface HouseDatabase {
  readonly kind: 'database';
  /** For migrations. */
  readonly ownerUrl: string;
  /** For web and worker. */
  readonly appUrl: string;
  /** The folder of everything that lasts; undefined with a database of one's own. */
  readonly home: string | undefined;
  /** Where the secret is kept that nobody gave; undefined with a database of one's own. */
  readonly secretFile: string | undefined;
  stop(): Promise<void>;
  /** At once: its processes are ended without ado, and recover at the next start. */
  kill(): void;
}

/** How often within a minute a database that died is started again. */
const mostDeaths = 5;

/**
 * The database of DATABASE_URL, or else the embedded one, which is started, and started again when somebody ends it:
 * its address stays the same, so web and worker find it again by themselves.
 */
export async function openHouseDatabase(
  env: Environment,
  log: (text: string) => void,
  gaveUp: (text: string) => void,
  /** True for a database whose data goes with it, as a demo's does. */
  throwAway = false,
): Promise<HouseDatabase | { kind: 'failed'; message: string }> {
  const { databaseUrl } = env;
  if (databaseUrl) {
    const nothing = { stop: async () => {}, kill: () => {} };
    return {
      kind: 'database',
      ownerUrl: databaseUrl,
      appUrl: databaseUrl,
      home: undefined,
      secretFile: undefined,
      ...nothing,
    };
  }
  const open = () => startPostgres({ dataDir: env.dataDir, runtimeDir: env.runtimeDir });
  const first = await open();
  if (first.kind !== 'running') return { kind: 'failed', message: first.message };
  let running = first;
  let wanted = true;
  let opening: Promise<void> = Promise.resolve();
  let deaths: number[] = [];
  const again = async () => {
    // Gives the folder free, so that it can be taken anew.
    await running.stop();
    const next = await open();
    if (next.kind !== 'running') return gaveUp(next.message);
    running = next;
    watch();
  };
  const watch = () => {
    void running.ended.then(() => {
      if (!wanted) return;
      const now = Date.now();
      deaths = [...deaths.filter((atMs) => now - atMs < 60_000), now];
      if (deaths.length >= mostDeaths) return gaveUp(`PostgreSQL ended ${mostDeaths} times within a minute.`);
      log('PostgreSQL ended; starting it again.');
      opening = again();
    });
  };
  watch();
  return {
    kind: 'database',
    ownerUrl: first.ownerUrl,
    appUrl: first.appUrl,
    home: first.home,
    secretFile: first.secretFile,
    stop: async () => {
      wanted = false;
      await opening;
      await (throwAway ? running.erase() : running.stop());
    },
    kill: () => {
      wanted = false;
      try {
        process.kill(running.pid, 'SIGQUIT');
      } catch {
        // It has ended.
      }
    },
  };
}
