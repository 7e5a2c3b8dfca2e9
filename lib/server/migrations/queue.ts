import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { connectionFailure, type MigrationFailure } from './failure.ts';

const SCHEMA = 'graphile_worker';
const APP_ROLE = 'big_green_app';

/**
 * Brings the job queue's tables to the installed graphile-worker's version, as the database's owner, and lets the
 * application's role work on them. That role may not change them: `run()` finds nothing to migrate.
 */
export async function migrateQueue(ownerUrl: string): Promise<{ kind: 'queue-ready' } | MigrationFailure> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2, connectionTimeoutMillis: 10_000 });
  // A session that breaks while idle is told by the next query; unheard, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, schema: SCHEMA, logger: new Logger(() => () => undefined) });
    await grantQueue(pool);
    return { kind: 'queue-ready' };
  } catch (error) {
    return connectionFailure(error, 'the job queue');
  } finally {
    await pool.end();
  }
}

/**
 * graphile-worker switches row security on for its tables and gives them no policy, so that only their owner sees a
 * row. The application's role gets one for each. The list of migrations it only reads.
 */
async function grantQueue(pool: pg.Pool): Promise<void> {
  await pool.query(`
    DO $$
    DECLARE
      name TEXT;
    BEGIN
      GRANT USAGE ON SCHEMA ${SCHEMA} TO ${APP_ROLE};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${APP_ROLE};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${APP_ROLE};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO ${APP_ROLE};
      REVOKE INSERT, UPDATE, DELETE ON ${SCHEMA}.migrations FROM ${APP_ROLE};
      FOR name IN
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = '${SCHEMA}' AND c.relkind IN ('r', 'p') AND c.relrowsecurity
          AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${APP_ROLE}')
      LOOP
        EXECUTE format('CREATE POLICY ${APP_ROLE} ON ${SCHEMA}.%I FOR ALL TO ${APP_ROLE} USING (true) WITH CHECK (true)', name);
      END LOOP;
    END
    $$`);
}
