import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { kitFiles } from '#lib/kit/kit.ts';
import { shippedText, specFrom } from '#lib/kit/spec.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'big-green-kit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const spec = new URL('../../launches/the-block.yaml', import.meta.url).pathname;
const files = kitFiles(specFrom(shippedText));

function kit(...args: string[]) {
  const program = new URL('./big-green.ts', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=react-server', program, 'kit', ...args],
    {
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
}

test('writes every file, finds each the same, and puts its sections into a document with other text', () => {
  const out = join(folder, 'all');
  expect(kit('--spec', spec, '--out', out).status).toBe(0);
  for (const { path, text, executable } of files) {
    expect(readFileSync(join(out, path), 'utf8')).toBe(text);
    expect((statSync(join(out, path)).mode & 0o100) !== 0).toBe(executable);
  }
  writeFileSync(join(out, 'docs/operations.md'), 'mine\n');
  const again = JSON.parse(kit('--spec', spec, '--out', out, '--json').stdout) as {
    files: { path: string; state: string }[];
    merged: string[];
  };
  expect(again.files.filter(({ state }) => state !== 'same').map(({ path, state }) => [path, state])).toEqual(
    [['docs/operations.md', 'merged']],
  );
  expect(again.merged).toEqual([
    'docs/operations.md: sections “Treasury Stuck”, “Energy Stalled”, “Receipts Flatlining”, “Settlement Audit” added at the end; all its other text stays.',
  ]);
  const text = files.find(({ path }) => path === 'docs/operations.md')?.text ?? '';
  const merged = `mine\n\n${text.slice(text.indexOf('## '))}`;
  expect(readFileSync(join(out, 'docs/operations.md'), 'utf8')).toBe(merged);
  writeFileSync(
    join(out, 'docs/operations.md'),
    merged.replace('## Energy Stalled', '## Energy stalled\n\nOld.'),
  );
  const { stdout } = kit('--spec', spec, '--out', out);
  expect(stdout).toContain('merged   docs/operations.md');
  expect(stdout).toContain(
    'docs/operations.md: section “Energy Stalled” replaced; all its other text stays.\n',
  );
  expect(readFileSync(join(out, 'docs/operations.md'), 'utf8')).toBe(merged);
});

test('writes only the parts that were asked for', () => {
  const out = join(folder, 'some');
  const { status, stdout } = kit('--spec', spec, '--out', out, '--only', 'runbooks,coverage-script');
  expect(status).toBe(0);
  expect(stdout).toContain('new      docs/operations.md');
  expect(existsSync(join(out, 'scripts/verify_metrics_coverage.sh'))).toBe(true);
  expect(existsSync(join(out, 'monitoring'))).toBe(false);
});

test('attack 21: a link on the way is refused before anything is written', () => {
  const out = join(folder, 'linked');
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(out);
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(out, 'scripts'));
  const { status, stderr } = kit('--spec', spec, '--out', out);
  expect([status, stderr]).toEqual([1, expect.stringContaining('scripts is a symbolic link')]);
  expect(existsSync(join(out, 'docs'))).toBe(false);
  expect(existsSync(join(elsewhere, 'verify_metrics_coverage.sh'))).toBe(false);
});

test('a folder where a file is to be is refused', () => {
  const out = join(folder, 'folder');
  mkdirSync(join(out, 'docs/operations.md'), { recursive: true });
  expect(kit('--spec', spec, '--out', out)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('operations.md is no file'),
  });
});

test('a patch against a work tree that has the kit is none', () => {
  const out = join(folder, 'present');
  const patch = join(folder, 'kit.patch');
  kit('--spec', spec, '--out', out);
  const { status, stdout } = kit('--spec', spec, '--patch', patch, '--against', out);
  expect([status, stdout]).toEqual([0, expect.stringContaining('no patch was written')]);
  expect(existsSync(patch)).toBe(false);
});

test.each([
  [['--out', folder], 'Say from what and to where'],
  [['--spec', spec], 'Say from what and to where'],
  [['--spec', spec, '--out', folder, '--only', 'panels'], 'There is no part “panels”'],
  [['--spec', spec, '--zip', 'x', '--replace'], '--replace goes with --out'],
  [['--spec', spec, '--zip', 'x', '--against', folder], '--against goes with --patch'],
  [['--spec', spec, '--patch', 'x', '--against', join(folder, 'none')], 'There is no folder'],
  [['--spec', join(folder, 'none.yaml'), '--out', folder], 'There is no file'],
])('%j is wrong use', (args, said) => {
  const { status, stderr } = kit(...args);
  expect([status, stderr]).toEqual([3, expect.stringContaining(said)]);
});
