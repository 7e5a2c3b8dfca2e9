import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { currentUser, layoutOf } from './layout.ts';
import { processStart } from './process-identity.ts';
import { findPostgres, type RunningPostgres, startPostgres } from './start.ts';

const root = process.getuid?.() === 0;
const fixture = fileURLToPath(new URL('./app.fixture.ts', import.meta.url));

/** 140 bytes more than any socket's path may have. */
const DEEP = Array.from({ length: 12 }, (_, level) => `a folder, level ${level}`).join('/');

let base: string;
let options: { dataDir: string; rootHome: string };

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'big-green-postgres-'));
  chmodSync(base, 0o755);
  options = { dataDir: join(base, DEEP, 'data'), rootHome: join(base, 'var', DEEP) };
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

async function running(over = {}): Promise<RunningPostgres> {
  const outcome = await startPostgres({ ...options, ...over });
  if (outcome.kind !== 'running') throw new Error(outcome.message);
  return outcome;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Starts the fixture's app, under a umask, and returns what it said. */
async function app(
  over = options,
  umask = '022',
): Promise<{ child: ChildProcess; said: Record<string, string> & { pid: number } }> {
  const program = [process.execPath, fixture, JSON.stringify(over)];
  const child = spawn('sh', ['-c', `umask ${umask}; exec "$0" "$@"`, ...program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    if (text.endsWith('\n')) break;
  }
  return { child, said: JSON.parse(text) };
}

async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null)
    await new Promise((resolve) => child.once('exit', resolve));
}

