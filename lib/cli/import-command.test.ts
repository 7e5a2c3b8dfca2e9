import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importCommand } from './import-command.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'big-green-import-'));
  await writeFile(join(folder, 'LIST.md'), '# Launch\n\n- [ ] Peers connect\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The command's exit and what it told the person. */
async function run(...args: readonly string[]) {
  const told: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  const exit = await importCommand([join(folder, 'LIST.md'), ...args]);
  write.mockRestore();
  return { exit, told: told.join('') };
}

test('a draft that is there, and may have been edited, is written over only when that is said', async () => {
  const out = join(folder, 'launch.yaml');
  expect((await run('--out', out)).exit).toBe(0);
  await writeFile(out, 'edited by hand');
  const again = await run('--out', out);
  expect(again.exit).toBe(3);
  expect(again.told).toContain('is there already, and may hold edits of yours: nothing was written');
  expect(await readFile(out, 'utf8')).toBe('edited by hand');
  expect((await run('--out', out, '--replace')).exit).toBe(0);
  expect(await readFile(out, 'utf8')).toContain('Peers connect');
});
