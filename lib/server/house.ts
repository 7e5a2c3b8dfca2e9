import 'server-only';
import type { Outgoing } from '#lib/domain/outgoing.ts';
import { type Database, openDatabase } from './database.ts';
import { environment, targetText } from './env.ts';
import { ownAddresses } from './outgoing/address.ts';
import { createOutgoing } from './outgoing/outgoing.ts';
import { createSeal, type Seal } from './seal.ts';

/** What a use-case works with at the edge: the database, the one way out, and the clock. */
export interface House {
  readonly db: Database;
  readonly outgoing: Outgoing;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Seals sources' tokens. */
  readonly seal: Seal;
  /** Where copies of remote repositories are kept. */
  readonly cacheDir: string;
}

const kept = globalThis as { bigGreenHouse?: House };

/**
 * This process's house, opened at the first use. Development reloads modules, so it is kept on the global object.
 *
 * @throws Error when the environment names no database: the supervisor starts web and worker with one.
 */
export function house(): House {
  kept.bigGreenHouse ??= openHouse();
  return kept.bigGreenHouse;
}

function openHouse(): House {
  const env = environment();
  if (!env.databaseUrl || !env.secret)
    throw new Error('No DATABASE_URL and BIG_GREEN_SECRET: start with "npm start" or "npm run dev".');
  return {
    db: openDatabase(env.databaseUrl),
    outgoing: createOutgoing({
      allow: [...ownAddresses, ...env.allow.map(targetText)],
      plainTokens: env.allowPlainTokens.map(targetText),
    }),
    now: Date.now,
    seal: createSeal(env.secret, 'source token'),
    cacheDir: `${env.dataDir}-repositories`,
  };
}
