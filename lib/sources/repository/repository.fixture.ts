import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceContext } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';

/** A real repository for a test, made by the real Git. */
export interface TestRepository {
  readonly path: string;
  readonly git: (...args: string[]) => string;
  readonly write: (path: string, content: string | Buffer) => void;
  readonly link: (path: string, target: string) => void;
  /** Commits all there is and gives the commit's id. */
  readonly commit: (message?: string) => string;
}

const made: string[] = [];

/** A folder of its own, removed by `removeFolders`. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'repository-test-'));
  made.push(path);
  return path;
}

export function removeFolders(): void {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
}

/** Runs Git with nothing of the machine's configuration, as someone with a name, at a fixed time. */
export function gitIn(cwd: string, args: readonly string[], input?: string): string {
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd,
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOME: '/nonexistent',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Noor',
      GIT_AUTHOR_EMAIL: 'noor@example.org',
      GIT_AUTHOR_DATE: '2026-11-20T08:00:00Z',
      GIT_COMMITTER_NAME: 'Noor',
      GIT_COMMITTER_EMAIL: 'noor@example.org',
      GIT_COMMITTER_DATE: '2026-11-20T09:00:00+01:00',
    } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
  });
}

export function repository(...init: string[]): TestRepository {
  const path = folder();
  const git = (...args: string[]): string => gitIn(path, args).trim();
  git('init', '--quiet', '--initial-branch=main', ...init);
  const place = (at: string): string => {
    mkdirSync(dirname(join(path, at)), { recursive: true });
    return join(path, at);
  };
  return {
    path,
    git,
    write: (at, content) => writeFileSync(place(at), content),
    link: (at, target) => symlinkSync(target, place(at)),
    commit: (message = 'Work') => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}

export function sourceAt(address: string, timeoutMs = 20_000): SourceSpec {
  return {
    id: 'repo',
    title: 'Repository',
    kind: 'repository',
    network: null,
    address,
    everyMs: 60_000,
    timeoutMs,
    buildInfo: null,
  };
}

export function contextAt(commit: string | null, given: Partial<SourceContext> = {}): SourceContext {
  return {
    outgoing: () => Promise.reject(new Error('a repository is not asked over our own HTTP')),
    now: Date.now,
    commit,
    ...given,
  };
}
