import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeAppLock } from './app-lock.ts';
import { processStart } from './process-identity.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'big-green-lock-'));
  path = join(folder, 'app.lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('is had once, and again after it is given free', () => {
  const first = takeAppLock(path);
  expect(takeAppLock(path)).toMatchObject({
    kind: 'in-use',
    message: expect.stringContaining(String(process.pid)),
  });
  if (first.kind === 'lock') first.release();
  expect(takeAppLock(path).kind).toBe('lock');
  expect(readdirSync(folder)).toEqual(['app.lock']);
});

test.each([
  ['of a process that died', JSON.stringify({ pid: 2 ** 22 + 5, start: 'then', token: 'x' })],
  [
    'of a process whose number another one has now',
    JSON.stringify({ pid: process.pid, start: 'before', token: 'x' }),
  ],
  ['that was cut short', '{"pid": 1'],
])('a lock %s is taken over', (_, content) => {
  writeFileSync(path, content);
  expect(takeAppLock(path).kind).toBe('lock');
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
  expect(readdirSync(folder)).toEqual(['app.lock']);
});

test("giving free leaves alone a lock that is somebody else's by now", () => {
  const mine = takeAppLock(path);
  const theirs = JSON.stringify({ pid: 1, start: processStart(1) ?? '', token: 'theirs' });
  writeFileSync(path, theirs);
  if (mine.kind === 'lock') mine.release();
  expect(readFileSync(path, 'utf8')).toBe(theirs);
});

test('a process is known by its start; one that is not there has none', () => {
  expect(processStart(process.pid)).toBe(processStart(process.pid));
  expect(processStart(process.pid)).not.toBe(processStart(process.ppid));
  expect(processStart(2 ** 22 + 5)).toBeUndefined();
});
