import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { kitFiles } from './kit.ts';
import { patchOf } from './patch.ts';
import { shippedText, specFrom } from './spec.fixture.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A fresh repository with one commit of these files. */
function repository(files: Readonly<Record<string, string>>): {
  folder: string;
  git: (...args: string[]) => string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'big-green-patch-'));
  folders.push(folder);
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
  git('init', '--quiet');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'First');
  return { folder, git };
}

const file = (path: string, text: string, executable = false) => ({ path, text, executable });

describe.skipIf(spawnSync('git', ['--version']).status !== 0)('git am', () => {
  test('adds every file of the kit as it is', () => {
    const files = kitFiles(specFrom(shippedText));
    const { folder, git } = repository({ 'README.md': 'Hello\n' });
    const mail = join(folder, '.git', 'kit.patch');
    writeFileSync(mail, patchOf('The Block: fast-mainnet', files) ?? '');
    git('am', '--quiet', mail);
    for (const { path, text, executable } of files) {
      expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
      expect((statSync(join(folder, path)).mode & 0o100) !== 0).toBe(executable);
    }
    expect(git('status', '--porcelain')).toBe('');
    expect(git('log', '-1', '--format=%s')).toBe('Add the launch kit of The Block: fast-mainnet\n');
  });

  test('replaces what is there and differs, and leaves alone what is the same', () => {
    const { folder, git } = repository({
      'a.md': 'old\nlines',
      'b.sh': 'echo\n',
      'c.md': 'same\n',
      'd.md': '',
    });
    const files = [
      file('a.md', 'new\n'),
      file('b.sh', 'echo\n', true),
      file('c.md', 'same\n'),
      file('d.md', 'filled\n'),
      file('e/wïth space.md', 'From here\n--- b\n-- \n'),
      file('f/two words.md', 'x\n'),
    ];
    const present = new Map(
      ['a.md', 'b.sh', 'c.md', 'd.md'].map((path) => [
        path,
        { text: readFileSync(join(folder, path), 'utf8'), executable: false },
      ]),
    );
    const mail = join(folder, '.git', 'kit.patch');
    const text = patchOf('Fähre “x”', files, present) ?? '';
    expect(text).not.toContain('c.md');
    writeFileSync(mail, text);
    git('am', '--quiet', mail);
    for (const { path, text: wanted } of files) expect(readFileSync(join(folder, path), 'utf8')).toBe(wanted);
    expect(git('ls-files', '--stage', 'b.sh')).toMatch(/^100755 /);
    expect(git('log', '-1', '--format=%s')).toBe('Add the launch kit of Fähre “x”\n');
  });
});

test('there is no patch where nothing differs', () => {
  const present = new Map([['a', { text: 'x\n', executable: false }]]);
  expect(patchOf('L', [file('a', 'x\n')], present)).toBeNull();
});
