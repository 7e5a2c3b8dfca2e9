import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type ChangeName, changeOf, filesAfter, scripts } from './changes.ts';

/** The launch's repository on this machine: a clone that one can look at, and commit to. */
export interface LaunchRepository {
  readonly path: string;
  /** Brings main to where these changes are its commits, in their order, and gives the newest commit's id. */
  readonly bring: (names: readonly ChangeName[]) => Promise<string>;
}

const run = promisify(execFile);
/** The first commit's instant; each next one is 47 minutes later, so that ids are the same wherever it is built. */
const firstCommitMs = Date.parse('2026-11-16T07:00:00Z');
const betweenMs = 47 * 60_000;

/**
 * Makes the launch's repository in a folder that is empty or not there. The same changes give the same commit ids.
 * @throws when Git is not installed, or the folder cannot be written
 */
export async function buildRepository(path: string, names: readonly ChangeName[]): Promise<LaunchRepository> {
  await mkdir(path, { recursive: true });
  await git(path, 0, ['init', '--quiet', '--template=', '--initial-branch=main']);
  let done: readonly ChangeName[] = [];
  const bring = async (wanted: readonly ChangeName[]): Promise<string> => {
    const shared = done.findIndex((name, index) => name !== wanted[index]);
    if (shared >= 0) throw new Error('The launch’s repository only goes forward.');
    for (let index = done.length; index < wanted.length; index += 1) {
      await commit(path, wanted.slice(0, index + 1), index);
      done = wanted.slice(0, index + 1);
    }
    return (await git(path, 0, ['rev-parse', 'HEAD'])).trim();
  };
  await bring(names);
  return { path, bring };
}

async function commit(path: string, names: readonly ChangeName[], index: number): Promise<void> {
  const files = filesAfter(names);
  const toRun = scripts.filter((file) => file in files);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), text);
  }
  for (const file of toRun) await chmod(join(path, file), 0o755);
  const name = names.at(-1);
  await git(path, index, ['add', '--all']);
  // Said to Git, and not only to the file system: some have no such mode.
  if (toRun.length > 0) await git(path, index, ['update-index', '--chmod=+x', '--', ...toRun]);
  await git(path, index, [
    'commit',
    '--quiet',
    '--allow-empty',
    '--message',
    name ? changeOf(name).message : 'Nothing',
  ]);
}

/**
 * Git as nobody in particular, with nothing of the machine’s configuration, at a fixed time: that of the commit of this
 * index, from 0 on.
 */
export async function git(path: string, index: number, args: readonly string[]): Promise<string> {
  const date = new Date(firstCommitMs + index * betweenMs).toISOString();
  const env: Partial<NodeJS.ProcessEnv> = {
    PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin:/run/current-system/sw/bin',
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'Mara Okafor',
    GIT_AUTHOR_EMAIL: 'mara@the-block.example',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'Mara Okafor',
    GIT_COMMITTER_EMAIL: 'mara@the-block.example',
    GIT_COMMITTER_DATE: date,
  };
  const settings = [
    '-c',
    'core.autocrlf=false',
    '-c',
    'commit.gpgSign=false',
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'core.fileMode=false',
  ];
  const { stdout } = await run('git', [...settings, ...args], { cwd: path, env: env as NodeJS.ProcessEnv });
  return stdout;
}
