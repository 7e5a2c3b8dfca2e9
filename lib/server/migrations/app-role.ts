import type pg from 'pg';
import { codeOf, type MigrationFailure, migrationFailure } from './failure.ts';

const APP_ROLE = 'big_green_app';

/**
 * Makes sure the application's role is there, is harmless, and may be taken on by the user that migrates (at run time
 * the application connects as that user with `role=big_green_app`). The caller holds the migration lock.
 */
export async function ensureAppRole(client: pg.Client): Promise<MigrationFailure | undefined> {
  const { rows: me } = await client.query<{ name: string }>('SELECT current_user AS name');
  const user = me[0]?.name ?? '';
  const byHand = `As an administrator of that PostgreSQL, run once: CREATE ROLE ${APP_ROLE} NOLOGIN; GRANT ${APP_ROLE} TO "${user}";`;
  try {
    const found = await roleOf(client);
    if (found?.powerful) {
      return migrationFailure(
        'role',
        `The role ${APP_ROLE} is a superuser or may pass by the rules of rows. The application must not have such power: ALTER ROLE ${APP_ROLE} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;`,
      );
    }
    // No password: with a database of one's own nobody logs in as this role, it is only taken on.
    if (found === undefined) await client.query(`CREATE ROLE ${APP_ROLE} LOGIN NOINHERIT`);
    if (!(await maySetRole(client))) {
      await client.query(`GRANT ${APP_ROLE} TO CURRENT_USER`);
      if (!(await maySetRole(client)))
        throw new Error(`the user "${user}" still may not take on ${APP_ROLE}`);
    }
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    // Roles belong to the whole server: another Big Green beside this one may have made it in this moment.
    if (codeOf(error) === '42710' || codeOf(error) === '23505') return ensureAppRole(client);
    return migrationFailure('role', `The role ${APP_ROLE} could not be made ready: ${said}. ${byHand}`);
  }
}

async function roleOf(client: pg.Client): Promise<{ powerful: boolean } | undefined> {
  const { rows } = await client.query<{ powerful: boolean }>(
    'SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS powerful FROM pg_roles WHERE rolname = $1',
    [APP_ROLE],
  );
  return rows[0];
}

/** Tries it: what a membership allows depends on the server's version (from 16, on its SET option). */
async function maySetRole(client: pg.Client): Promise<boolean> {
  try {
    await client.query(`SET ROLE ${APP_ROLE}`);
    await client.query('RESET ROLE');
    return true;
  } catch (error) {
    if (codeOf(error) === '42501') return false;
    throw error;
  }
}
