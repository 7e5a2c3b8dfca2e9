import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { type ScratchDatabase, scratchDatabase } from './postgres/scratch.ts';
import { confirmSecret, loadSecret, type Secret } from './secret.ts';

const now = new Date('2026-11-23T10:00:00Z');

describe('where the secret comes from', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'big-green-secret-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('the environment comes first, and makes no file', () => {
    const file = join(folder, 'secret');
    expect(loadSecret('given by the environment', file)).toMatchObject({ from: 'environment' });
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
  });

  test("a database of one's own has no file: it must be given", () => {
    expect(loadSecret(undefined, undefined)).toMatchObject({ kind: 'secret-missing' });
  });

  test('the first run makes a file that only its owner reads, and later runs read it', () => {
    const file = join(folder, 'secret');
    const first = loadSecret(undefined, file);
    expect(first).toMatchObject({ kind: 'secret', from: 'file' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(loadSecret(undefined, file)).toEqual(first);
    expect(readFileSync(file, 'utf8').trim().length).toBeGreaterThanOrEqual(43);
  });

  test('a file that others can read, one cut short, and one that cannot be made are refused', () => {
    const file = join(folder, 'secret');
    loadSecret(undefined, file);
    chmodSync(file, 0o640);
    expect(loadSecret(undefined, file)).toMatchObject({ kind: 'secret-open' });
    writeFileSync(file, 'abc');
    chmodSync(file, 0o600);
    expect(loadSecret(undefined, file)).toMatchObject({ kind: 'secret-file' });
    expect(loadSecret(undefined, join(folder, 'nowhere', 'secret'))).toMatchObject({ kind: 'secret-file' });
  });
});

describe('the secret and its database', () => {
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
  beforeEach(async () => {
    await db.installation.deleteMany();
  });
  const secret = (value: string): Secret => ({ kind: 'secret', value, from: 'environment' });
  const right = secret('the one this database was made with');

  test('the first secret is taken, the same one again is let in, another is refused', async () => {
    expect(await confirmSecret(db, right, { newId: 'one', now })).toEqual({
      kind: 'installation',
      id: 'one',
    });
    expect(await confirmSecret(db, right, { newId: 'two', now })).toEqual({
      kind: 'installation',
      id: 'one',
    });
    const wrong = await confirmSecret(db, secret('another one that is long enough'), { newId: 'three', now });
    expect(wrong).toMatchObject({ kind: 'secret-wrong' });
  });

  test('the database does not hold it', async () => {
    await confirmSecret(db, right, { newId: 'one', now });
    expect(JSON.stringify(await db.installation.findMany())).not.toContain(right.value);
  });

  test('of two processes on first run one gives the name', async () => {
    const ids = await Promise.all(
      ['a', 'b', 'c', 'd'].map((newId) => confirmSecret(db, right, { newId, now })),
    );
    expect(new Set(ids.map((one) => one.kind === 'installation' && one.id)).size).toBe(1);
  });
});
