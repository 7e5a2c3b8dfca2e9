import type { Reader } from '#lib/server/database.ts';

/** A vendor's raw answer, already redacted. */
export interface Answer {
  readonly digest: string;
  readonly body: string;
}

/** How long a raw answer is kept after evidence last rested on it. */
export const answerLifeMs = 14 * 24 * 60 * 60 * 1000;
/** How much of one is kept: larger bodies stand by their digest alone. */
const answerMaxBytes = 1024 * 1024;

/** Keeps raw answers by digest. One that is there already lives on from now. */
export async function keepAnswers(tx: Reader, answers: readonly Answer[], nowMs: number): Promise<void> {
  if (answers.length === 0) return;
  // In the order of their digests, so that two cycles with answers in common never wait for each other in a circle.
  const distinct = [...new Map(answers.map(({ digest, body }) => [digest, body]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const sizes = distinct.map(([, body]) => Buffer.byteLength(body));
  const bodies = distinct.map(([, body], index) =>
    (sizes[index] ?? 0) <= answerMaxBytes ? body.replaceAll('\0', '\ufffd') : '',
  );
  await tx.$executeRaw`
    INSERT INTO answer (digest, body, bytes, created_at, expires_at)
    SELECT digest, body, bytes, ${new Date(nowMs)}::timestamptz, ${new Date(nowMs + answerLifeMs)}::timestamptz
    FROM unnest(${distinct.map(([digest]) => digest)}::text[], ${bodies}::text[], ${sizes}::int[]) AS t(digest, body, bytes)
    ON CONFLICT (digest) DO UPDATE SET expires_at = greatest(answer.expires_at, excluded.expires_at)`;
}

/** What became of a batch of answers that had expired. */
export interface ForgottenAnswers {
  /** Deleted. */
  readonly gone: number;
  /** Kept for longer: evidence that was seen within an answer's life rests on them. */
  readonly needed: number;
}

/**
 * Deletes at most `atMost` expired answers, longest expired first. Evidence that stays the same is one row with the
 * answers of its first sight, so what it rests on lives until `answerLifeMs` after the evidence was last seen.
 */
export async function deleteExpiredAnswers(
  db: Reader,
  { nowMs, atMost }: { readonly nowMs: number; readonly atMost: number },
): Promise<ForgottenAnswers> {
  const life = answerLifeMs / 1000;
  const now = new Date(nowMs);
  // A row that a cycle is writing is that cycle's; one that it has just extended is no longer expired when it is read.
  const [counted] = await db.$queryRaw<ForgottenAnswers[]>`
    WITH expired AS (
      SELECT digest FROM answer WHERE expires_at <= ${now}::timestamptz
      ORDER BY expires_at LIMIT ${atMost} FOR UPDATE SKIP LOCKED
    ), needed AS (
      SELECT a.digest, max(e.last_seen_at) + make_interval(secs => ${life}) AS until
      FROM evidence AS e CROSS JOIN LATERAL unnest(e.answers) AS a(digest)
      WHERE e.last_seen_at > ${now}::timestamptz - make_interval(secs => ${life})
        AND a.digest IN (SELECT digest FROM expired)
      GROUP BY a.digest
    ), extended AS (
      UPDATE answer SET expires_at = needed.until FROM needed WHERE answer.digest = needed.digest
      RETURNING answer.digest
    ), gone AS (
      DELETE FROM answer USING expired
      WHERE answer.digest = expired.digest AND NOT EXISTS (SELECT FROM needed WHERE needed.digest = answer.digest)
      RETURNING answer.digest
    )
    SELECT (SELECT count(*)::int FROM gone) AS gone, (SELECT count(*)::int FROM extended) AS needed`;
  return counted ?? { gone: 0, needed: 0 };
}
