import type { Observation } from '#lib/domain/question.ts';
import { standingKey } from '#lib/domain/standing.ts';
import type { Reader } from '#lib/server/database.ts';
import type { CheckKey } from './store.ts';

/**
 * The observations behind the newest evidence of some checks that could be judged, by `standingKey`. They were parsed
 * when their source answered and are read back as they were written. Of a check whose source was moved, none from
 * before.
 */
export async function readObservations(
  db: Reader,
  checks: readonly CheckKey[],
): Promise<ReadonlyMap<string, readonly Observation[]>> {
  const rows = await db.$queryRaw<{ item: string; check: string; observation: Observation[] }[]>`
    SELECT t.item, t."check", e.observation
    FROM unnest(${checks.map(({ launch }) => launch)}::text[], ${checks.map(({ item }) => item)}::text[],
      ${checks.map(({ check }) => check)}::text[]) AS t(launch, item, "check")
    LEFT JOIN standing AS s ON s.launch_id = t.launch AND s.item_id = t.item AND s.check_id = t."check"
    CROSS JOIN LATERAL (
      SELECT observation FROM evidence
      WHERE launch_id = t.launch AND item_id = t.item AND check_id = t."check" AND failure IS NULL
        AND s.standing -> 'moved' IS NULL
      ORDER BY id DESC LIMIT 1
    ) AS e`;
  return new Map(rows.map(({ item, check, observation }) => [standingKey(item, check), observation]));
}

/** What a source was last seen to hold of the files that people deploy. */
export interface HeldSeen extends CheckKey {
  readonly id: bigint;
  /** A digest of what it held. */
  readonly holds: string;
  readonly lastSeenAt: Date;
  /** What the newest attempt said that had no answer to this; null when this is the newest. */
  readonly since: string | null;
}

/**
 * The newest evidence of each check that has what its source holds, whatever else could not be judged. Of a check whose
 * source was moved, none from before.
 */
export function readHeld(db: Reader, checks: readonly CheckKey[]): Promise<HeldSeen[]> {
  return db.$queryRaw<HeldSeen[]>`
    SELECT t.launch, t.item, t."check", e.id, e.holds, e.last_seen_at AS "lastSeenAt",
      CASE WHEN n.id = e.id THEN NULL ELSE n.sentence END AS since
    FROM unnest(${checks.map(({ launch }) => launch)}::text[], ${checks.map(({ item }) => item)}::text[],
      ${checks.map(({ check }) => check)}::text[]) AS t(launch, item, "check")
    LEFT JOIN standing AS s ON s.launch_id = t.launch AND s.item_id = t.item AND s.check_id = t."check"
    CROSS JOIN LATERAL (
      SELECT id, readings->>'holds' AS holds, last_seen_at FROM evidence
      WHERE launch_id = t.launch AND item_id = t.item AND check_id = t."check" AND readings->>'holds' IS NOT NULL
        AND s.standing -> 'moved' IS NULL
      ORDER BY id DESC LIMIT 1
    ) AS e
    CROSS JOIN LATERAL (
      SELECT id, sentence FROM evidence
      WHERE launch_id = t.launch AND item_id = t.item AND check_id = t."check" ORDER BY id DESC LIMIT 1
    ) AS n`;
}

/** The first observation of some rows of evidence, by their ids: what the source itself holds. */
export async function readFirstObservations(
  db: Reader,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, Observation>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: bigint; observation: Observation }[]>`
    SELECT id, observation->0 AS observation FROM evidence WHERE id = ANY(${[...ids]}::bigint[])`;
  return new Map(rows.map(({ id, observation }) => [id, observation]));
}
