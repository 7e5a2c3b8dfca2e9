import { type Runner, run, type Task } from 'graphile-worker';
import pg from 'pg';
import { z } from 'zod';
import { appConnection } from '#lib/server/database.ts';
import { readEnvironment } from '#lib/server/env.ts';
import type { JobName } from '#lib/server/queue.ts';
import { collect, collectEverything } from '#lib/usecases/collect.ts';
import { forgetAnswers } from '#lib/usecases/forget-answers.ts';
import { workerLogger } from './logger.ts';
import { schedule } from './schedule.ts';

/**
 * The worker process: takes collections from the queue, in as many at a time as `concurrency`. It keeps no state and
 * no timers: a cycle puts its own next turn into the queue, a start puts every source there, and the queue keeps the
 * hours of what is due by the clock.
 */
const env = readEnvironment();
if (env.kind !== 'environment' || !env.databaseUrl) {
  console.error(
    env.kind === 'environment' ? 'The worker wants DATABASE_URL: start with "npm start".' : env.message,
  );
  process.exit(1);
}

const payloadSchema = z.object({ key: z.string() });

const tasks: Record<JobName, Task> = {
  collect: async (payload, helpers) => {
    const { key } = payloadSchema.parse(payload);
    // Two cycles over one source at once would only ask twice; whoever comes second tries again shortly.
    const client = await pool.connect();
    try {
      const lock = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 4400)) AS taken', [
        key,
      ]);
      if (!lock.rows[0]?.taken) {
        const again = { jobKey: `collect:${key}`, runAt: new Date(Date.now() + 250) };
        await helpers.addJob('collect', { key }, again);
        return;
      }
      await collect(key);
    } finally {
      await client.query('SELECT pg_advisory_unlock_all()');
      client.release();
    }
  },
  'forget-answers': async () => {
    await forgetAnswers();
  },
};

const pool = new pg.Pool({ ...appConnection(env.databaseUrl), max: 12 });
const lost = (error: Error) => workerLogger.warn(`A database connection was lost: ${error.message}`);
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