describe(`the embedded database, as ${root ? 'root' : 'an ordinary user'}, in a folder deeper than a socket's path may be`, {
  timeout: 60_000,
}, () => {
  test('starts, is durable, checks its pages, listens on a socket alone, and stops without a trace', async () => {
    const server = await running();
    expect(server.adopted).toBe(false);
    const settings = [
      'fsync',
      'synchronous_commit',
      'data_checksums',
      'listen_addresses',
      'max_connections',
      'TimeZone',
    ];
    const [row] = await query(
      server.appUrl,
      `SELECT current_user::text AS me, ${settings.map((name) => `current_setting('${name}') AS "${name}"`).join()},
        (SELECT pg_encoding_to_char(encoding) || ' ' || datlocale FROM pg_database WHERE datname = current_database()) AS text`,
    );
    expect(row).toEqual({
      me: 'big_green_app',
      fsync: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      listen_addresses: '',
      max_connections: '100',
      TimeZone: 'UTC',
      text: 'UTF8 C.UTF-8',
    });
    const socket = statSync(server.socketDir);
    expect(socket.mode & 0o777).toBe(0o700);
    expect(statSync(join(server.home, 'credentials.json')).mode & 0o777).toBe(0o600);
    const layout = layoutOf({ ...options, user: currentUser() });
    expect([socket.uid, statSync(layout.cluster).uid]).toEqual([layout.owner.uid, layout.owner.uid]);
    expect(statSync(`/proc/${server.pid}`, { throwIfNoEntry: false })?.uid ?? layout.owner.uid).toBe(
      layout.owner.uid,
    );
    await server.stop();
    await server.ended;
    expect(processStart(server.pid)).toBeUndefined();
    expect(existsSync(join(server.socketDir, '.s.PGSQL.5432'))).toBe(false);
    expect(existsSync(layout.lock)).toBe(false);
  });

  test('starts for somebody whose umask closes to others all that they make', async () => {
    const closed = { dataDir: join(base, 'closed', 'data'), rootHome: join(base, 'closed', 'var') };
    const { child, said } = await app(closed, '077');
    expect(said).toMatchObject({ kind: 'running' });
    expect(statSync(join(String(said.home), 'credentials.json')).mode & 0o777).toBe(0o600);
    child.stdin?.end('stop\n');
    await gone(child);
  });

  test('the role of the application cannot get in as the owner', async () => {
    const server = await running();
    const url = new URL(server.appUrl);
    url.username = 'big_green_owner';
    await expect(query(url.toString(), 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  test('finds a server that another process runs, without a claim on it', async () => {
    expect(await findPostgres(options)).toMatchObject({ kind: 'not-running' });
    const server = await running();
    const found = await findPostgres(options);
    expect(found).toMatchObject({ kind: 'found', pid: server.pid, appUrl: server.appUrl });
    await server.stop();
  });

  test('an app that was killed leaves its server, and the next app adopts it with all that was acknowledged', async () => {
    const { child, said } = await app();
    await query(String(said.ownerUrl), 'CREATE TABLE kept AS SELECT 1 AS one');
    child.kill('SIGKILL');
    await gone(child);
    expect(processStart(said.pid)).toBeDefined();
    const server = await running();
    expect([server.adopted, server.pid]).toEqual([true, said.pid]);
    expect(await query(server.ownerUrl, 'SELECT * FROM kept')).toEqual([{ one: 1 }]);
    await server.stop();
    expect(processStart(said.pid)).toBeUndefined();
  });

  test('a second app on the folder says so and stops; the first is not disturbed', async () => {
    const { child, said } = await app();
    expect(await startPostgres(options)).toMatchObject({
      kind: 'in-use',
      message: expect.stringContaining(`process ${child.pid}`),
    });
    expect(await query(String(said.appUrl), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    child.stdin?.end('stop\n');
    await gone(child);
    expect(processStart(said.pid)).toBeUndefined();
  });

  test('of several apps that start at once one gets the folder', async () => {
    const apps = await Promise.all([app(), app(), app()]);
    expect(apps.map(({ said }) => said.kind).sort()).toEqual(['in-use', 'in-use', 'running']);
    for (const { child } of apps) child.stdin?.end('stop\n');
    await Promise.all(apps.map(({ child }) => gone(child)));
  });

  test('a server that was killed is told of, and starts again with all that was acknowledged', async () => {
    const first = await running();
    await query(first.ownerUrl, 'CREATE TABLE survived AS SELECT generate_series(1, 1000) AS n');
    // A session that is at work when the server dies outlives it for a moment, and holds its memory.
    const busy = query(first.ownerUrl, 'SELECT count(*) FROM generate_series(1, 20000000)').catch(() => []);
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    const held = await startPostgres(options);
    expect(held).toMatchObject({ kind: 'in-use' });
    await first.stop();
    const again = await running();
    expect(again.adopted).toBe(false);
    expect(await query(again.ownerUrl, 'SELECT count(*)::int AS n FROM survived')).toEqual([{ n: 1000 }]);
    await busy;
    await again.stop();
  });

  test("starts over a lock file of the server's whose process number somebody else has now", async () => {
    const first = await running();
    const file = join(first.home, 'cluster', 'postmaster.pid');
    const content = readFileSync(file, 'utf8');
    process.kill(first.pid, 'SIGKILL');
    await first.ended;
    await first.stop();
    const stranger = spawn('sleep', ['100'], root ? { uid: 65534, gid: 65534 } : {});
    writeFileSync(file, content.replace(/^\d+/, String(stranger.pid)));
    const again = await running();
    expect(again.adopted).toBe(false);
    expect(processStart(stranger.pid ?? 0)).toBeDefined();
    stranger.kill();
    await again.stop();
  });

  test('a start that was cut short in the middle of the first run is finished by the next, which leaves nothing when it is erased', async () => {
    const over = { dataDir: join(base, 'cut short'), rootHome: join(base, 'var') };
    const layout = layoutOf({ ...over, user: currentUser() });
    mkdirSync(join(layout.home, 'cluster.new', 'base'), { recursive: true });
    mkdirSync(join(layout.home, 'server-17.0.0'));
    const server = await running(over);
    expect(existsSync(`${layout.cluster}.new`)).toBe(false);
    expect(existsSync(join(layout.home, 'server-17.0.0'))).toBe(false);
    await server.erase();
    expect([existsSync(layout.home), processStart(server.pid)]).toEqual([false, undefined]);
  });

  test('says so when the data is of another PostgreSQL, or its passwords are gone', async () => {
    const { home } = layoutOf({ ...options, user: currentUser() });
    const version = join(home, 'cluster', 'PG_VERSION');
    const major = readFileSync(version);
    writeFileSync(version, '12\n');
    expect(await startPostgres(options)).toMatchObject({
      kind: 'other-version',
      message: expect.stringContaining('PostgreSQL 12'),
    });
    writeFileSync(version, major);
    rmSync(join(home, 'credentials.json'));
    expect(await startPostgres(options)).toMatchObject({ kind: 'credentials-lost' });
  });
});
