import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type RepositoryState, repositoryFiles } from './repository-files.ts';

const run = promisify(execFile);
const author = ['-c', 'user.name=Sam Adeyemi', '-c', 'user.email=sam@the-block.example'];

/** Writes a state of the repository as a commit on `main`; the first makes the repository anew. */
export async function commitState(
  folder: string,
  state: RepositoryState,
  message: string,
  first = false,
): Promise<void> {
  const git = (...args: string[]) => run('git', ['-C', folder, ...author, ...args]);
  if (first) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await git('init', '--quiet', '--initial-branch=main');
  }
  for (const [path, text] of Object.entries(repositoryFiles(state))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await git('add', '--all');
  await git('commit', '--quiet', '--allow-empty', '--message', message);
}
