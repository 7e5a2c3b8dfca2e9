import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { parseStrictJson } from '#lib/canonical/parse.ts';
import { appConnection } from '#lib/server/database.ts';
import { readEnvironment } from '#lib/server/env.ts';
import { applyMigrations } from '#lib/server/migrations/apply.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { openHouseDatabase } from '#lib/server/supervisor/house-database.ts';
import type { Drill, DrillSite } from './drill.ts';
import { type LedgerRow, readLedger } from './ledger.ts';
import { nextMessage, startProgram } from './program.ts';
import { writtenSchema } from './writing.ts';

const processes = 4;
const writersEach = 50;
const entriesEach = 50;
const wanted = processes * writersEach * entriesEach;

/** Four processes with fifty writers each, on the ledger of an embedded PostgreSQL of the drill's own. */
export const writers: Drill = {
  name: 'writers',
  about:
    '200 writers of 4 processes on one ledger: no gap, no fork, no error, and nothing is written around it',
  withinMs: 900_000,
  run: async (site) => {
    const database = await openLedger(site);
    const beganMs = Date.now();
    const outcomes = await Promise.all(
      Array.from({ length: processes }, (_, n) => writeFrom(site, database.appUrl, n + 1)),
    );
    const seconds = (Date.now() - beganMs) / 1000;
    const written = outcomes.reduce((sum, one) => sum + one.written, 0);
    const errors = outcomes.flatMap((one) => one.errors);
    const rate = `${seconds.toFixed(1)} s, ${Math.round(written / seconds)} a second`;
    site.say(`        ${processes} processes, ${writersEach} writers each, ${entriesEach} transactions each`);
    site.promise('no writer met an error', errors.length === 0, errors[0] ?? 'none');
    site.promise('every entry was written', written === wanted, `${written} of ${wanted} in ${rate}`);
    verify(site, await readLedger(database.appUrl));
    await refused(site, 'the application', appConnection(database.appUrl), database.appUrl);
    await refused(site, 'the owner', { connectionString: database.ownerUrl }, database.appUrl);
  },
};

async function openLedger(site: DrillSite): Promise<{ appUrl: string; ownerUrl: string }> {
  const env = readEnvironment();
  if (env.kind !== 'environment') throw new Error(env.message);
  const own = { ...env, dataDir: join(site.folder, 'data'), databaseUrl: undefined, secret: undefined };
  const database = await openHouseDatabase(own, site.say, site.say, true);
  if (database.kind === 'failed') throw new Error(database.message);
  site.undo(database.stop);
  const migrated = await applyMigrations(database.ownerUrl);
  if (migrated.kind !== 'migrated') throw new Error(migrated.message);
  return database;
}

async function writeFrom(
  site: DrillSite,
  appUrl: string,
  number: number,
): Promise<z.infer<typeof writtenSchema>> {
  const child = startProgram(site, 'ledger-writer.ts');
  child.send({ appUrl, process: number, writers: writersEach, entriesEach });
  return writtenSchema.parse(await nextMessage(child));
}

const entrySchema = z.object({
  seq: z.number(),
  at: z.string(),
  actor: z.string(),
  data: z.object({ n: z.number() }),
});

/** Recomputes what each row claims of itself: place, leaf hash (RFC 6962, 2.1), order in time and of each writer. */
function verify(site: DrillSite, rows: readonly LedgerRow[]): void {
  const entries = rows.map(({ bytes }) => {
    const read = parseStrictJson(bytes.toString('utf8'));
    if (!read.ok) throw new Error(read.message);
    return entrySchema.parse(read.value);
  });
  const inPlace = rows.every(({ seq }, place) => seq === place && entries[place]?.seq === place);
  site.promise(
    'the sequence has no gap and no fork',
    inPlace && rows.length === wanted,
    `${rows.length} rows from 0 on`,
  );
  const hashed = rows.filter(({ bytes, leafHash }) => {
    return sha256(Buffer.concat([Buffer.of(0), bytes])) === leafHash.toString('hex');
  });
  site.promise(
    'every leaf hash is that of its bytes',
    hashed.length === rows.length,
    `${hashed.length} recomputed`,
  );
  const times = entries.map(({ at }) => at);
  site.promise(
    'time never goes back',
    times.every((at, n) => n === 0 || at >= (times[n - 1] ?? '')),
  );
  const byWriter = Map.groupBy(entries, ({ actor }) => actor);
  const inOrder = [...byWriter.values()].every(
    (own) => own.length === entriesEach && own.every(({ data }, n) => data.n === n),
  );
  site.promise('each writer’s entries stand once, in its order', inOrder, `${byWriter.size} writers`);
}

const forbidden = [
  "UPDATE ledger_entry SET actor = 'somebody else'",
  'DELETE FROM ledger_entry WHERE seq = 0',
  'TRUNCATE ledger_entry',
  'UPDATE ledger_head SET size = 0',
  'DELETE FROM ledger_head',
  'TRUNCATE ledger_head',
];

async function refused(
  site: DrillSite,
  who: string,
  connection: pg.ClientConfig,
  appUrl: string,
): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  const said: string[] = [];
  for (const statement of forbidden) {
    const outcome = await client.query(statement).then(
      () => null,
      (error: Error) => error.message,
    );
    if (outcome !== null) said.push(outcome);
  }
  await client.end();
  const whole = (await readLedger(appUrl)).length === wanted;
  site.promise(
    `${who} is refused UPDATE, DELETE and TRUNCATE`,
    said.length === forbidden.length && whole,
    said[0],
  );
}
