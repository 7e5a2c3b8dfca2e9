import { isSilence } from '#lib/domain/failure.ts';
import type { Answer } from '../repository/failure.ts';
import type { CommitWalk } from '../repository/walk.ts';
import { type CiFileRead, lookAtCiFile, readCiFile, unreadCiFile } from './ci-file.ts';
import { readIncludes } from './ci-includes.ts';

/**
 * A project's CI file at a commit; what keeps it from being read is its fault, unless GitLab is silent. `ciFile` null:
 * the project's settings, which may name another than `.gitlab-ci.yml`, are not shown.
 */
export async function readCiFileAt(
  walk: CommitWalk,
  commit: string,
  ciFile: string | null,
): Promise<Answer<CiFileRead>> {
  const path = ciFile ?? '.gitlab-ci.yml';
  const unread = (why: string) => ({ ok: true, value: unreadCiFile(path, why) }) as const;
  if (path.includes('@') || /^https?:/i.test(path))
    return unread('it stands outside this project, and is not read');
  const read = await walk.file(path);
  if (!read.ok) return isSilence(read.failure) ? read : unread(read.failure.message.replace(/\.$/, ''));
  const { found, text, whyNoText } = read.value;
  if (text !== null) {
    const look = lookAtCiFile(path, text);
    if (!look.ok) return { ok: true, value: look.unread };
    const includes = await readIncludes(path, look.root, walk);
    return includes.ok ? { ok: true, value: readCiFile(path, look.root, includes.value) } : includes;
  }
  const other =
    ciFile === null ? ', and whether the project names another is not shown without the scope read_api' : '';
  return unread(
    found === 'absent'
      ? `it is not in commit ${commit.slice(0, 12)}${other}`
      : `it is no text (${whyNoText ?? found})`,
  );
}

/** Whether a CI file is the named one, by its path or by its name alone. */
export function isNamed(ciFile: string, name: string): boolean {
  const path = ciFile.replace(/@.*/s, '');
  return name === path || (!name.includes('/') && path.endsWith(`/${name}`));
}
