import { type Runner, run, type Task, type TaskSpec } from 'graphile-worker';
import pg from 'pg';
import { z } from 'zod';
import { appConnection } from '#lib/server/database.ts';
import { readEnvironment } from '#lib/server/env.ts';
import type { JobName } from '#lib/server/queue.ts';
import { collect, collectEverything } from '#lib/usecases/collect.ts';
import { forgetAnswers } from '#lib/usecases/forget-answers.ts';
import { forgetDeliveries } from '#lib/usecases/forget-deliveries.ts';
import { workerLogger } from './logger.ts';
import { withPatience } from './patience.ts';
import { schedule } from './schedule.ts';
import { openSourceLocks } from './source-locks.ts';

/**
 * The worker process: takes collections from the queue, `concurrency` at a time, and more beside them that take long.
 * It keeps no state: a cycle puts its own next turn into the queue, a start puts every source there, and the queue
 * keeps the hours of what is due by the clock.
 */
const env = readEnvironment();
if (env.kind !== 'environment' || !env.databaseUrl) {
  console.error(
    env.kind === 'environment' ? 'The worker wants DATABASE_URL: start with "npm start".' : env.message,
  );
  process.exit(1);
}

const payloadSchema = z.object({ key: z.string() });

const lost = (error: Error) => workerLogger.warn(`A database connection was lost: ${error.message}`);
const connection = appConnection(env.databaseUrl);
const locks = openSourceLocks({ ...connection }, lost);
const patiently = withPatience(250, 100);
/** A source whose collection went on beside its turn and failed is asked again after this. */
const safetyMs = 15_000;

const tasks: Record<JobName, Task> = {
  collect: async (payload, { addJob }) => {
    const { key } = payloadSchema.parse(payload);
    const again = (waitMs: number, more: TaskSpec = {}) =>
      addJob('collect', { key }, { jobKey: `collect:${key}`, runAt: new Date(Date.now() + waitMs), ...more });
    // Two cycles over one source at once would only ask twice; whoever comes second tries again shortly.
    if (!(await locks.take(key))) {
      await again(250);
      return;
    }
    await patiently({
      work: async () => {
        try {
          await collect(key);
        } finally {
          await locks.release(key);
        }
      },
      // Its end puts the next turn in the place of this one, or has done so in this very moment.
      letGo: () => again(safetyMs, { jobKeyMode: 'preserve_run_at' }),
      failed: (error) => workerLogger.error(`A slow collection failed: ${String(error)}`),
    });
  },
  'forget-answers': async () => {
    await forgetAnswers();
  },
  'forget-deliveries': async () => {
    await forgetDeliveries();
  },
};

const pool = new pg.Pool({ ...connection, max: 8 });
pool.on('error', lost);
pool.on('connect', (client) => client.on('error', lost));

const runner: Runner = await run({
  pgPool: pool,
  taskList: tasks,
  crontab: schedule,
  concurrency: 4,
  pollInterval: 1000,
  noHandleSignals: true,
  logger: workerLogger,
});
await collectEverything();
console.log(JSON.stringify({ ready: true }));

const stop = async () => {
  await runner.stop().catch(() => undefined);
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', stop);
await runner.promise;
