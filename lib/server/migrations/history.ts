import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MigrationFailure, migrationFailure } from './failure.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

export type Migration = { name: string; sql: string; checksum: string };

/** A row of `_prisma_migrations`, as Prisma's own tools write it. */
export type Applied = {
  name: string;
  checksum: string;
  finished: boolean;
  rolledBack: boolean;
};

/** Reads the migrations of a folder in their order. The checksum is Prisma's: SHA-256 of the file, in hex. */
export function readMigrations(folder: string = MIGRATIONS): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const file = readFileSync(join(folder, name, 'migration.sql'));
      return { name, sql: file.toString('utf8'), checksum: createHash('sha256').update(file).digest('hex') };
    });
}

/** What is left to apply, or why this database's history and ours do not fit. Pure. */
export function pendingOf(
  ours: readonly Migration[],
  theirs: readonly Applied[],
): { kind: 'pending'; migrations: Migration[] } | MigrationFailure {
  const standing = theirs.filter((row) => !row.rolledBack);
  for (const row of standing) {
    const mine = ours.find((one) => one.name === row.name);
    if (mine === undefined) {
      return migrationFailure(
        'missing',
        `The database has had the migration ${row.name}, which this Big Green does not know: a newer one made it. Run that one, or restore a backup of before.`,
      );
    }
    if (!row.finished) {
      return migrationFailure(
        'unfinished',
        `The migration ${row.name} began in this database and never ended. Put the database right by hand or from a backup, then remove its row from _prisma_migrations.`,
      );
    }
    if (mine.checksum !== row.checksum) {
      return migrationFailure(
        'edited',
        `The migration ${row.name} is not the one that was applied (SHA-256 ${mine.checksum.slice(0, 12)}…, applied ${row.checksum.slice(0, 12)}…). A migration is never edited: put the file back as it was and write a new one.`,
      );
    }
  }
  const done = new Set(standing.map((row) => row.name));
  const migrations = ours.filter((one) => !done.has(one.name));
  const last = [...done].sort().at(-1);
  const late = migrations.find((one) => last !== undefined && one.name < last);
  if (late !== undefined) {
    return migrationFailure(
      'out-of-order',
      `The migration ${late.name} comes before ${last}, which this database already has. Give it a name that sorts after.`,
    );
  }
  return { kind: 'pending', migrations };
}
