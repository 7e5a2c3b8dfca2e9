import type pg from 'pg';

/**
 * Says whether a transaction pooler stands between: while one client is inside a transaction, a pooler gives the
 * other's next statement to whichever session is free, so either both meet in one session or one of them moves.
 * One in session mode passes: there every client has a session to itself.
 */
export async function goesThroughPooler(first: pg.Client, second: pg.Client): Promise<boolean> {
  const before = await sessionOf(first);
  await second.query('BEGIN');
  try {
    const other = await sessionOf(second);
    if (other === before) return true;
    return (await sessionOf(first)) !== before;
  } finally {
    await second.query('ROLLBACK');
  }
}

async function sessionOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}
