import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, failed } from './failure.ts';

/** A repository on this machine, as Git is pointed to it. */
export interface GitFolder {
  readonly gitDir: string;
  readonly shallow: boolean;
}

/**
 * Finds the Git folder of a path: a bare repository, a clone, or a linked work tree. It is named to Git outright, so
 * no parent folder is searched and a repository of another owner can be read.
 */
export async function findGitFolder(path: string): Promise<Answer<GitFolder>> {
  const there = await kindOf(path);
  if (there === 'denied')
    return failed('unauthorised', `${path} cannot be read by the user that Big Green runs as.`);
  if (there !== 'folder') return failed('not-found', `${path} is not a folder on this machine.`);
  const inner = join(path, '.git');
  const gitDir = (await kindOf(inner)) === 'none' ? path : inner;
  if (
    gitDir === path &&
    !((await kindOf(join(path, 'HEAD'))) === 'file' && (await kindOf(join(path, 'objects'))) === 'folder')
  )
    return failed(
      'not-found',
      `${path} is not a Git repository: it has neither .git nor a bare repository in it.`,
    );
  return { ok: true, value: { gitDir, shallow: (await kindOf(join(gitDir, 'shallow'))) === 'file' } };
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'none' | 'denied'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'EACCES' || code === 'EPERM' ? 'denied' : 'none';
  }
}
