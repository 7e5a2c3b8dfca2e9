import { chownSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure, type PostgresFailure } from './failure.ts';
import type { Layout, Owner } from './layout.ts';

/** Makes the first of the layout's socket folders that can be had: owned by the server's user and closed to others. */
export function openSocketFolder(
  layout: Layout,
): { kind: 'socket-folder-ready'; folder: string } | PostgresFailure {
  const reasons: string[] = [];
  for (const folder of layout.sockets) {
    const parent = dirname(folder);
    // The home is the app's own folder; what stands in a shared one must be closed from its first level on.
    const levels = parent === layout.home ? [folder] : [parent, folder];
    const reason = levels.map((level) => ownedFolder(level, layout.owner)).find((one) => one !== undefined);
    if (reason === undefined) return { kind: 'socket-folder-ready', folder };
    reasons.push(reason);
  }
  return failure(
    'socket-folder',
    `The database's socket has no safe place: ${reasons.join('; ')}. Remove what stands there, or set XDG_RUNTIME_DIR to a folder of this user's own.`,
  );
}

/** Returns why the folder cannot be used, or undefined when it can. */
function ownedFolder(folder: string, owner: Owner): string | undefined {
  try {
    mkdirSync(folder, { mode: 0o700 });
    if (owner.uid !== process.getuid?.()) chownSync(folder, owner.uid, owner.gid);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code !== 'EEXIST') return `${folder} cannot be made (${code})`;
  }
  const found = lstatSync(folder);
  if (!found.isDirectory()) return `${folder} is not a folder`;
  if (found.uid !== owner.uid) return `${folder} belongs to user ${found.uid}, not ${owner.uid}`;
  if ((found.mode & 0o077) !== 0) return `${folder} is open to others`;
  return undefined;
}
