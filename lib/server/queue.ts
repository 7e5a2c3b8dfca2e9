import 'server-only';
import type { Reader } from './database.ts';

/** Jobs of the queue, by what they do. */
export type JobName = 'collect' | 'forget-answers';

/**
 * Asks the worker to collect from a physical source at an instant, or at once. One such job stands for a source at
 * a time: asking again moves it. Inside a transaction it is seen once that commits.
 */
export async function queueCollection(tx: Reader, key: string, at: Date | null = null): Promise<void> {
  const name: JobName = 'collect';
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${name}, payload := json_build_object('key', ${key}::text),
      run_at := coalesce(${at}::timestamptz, now()), job_key := ${`collect:${key}`}, max_attempts := 25)`;
}
