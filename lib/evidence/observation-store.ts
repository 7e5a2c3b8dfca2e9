import type { Observation } from '#lib/domain/question.ts';
import { standingKey } from '#lib/domain/standing.ts';
import type { Reader } from '#lib/server/database.ts';
import type { CheckKey } from './store.ts';

/**
 * The observations behind the newest evidence of some checks that could be judged, by `standingKey`. They were parsed
 * when their source answered and are read back as they were written.
 */
export async function readObservations(
  db: Reader,
  checks: readonly CheckKey[],
): Promise<ReadonlyMap<string, readonly Observation[]>> {
  const rows = await db.$queryRaw<{ item: string; check: string; observation: Observation[] }[]>`
    SELECT t.item, t."check", e.observation
    FROM unnest(${checks.map(({ launch }) => launch)}::text[], ${checks.map(({ item }) => item)}::text[],
      ${checks.map(({ check }) => check)}::text[]) AS t(launch, item, "check")
    CROSS JOIN LATERAL (
      SELECT observation FROM evidence
      WHERE launch_id = t.launch AND item_id = t.item AND check_id = t."check" AND failure IS NULL
      ORDER BY id DESC LIMIT 1
    ) AS e`;
  return new Map(rows.map(({ item, check, observation }) => [standingKey(item, check), observation]));
}
