import pg from 'pg';

/** Keeps two cycles over one source from running at once, in this process and in others on the same database. */
export interface SourceLocks {
  /** False when another cycle has the source. */
  readonly take: (key: string) => Promise<boolean>;
  readonly release: (key: string) => Promise<void>;
}

/**
 * Takes advisory locks over one session for all sources, so that a slow one holds no connection of the pool. A session
 * that is lost loses its locks, and a source may then be asked twice: that costs a request and nothing else.
 */
export function openSourceLocks(connection: pg.PoolConfig, lost: (error: Error) => void): SourceLocks {
  const session = new pg.Pool({ ...connection, max: 1, idleTimeoutMillis: 0 });
  session.on('error', lost);
  // The session may take a lock of its own twice: within the process this says who has what.
  const ours = new Set<string>();
  return {
    take: async (key) => {
      if (ours.has(key)) return false;
      ours.add(key);
      let taken = false;
      try {
        const { rows } = await session.query<{ taken: boolean }>(
          'SELECT pg_try_advisory_lock(hashtextextended($1, 4400)) AS taken',
          [key],
        );
        taken = rows[0]?.taken === true;
      } finally {
        if (!taken) ours.delete(key);
      }
      return taken;
    },
    release: async (key) => {
      try {
        await session.query('SELECT pg_advisory_unlock(hashtextextended($1, 4400))', [key]);
      } finally {
        ours.delete(key);
      }
    },
  };
}
