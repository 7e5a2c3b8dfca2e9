import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appConnection } from '../database.ts';
import { type ScratchDatabase, scratchDatabase } from '../postgres/scratch.ts';
import { migrateQueue } from './queue.ts';

let scratch: ScratchDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  scratch = await scratchDatabase();
  pool = new pg.Pool({ ...appConnection(scratch.appUrl), max: 8 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
});
afterAll(async () => {
  await pool.end();
  await scratch.drop();
});

const logger = new Logger(() => () => undefined);

test("a worker of the application's role runs jobs that the application's role added: once, again, delayed, in a queue, by cron", async () => {
  const done: string[] = [];
  let tries = 0;
  const worker = await run({
    pgPool: pool,
    logger,
    noHandleSignals: true,
    pollInterval: 100,
    parsedCronItems: [],
    taskList: {
      note: async (payload) => {
        done.push(String((payload as { name: string }).name));
      },
      stumble: async () => {
        tries += 1;
        if (tries === 1) throw new Error('the first time fails');
        done.push('second try');
      },
    },
  });
  const add = (sql: string, values: unknown[] = []) =>
    pool.query(`SELECT graphile_worker.add_job(${sql})`, values);
  await add(`'note', '{"name":"plain"}'`);
  await add(`'note', '{"name":"keyed, never seen"}', job_key := 'k', run_at := now() + interval '1 hour'`);
  await add(`'note', '{"name":"keyed"}', job_key := 'k', run_at := now()`);
  await add(`'note', '{"name":"queued"}', queue_name := 'q'`);
  await add(`'stumble', max_attempts := 3`);
  await expect.poll(() => done.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(3);
  await pool.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts = 1');
  await expect
    .poll(() => [...done].sort(), { timeout: 15_000 })
    .toEqual(['keyed', 'plain', 'queued', 'second try']);
  await worker.stop();
  expect((await pool.query('SELECT * FROM graphile_worker.jobs')).rows).toEqual([]);
});

test('that role sees rows through row security, and may change neither the tables nor their history', async () => {
  await pool.query(`SELECT graphile_worker.add_job('later', run_at := now() + interval '1 hour')`);
  expect((await pool.query('SELECT * FROM graphile_worker._private_jobs')).rowCount).toBe(1);
  await expect(pool.query('DELETE FROM graphile_worker.migrations')).rejects.toThrow(/permission denied/);
  await expect(pool.query('DROP TABLE graphile_worker._private_jobs')).rejects.toThrow(/must be owner/);
  await expect(pool.query('CREATE TABLE graphile_worker.mine (id int)')).rejects.toThrow(/permission denied/);
});

test('every table that row security closes has a policy', async () => {
  expect(await migrateQueue(scratch.ownerUrl)).toEqual({ kind: 'queue-ready' });
  const owner = new pg.Client({ connectionString: scratch.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query(`
    SELECT c.relname, count(p.oid)::int AS policies FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
    WHERE c.relnamespace = 'graphile_worker'::regnamespace AND c.relrowsecurity GROUP BY 1`);
  await owner.end();
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter((row) => row.policies !== 1)).toEqual([]);
});
