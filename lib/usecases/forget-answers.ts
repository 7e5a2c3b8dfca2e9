import { deleteExpiredAnswers } from '#lib/evidence/answer-store.ts';
import { type House, house } from '#lib/server/house.ts';

/** So many answers go in one statement: a worker that was away for weeks holds no lock for long. */
const answersABatch = 500;

/**
 * Deletes the vendors' raw answers that have expired, batch after batch. Evidence keeps their digests for ever.
 *
 * @returns how many were deleted.
 */
export async function forgetAnswers(at: House = house(), atMost = answersABatch): Promise<number> {
  const nowMs = at.now();
  let forgotten = 0;
  for (;;) {
    const { gone, needed } = await deleteExpiredAnswers(at.db, { nowMs, atMost });
    forgotten += gone;
    if (gone + needed < atMost) return forgotten;
  }
}
