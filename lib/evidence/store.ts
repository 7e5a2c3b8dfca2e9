import type { JsonObject } from '#lib/domain/json.ts';
import { type Standing, standingKey, standingSchema } from '#lib/domain/standing.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import type { Reader } from '#lib/server/database.ts';
import { Prisma } from '#lib/server/generated/client.ts';

/** A check by where it stands. */
export interface CheckKey {
  readonly launch: string;
  readonly item: string;
  readonly check: string;
}

/** Standings by `standingKey`, for each launch asked for. */
export type StandingsByLaunch = ReadonlyMap<string, ReadonlyMap<string, Standing>>;

/** How the checks of some launches stand. Within a launch by `standingKey`. */
export async function readStandings(db: Reader, launches: readonly string[]): Promise<StandingsByLaunch> {
  const rows = await db.standing.findMany({ where: { launchId: { in: [...launches] } } });
  const byLaunch = new Map<string, Map<string, Standing>>(launches.map((id) => [id, new Map()]));
  for (const row of rows) {
    byLaunch.get(row.launchId)?.set(standingKey(row.itemId, row.checkId), standingSchema.parse(row.standing));
  }
  return byLaunch;
}

/** Writes standings in one statement, whatever their number. */
export async function writeStandings(
  tx: Reader,
  rows: readonly (CheckKey & { readonly standing: Standing })[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO standing (launch_id, item_id, check_id, standing, updated_at)
    SELECT launch, item, "check", standing::jsonb, clock_timestamp()
    FROM unnest(${column(rows, 'launch')}::text[], ${column(rows, 'item')}::text[], ${column(rows, 'check')}::text[],
      ${rows.map(({ standing }) => JSON.stringify(standing))}::text[]) AS t(launch, item, "check", standing)
    ON CONFLICT (launch_id, item_id, check_id)
    DO UPDATE SET standing = excluded.standing, updated_at = excluded.updated_at`;
}

/** Forgets the standings of checks that a launch no longer has. Their evidence stays. */
export async function forgetStandings(tx: Reader, gone: readonly CheckKey[]): Promise<void> {
  if (gone.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM standing USING unnest(${column(gone, 'launch')}::text[], ${column(gone, 'item')}::text[],
      ${column(gone, 'check')}::text[]) AS t(launch, item, "check")
    WHERE launch_id = t.launch AND item_id = t.item AND check_id = t."check"`;
}

/** One stored observation with its verdict. */
export interface EvidenceRow extends CheckKey {
  /** Of a judged observation; of a failed one `failure:` and its kind. */
  readonly digest: string;
  readonly ruleVersion: number;
  readonly verdict: Verdict;
  readonly deciding: JsonObject;
  /** As the rule gave them; `holds` besides is a digest of what the source holds of files that people deploy. */
  readonly readings: JsonObject;
  readonly observation: unknown;
  readonly sentence: string;
  readonly failure: JsonObject | null;
  /** Digests of the vendor's raw answers. */
  readonly answers: readonly string[];
  readonly seenAt: string;
  readonly specDigest: string;
  readonly commit: string | null;
}

export interface NewestEvidence extends CheckKey {
  readonly id: bigint;
  readonly digest: string;
  /** From its readings; null where it observes nothing that people deploy. */
  readonly holds: string | null;
  readonly lastSeenAt: Date;
}

/** The newest evidence row of each check that has one. */
export function newestEvidence(db: Reader, checks: readonly CheckKey[]): Promise<NewestEvidence[]> {
  return db.$queryRaw<NewestEvidence[]>`
    SELECT t.launch, t.item, t."check", e.id, e.digest, e.holds, e.last_seen_at AS "lastSeenAt"
    FROM unnest(${column(checks, 'launch')}::text[], ${column(checks, 'item')}::text[],
      ${column(checks, 'check')}::text[]) AS t(launch, item, "check")
    CROSS JOIN LATERAL (
      SELECT id, digest, readings->>'holds' AS holds, last_seen_at FROM evidence
      WHERE launch_id = t.launch AND item_id = t.item AND check_id = t."check" ORDER BY id DESC LIMIT 1
    ) AS e`;
}

export interface TouchedEvidence {
  readonly id: bigint;
  readonly seenAt: string;
  /** What was observed this time, to stand in place of what was; null to leave that. */
  readonly observation: unknown;
}

/** The same evidence was seen once more. */
export async function touchEvidence(tx: Reader, rows: readonly TouchedEvidence[]): Promise<void> {
  for (const { id, observation } of rows) {
    if (observation === null) continue;
    await tx.evidence.update({ where: { id }, data: { observation: observation as Prisma.InputJsonValue } });
  }
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE evidence SET last_seen_at = t.at, seen = seen + 1
    FROM unnest(${rows.map(({ id }) => id)}::bigint[], ${rows.map(({ seenAt }) => seenAt)}::timestamptz[]) AS t(id, at)
    WHERE evidence.id = t.id`;
}

/** Keeps new evidence. */
export async function insertEvidence(tx: Reader, rows: readonly EvidenceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.evidence.createMany({
    data: rows.map((row) => ({
      launchId: row.launch,
      itemId: row.item,
      checkId: row.check,
      digest: row.digest,
      ruleVersion: row.ruleVersion,
      verdict: row.verdict,
      deciding: row.deciding as Prisma.InputJsonObject,
      readings: row.readings as Prisma.InputJsonObject,
      observation: row.observation as Prisma.InputJsonValue,
      sentence: row.sentence,
      failure: row.failure ? (row.failure as Prisma.InputJsonObject) : Prisma.DbNull,
      answers: [...row.answers],
      firstSeenAt: row.seenAt,
      lastSeenAt: row.seenAt,
      specDigest: row.specDigest,
      candidateCommit: row.commit,
    })),
  });
}

function column(rows: readonly CheckKey[], name: keyof CheckKey): string[] {
  return rows.map((row) => row[name]);
}
