import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '#lib/server/database.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';

let scratch: ScratchDatabase;
let db: Database;
let worker: ChildProcess | undefined;

beforeEach(async () => {
  scratch = await scratchDatabase();
  db = openDatabase(scratch.appUrl);
});
afterEach(async () => {
  if (worker?.exitCode === null && worker.kill('SIGTERM'))
    await new Promise((resolve) => worker?.once('exit', resolve));
  await db.$disconnect();
  await scratch.drop();
});

function startWorker(): ChildProcess {
  const program = fileURLToPath(new URL('./main.ts', import.meta.url));
  return spawn(process.execPath, ['--conditions=react-server', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      NODE_ENV: 'test',
      PATH: '/usr/bin:/bin',
      DATABASE_URL: scratch.appUrl,
      BIG_GREEN_SECRET: 'of this test alone, and long enough',
    },
  });
}

test('a worker that was away makes up for what was due by the clock: expired answers go', async () => {
  const long = new Date(Date.now() - 100 * 24 * 60 * 60 * 1000);
  const soon = new Date(Date.now() + 60 * 60 * 1000);
  const answer = { body: '{}', bytes: 2, createdAt: long };
  await db.answer.create({ data: { ...answer, digest: 'old', expiresAt: long } });
  await db.answer.create({ data: { ...answer, digest: 'young', expiresAt: soon } });
  await db.$executeRaw`
    INSERT INTO graphile_worker._private_known_crontabs (identifier, known_since, last_execution)
    VALUES ('forget-answers', ${long}, ${new Date(Date.now() - 3 * 60 * 60 * 1000)})`;
  worker = startWorker();
  await expect
    .poll(async () => (await db.answer.findMany()).map(({ digest }) => digest), {
      timeout: 20_000,
      interval: 200,
    })
    .toEqual(['young']);
});
