import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from './place.ts';

test('a demo throws away what a killed one left, and nothing else', async () => {
  const within = mkdtempSync(join(tmpdir(), 'demos-'));
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  for (const name of [
    `demo-${ended}`,
    `demo-${process.ppid}`,
    `demo-${process.pid}`,
    'demo-of-mine',
    'data',
  ]) {
    mkdirSync(join(within, name));
    writeFileSync(join(within, name, 'kept'), '');
  }
  expect(await makeFolder(within, undefined)).toBe(join(within, `demo-${process.pid}`));
  expect(readdirSync(within).toSorted()).toEqual(
    [`demo-${process.ppid}`, `demo-${process.pid}`, 'demo-of-mine', 'data'].toSorted(),
  );
  expect(readdirSync(join(within, `demo-${process.pid}`))).toEqual([]);
  rmSync(within, { recursive: true });
});
