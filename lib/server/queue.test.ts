import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { type ScratchDatabase, scratchDatabase } from './postgres/scratch.ts';
import { betweenLooksMs, queueCollection, queueNextTurn } from './queue.ts';

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
