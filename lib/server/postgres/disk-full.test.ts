import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../database.ts';
import { databaseFailure } from '../database-failure.ts';
import { applyMigrations } from '../migrations/apply.ts';
import { startPostgres } from './start.ts';

/** Root may lay a small file system of memory over a folder, unless it is fenced in. */
const canMount =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'true']).status === 0;

const MEGABYTE = 1024 * 1024;

describe.skipIf(!canMount)('a full disk', { timeout: 60_000 }, () => {
  let base: string;
  const mounted: string[] = [];

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'big-green-full-'));
    chmodSync(base, 0o755);
  });
  afterAll(() => {
    for (const folder of mounted) spawnSync('umount', ['--lazy', folder]);
    rmSync(base, { recursive: true, force: true });
  });

  /** A disk of so many megabytes. */
  function disk(megabytes: number): string {
    const folder = mkdtempSync(join(base, 'disk-'));
    chmodSync(folder, 0o755);
    const mount = spawnSync('mount', [
      '-t',
      'tmpfs',
      '-o',
      `size=${megabytes}m,mode=755`,
      'big-green-test',
      folder,
    ]);
    if (mount.status !== 0) throw new Error(String(mount.stderr));
    mounted.push(folder);
    return folder;
  }

  test.each([
    ['the programs', 8],
    ['a new database', 80],
  ])('is said when it has no room for %s', async (_, megabytes) => {
    const rootHome = disk(megabytes);
    const outcome = await startPostgres({ dataDir: '/nowhere', rootHome });
    expect(outcome).toMatchObject({ kind: 'disk-full', message: expect.stringContaining('is full') });
  });

  test('while at work: no false success, and all that was acknowledged is there when there is room again', async () => {
    const rootHome = disk(300);
    const options = { dataDir: '/nowhere', rootHome };
    const server = await startPostgres(options);
    if (server.kind !== 'running') throw new Error(server.message);
    expect((await applyMigrations(server.ownerUrl)).kind).toBe('migrated');
    const db = openDatabase(server.appUrl, { connections: 1 });
    const filler = join(rootHome, 'filler');
    const { bavail, bsize } = statfsSync(rootHome);
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 3 * MEGABYTE));

    const acknowledged: string[] = [];
    const failure = await fillUp(db, acknowledged);
    await db.$disconnect();
    expect(['disk-full', 'unreachable']).toContain(failure);
    await server.stop();
    expect(await startPostgres(options)).toMatchObject({ kind: 'disk-full' });

    rmSync(filler);
    const again = await startPostgres(options);
    if (again.kind !== 'running') throw new Error(again.message);
    const reopened = openDatabase(again.appUrl);
    const kept = await reopened.answer.findMany({ select: { digest: true } });
    await reopened.$disconnect();
    await again.stop();
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(new Set(kept.map((row) => row.digest))).toEqual(new Set(acknowledged));
  });
});

/** Writes until it is refused; returns how the refusal is named. */
async function fillUp(db: Database, acknowledged: string[]): Promise<string | undefined> {
  const at = new Date('2026-11-23T12:00:00Z');
  // Nothing in it repeats: what can be pressed together would need less room.
  const body = () => Array.from({ length: 64 * 1024 }, () => Math.random().toString(36).slice(2)).join('');
  for (let count = 0; count < 1000; count += 1) {
    const digest = `answer ${count}`;
    try {
      await db.answer.create({ data: { digest, body: body(), bytes: 0, createdAt: at, expiresAt: at } });
    } catch (error) {
      return databaseFailure(error)?.kind ?? String(error);
    }
    acknowledged.push(digest);
  }
  return undefined;
}
