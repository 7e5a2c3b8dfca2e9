import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A throw-away repository in which a change to some paths is merged: `HEAD^1` is the branch it goes to. */
export interface MergedChange {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
}

const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];

const made = new Map<string, MergedChange>();

/** The repository in which these paths were changed; made once for all who ask, who leave its commits alone. */
export function mergedChange(paths: readonly string[]): MergedChange {
  const key = paths.join('\n');
  const change = made.get(key) ?? makeChange(paths);
  made.set(key, change);
  return change;
}

/** Removes every repository that was made. */
export function removeChanges(): void {
  for (const { folder } of made.values()) rmSync(folder, { recursive: true, force: true });
  made.clear();
}

function makeChange(paths: readonly string[]): MergedChange {
  const folder = mkdtempSync(join(tmpdir(), 'big-green-gate-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...author, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  git('init', '--quiet', '--initial-branch=main');
  write('README.md', 'one\n');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'base');
  const base = git('rev-parse', 'HEAD');
  git('checkout', '--quiet', '-b', 'change');
  for (const path of paths) write(path, 'changed\n');
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '--message', 'change');
  git('checkout', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '--message', 'merge', 'change');
  return { folder, base, head: git('rev-parse', 'HEAD') };
}

/** Runs a script as CI does; what it put into `GITHUB_OUTPUT`, and whether it succeeded. */
export function runScript(
  script: string,
  folder: string,
  env: Readonly<Record<string, string>>,
): { readonly ok: boolean; readonly outputs: Readonly<Record<string, string>>; readonly said: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'big-green-output-')), 'output');
  writeFileSync(file, '');
  const { PATH = '' } = process.env;
  const options = {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH, GITHUB_OUTPUT: file, ...env } as unknown as NodeJS.ProcessEnv,
  } as const;
  try {
    const said = execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { ok: true, outputs: readOutputs(file), said };
  } catch (error) {
    return {
      ok: false,
      outputs: readOutputs(file),
      said: String((error as { stdout?: unknown }).stdout ?? error),
    };
  } finally {
    rmSync(dirname(file), { recursive: true, force: true });
  }
}

function readOutputs(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return Object.fromEntries(lines.map((line) => line.split('=') as [string, string]));
}

/**
 * Ruby's `File.fnmatch` with the flags that GitLab gives it (pathname, dotmatch, extglob), as far as patterns without
 * braces go. Source: gitlab-org/gitlab, lib/gitlab/ci/build/rules/rule/clause/changes.rb, and Ruby's dir.c.
 */
export function fnmatch(pattern: string, path: string): boolean {
  const expression = pattern.replace(/\*\*\/|\*+|\?|\[[^\]]*\]|[^*?[]+/g, (part) => {
    if (part === '**/') return '(?:[^/]*/)*';
    if (part.startsWith('*')) return '[^/]*';
    if (part === '?') return '[^/]';
    return part.startsWith('[') ? part : part.replace(/[.+^${}()|\\]/g, '\\$&');
  });
  return new RegExp(`^${expression}$`).test(path);
}
