import 'server-only';
import { Prisma, type Reader } from './database.ts';

/** Jobs of the queue, by what they do. */
export type JobName = 'collect' | 'forget-answers' | 'forget-deliveries';

/** Where news of a source comes in again and again, it is looked at again this long after the last look. */
export const betweenLooksMs = 2_000;

/**
 * Asks the worker to collect from a physical source at an instant, or at once. One such job stands for a source at
 * a time: asking again moves it. Inside a transaction it is seen once that commits.
 */
export async function queueCollection(tx: Reader, key: string, at: Date | null = null): Promise<void> {
  const name: JobName = 'collect';
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, payload := json_build_object('key', ${key}::text),
      run_at := coalesce(${at}::timestamptz, now()), job_key := ${jobKey(key)}, max_attempts := 25)`;
}

/**
 * The same for news, of which many may come at once: where a job waits that is due by then, that one will see it, and
 * is not even touched.
 */
export async function queueNews(tx: Reader, key: string, at: Date): Promise<void> {
  const name: JobName = 'collect';
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, payload := json_build_object('key', ${key}::text),
      run_at := ${at}::timestamptz, job_key := ${jobKey(key)}, max_attempts := 25)
    WHERE NOT EXISTS (${waiting(key)} AND run_at <= ${at}::timestamptz)`;
}

/**
 * The same for a source's next regular turn. Who asked for it while it was just being collected from is not forgotten:
 * what they want to know may be newer than what was just read, so that its turn comes shortly.
 */
export async function queueNextTurn(tx: Reader, key: string, at: Date): Promise<void> {
  const name: JobName = 'collect';
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, payload := json_build_object('key', ${key}::text),
      run_at := CASE WHEN EXISTS (${waiting(key)} AND run_at <= now() + interval '1 second')
        THEN least(${at}::timestamptz, now() + ${betweenLooksMs} * interval '1 millisecond')
        ELSE ${at}::timestamptz END,
      job_key := ${jobKey(key)}, max_attempts := 25)`;
}

/** The source's job, where no worker has it and one will take it. */
function waiting(key: string): Prisma.Sql {
  return Prisma.sql`SELECT 1 FROM graphile_worker.jobs
    WHERE key = ${jobKey(key)} AND locked_at IS NULL AND attempts < max_attempts`;
}

function jobKey(key: string): string {
  return `collect:${key}`;
}
