import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '#lib/server/database.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { createSeal } from '#lib/server/seal.ts';
import { adoptSpec } from '#lib/usecases/adopt-spec.ts';
import { githubHook, hookSpec, startVendor } from '#lib/usecases/receive-hook.fixture.ts';
import { receiveHook } from '#lib/usecases/receive-hook.ts';
import { setSourceHook } from '#lib/usecases/source-hook.ts';

const secret = 'of this test alone, and long enough';

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
      BIG_GREEN_SECRET: secret,
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

test('a webhook has its source asked at once, an hour before its turn', async () => {
  const { server, address } = await startVendor((_request, response) => response.writeHead(404).end('{}'));
  const outgoing = createOutgoing({ allow: [] });
  const seal = createSeal(secret, 'source token');
  const house = { db, outgoing, seal, now: Date.now, cacheDir: '/nonexistent' };
  await adoptSpec({ text: hookSpec(address), name: 'test.yaml' }, house);
  const { sourceKey: key } = await db.launchSource.findFirstOrThrow({ where: { sourceId: 'github' } });
  const set = await setSourceHook(key, house);
  const lastAsked = async () =>
    (await db.source.findUniqueOrThrow({ where: { key } })).lastAskedAt?.getTime() ?? 0;
  const until = { timeout: 20_000, interval: 50 };
  worker = startWorker();
  await expect.poll(lastAsked, until).toBeGreaterThan(0);
  const before = await lastAsked();
  const got = set.ok && (await receiveHook(key, githubHook(set.value.secret, '{}'), house));
  expect(got).toEqual({ ok: true, value: { did: 'check-now' } });
  await expect.poll(lastAsked, until).toBeGreaterThan(before);
  await outgoing.close();
  server.close();
});
