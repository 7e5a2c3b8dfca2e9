import { type ChildProcess, spawn } from 'node:child_process';
import { type Failed, failed } from './failure.ts';

/** Where programs are looked for when the installation does not say. */
const usualFolders = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/run/current-system/sw/bin';

/** How one run of Git is bounded and what it may reach. */
export interface GitRun {
  readonly gitDir: string | null;
  /** Milliseconds until it is killed. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Transports it may use; none when it only reads. */
  readonly protocols?: 'none' | 'http' | 'https';
  readonly config?: readonly string[];
  /** Where programs are looked for, as in PATH. Default: the usual folders. */
  readonly searchPath?: string | undefined;
}

/** Settings that keep a repository's own configuration from running anything or reaching anywhere. */
const guards = [
  'safe.directory=*',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'core.askPass=',
  'core.bigFileThreshold=1m',
  // Files of the machine that it may name, such as /dev/zero, which never ends.
  'diff.orderFile=/dev/null',
  'mailmap.file=/dev/null',
  'log.mailmap=false',
  'credential.helper=',
  'protocol.ext.allow=never',
  'protocol.file.allow=never',
  'http.followRedirects=false',
  'gc.auto=0',
  'maintenance.auto=false',
];

/** Starts Git with arguments, never through a shell, with an environment of its own. Its group can be killed as one. */
export function startGit(args: readonly string[], run: GitRun): ChildProcess {
  const config = [...guards, ...(run.config ?? [])].flatMap((setting) => ['-c', setting]);
  return spawn('git', [...config, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    shell: false,
    detached: true,
    windowsHide: true,
    cwd: '/',
    env: {
      PATH: run.searchPath ?? usualFolders,
      HOME: '/nonexistent',
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_GRAFT_FILE: '/dev/null',
      GIT_NO_LAZY_FETCH: '1',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_PROTOCOL_FROM_USER: '0',
      GIT_ALLOW_PROTOCOL: run.protocols ?? 'none',
      ...(run.gitDir === null ? {} : { GIT_DIR: run.gitDir }),
    } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
  });
}

/** Ends a run of Git and what it started. */
export function killGit(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}

/** What it means that Git could not be started at all. */
export function notStarted(error: NodeJS.ErrnoException): Failed {
  return error.code === 'ENOENT'
    ? failed('refused', 'Git is not installed on the machine that reads this repository; install it there.')
    : failed(
        'refused',
        `Git could not be started on the machine that reads this repository (${error.code}).`,
      );
}
