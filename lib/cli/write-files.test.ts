import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { writeFiles } from './write-files.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const made = '# Made from the readiness spec by `big-green kit`. Change the spec, not this file.\n';
const common = { part: 'alerts', title: 'A file', executable: false, corrections: [] } as const;
const rules: KitFile = {
  ...common,
  path: 'a/rules.yml',
  format: 'prometheus-rules',
  text: `${made}groups: []\n`,
};
const script: KitFile = {
  ...common,
  path: 'a/run.sh',
  format: 'shell',
  text: `#!/bin/sh\n${made}run\n`,
  executable: true,
};
const board: KitFile = {
  ...common,
  path: 'b.json',
  format: 'grafana-dashboard',
  text: '{"uid":"u","panels":[]}\n',
};
const runbooks: KitFile = {
  ...common,
  path: 'ops.md',
  format: 'markdown',
  text: '# Kit\n\n## Stuck\n\nLook.\n',
};
const files = [rules, script, board, runbooks];

/** A folder that has some files already. */
function folder(there: Readonly<Record<string, string | Buffer>>): string {
  const path = mkdtempSync(join(tmpdir(), 'big-green-write-'));
  folders.push(path);
  for (const [at, content] of Object.entries(there)) {
    mkdirSync(dirname(join(path, at)), { recursive: true });
    writeFileSync(join(path, at), content, { mode: 0o644 });
  }
  return path;
}
const read = (out: string, at: string) => readFileSync(join(out, at), 'utf8');

describe('what is known to be the kit’s is replaced', () => {
  test.each([
    [rules, `${made}groups: [old]\n`],
    [script, `#!/bin/sh\n${made}old\n`],
    [board, '{"uid":"u","panels":[{}]}'],
    [board, '{"dashboard":{"uid":"u"}}'],
    [board, ''],
  ])('%j', async (file, there) => {
    const out = folder({ [file.path]: there });
    const written = await writeFiles(out, files, { replace: false });
    expect(written.ok && written.value.find(({ path }) => path === file.path)?.state).toBe('replaced');
    expect(read(out, file.path)).toBe(file.text);
  });
});

describe('what is not is left, and nothing else is written, unless that is said', () => {
  test.each([
    [rules, 'groups: [ours]\n'],
    [script, '#!/bin/sh\nours\n'],
    [board, '{"uid":"other"}'],
    [board, 'no JSON'],
  ])('%j', async (file, there) => {
    const out = folder({ [file.path]: there, 'ops.md': '# Ours\n' });
    const refused = await writeFiles(out, files, { replace: false });
    expect(refused).toEqual({
      ok: false,
      message: expect.stringMatching(`^${file.path} stands in .*nothing was written`),
    });
    expect([read(out, file.path), read(out, 'ops.md')]).toEqual([there, '# Ours\n']);
    expect(
      files.filter(({ path }) => path !== file.path && path !== 'ops.md' && existsSync(join(out, path))),
    ).toEqual([]);
    expect((await writeFiles(out, files, { replace: true })).ok).toBe(true);
    expect(read(out, file.path)).toBe(file.text);
  });
});

test('a document is given the kit’s sections, keeps its mode, and says so', async () => {
  const out = folder({ 'ops.md': '# Ours\n\n## Stuck\n\nOld.\n\n## Own\n' });
  const written = await writeFiles(out, files, { replace: false });
  expect(written.ok && written.value.at(-1)).toEqual({
    path: 'ops.md',
    state: 'merged',
    merged: 'ops.md: section “Stuck” replaced; all its other text stays.',
  });
  expect(read(out, 'ops.md')).toBe('# Ours\n\n## Stuck\n\nLook.\n\n## Own\n');
  expect(statSync(join(out, 'a/run.sh')).mode & 0o777).toBe(0o755);
});

test.each([
  ['no text in UTF-8', Buffer.from('# Fähre\n', 'latin1'), 'ops.md is no text in UTF-8: nothing was written'],
  ['a document that is not closed', '# Ours\n\n```\ncode\n', 'ops.md cannot take the kit’s sections: '],
])('%s is left as it is', async (_, there, said) => {
  const out = folder({ 'ops.md': there });
  const written = await writeFiles(out, files, { replace: true });
  expect(written).toEqual({ ok: false, message: expect.stringContaining(said) });
  expect(readFileSync(join(out, 'ops.md'))).toEqual(Buffer.from(there));
  expect(existsSync(join(out, 'b.json'))).toBe(false);
});

test('a script that stands there the same, and cannot be run, is given its mode', async () => {
  const out = folder({ [script.path]: script.text });
  const written = await writeFiles(out, [script], { replace: false });
  expect(written.ok && written.value[0]?.state).toBe('replaced');
  expect(statSync(join(out, script.path)).mode & 0o777).toBe(0o755);
});
