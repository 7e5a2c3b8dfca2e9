import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { type ScratchDatabase, scratchDatabase } from './postgres/scratch.ts';
import { betweenLooksMs, queueCollection, queueNews, queueNextTurn } from './queue.ts';

const key = 'sha256:one';
const hourMs = 3_600_000;

let scratch: ScratchDatabase;
let db: Database;

beforeAll(async () => {
  scratch = await scratchDatabase();
  db = openDatabase(scratch.appUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await scratch.drop();
});
beforeEach(() => db.$executeRaw`DELETE FROM graphile_worker._private_jobs`);

const inMs = async () => {
  const rows = await db.$queryRaw<{ ms: number }[]>`
    SELECT (extract(epoch FROM run_at - now()) * 1000)::float8 AS ms FROM graphile_worker.jobs
    WHERE key = ${`collect:${key}`}`;
  return rows.map(({ ms }) => ms);
};
const inAnHour = () => new Date(Date.now() + hourMs);
/** What a worker does when it takes the job. */
const start = () =>
  db.$executeRaw`UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'one'`;

test('a next turn is when it is due', async () => {
  await queueNextTurn(db, key, inAnHour());
  expect((await inMs())[0]).toBeGreaterThan(betweenLooksMs + 60_000);
});

test('who asks while a source is being collected from is not moved to its next regular turn', async () => {
  await queueCollection(db, key);
  await start();
  await queueCollection(db, key);
  await queueNextTurn(db, key, inAnHour());
  const [ms, ...more] = await inMs();
  expect(more).toEqual([]);
  expect(ms).toBeLessThanOrEqual(betweenLooksMs);
});

test('the turn that is just ending is none that asks, nor is one that was due later anyway', async () => {
  await queueCollection(db, key);
  await start();
  await queueNextTurn(db, key, inAnHour());
  expect((await inMs()).at(-1)).toBeGreaterThan(betweenLooksMs + 60_000);
  await queueCollection(db, key, new Date(Date.now() + 15_000));
  await queueNextTurn(db, key, inAnHour());
  expect((await inMs()).at(-1)).toBeGreaterThan(betweenLooksMs + 60_000);
});

test('a turn that is due sooner than that stays sooner', async () => {
  await queueCollection(db, key);
  await queueNextTurn(db, key, new Date());
  expect((await inMs())[0]).toBeLessThanOrEqual(0);
});

test('news waits for the job that is due by then, moves a later one up, and does not rest on one that is running or given up', async () => {
  const now = new Date();
  await queueCollection(db, key, inAnHour());
  await queueNews(db, key, now);
  expect((await inMs())[0]).toBeLessThanOrEqual(0);
  await queueNews(db, key, new Date(Date.now() + betweenLooksMs));
  expect((await inMs())[0]).toBeLessThanOrEqual(0);
  await start();
  await queueNews(db, key, now);
  expect(await inMs()).toHaveLength(1);
  const free = () => db.$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM graphile_worker.jobs WHERE locked_at IS NULL AND attempts < max_attempts`;
  expect(await free()).toEqual([{ n: 1n }]);
  await db.$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE locked_at IS NULL`;
  await queueNews(db, key, now);
  expect(await free()).toEqual([{ n: 1n }]);
});
