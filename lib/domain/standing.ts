import { z } from 'zod';
import { sourceFailureSchema } from './failure.ts';
import { judgementSchema } from './judgement.ts';
import { verdictSchema } from './verdict.ts';

/** How a check stands: what its evidence came to, before the clock has its say (see `lib/evidence/standing.ts`). */
export const standingSchema = z.object({
  /** By evidence: `stale`, and `unknown` for silence past `maxAge`, come from the clock. */
  verdict: verdictSchema,
  since: z.string(),
  ruleVersion: z.number().int(),
  evidenceDigest: z.string().nullable(),
  /** Of the newest observation that could be judged; null before the first. */
  judgement: judgementSchema.nullable(),
  /** When the judged observation was made; its age is the row's age. */
  observedAt: z.string().nullable(),
  /** When we last tried, whatever came of it. */
  triedAt: z.string(),
  /** Of the last attempt; null when it was answered. */
  failure: sourceFailureSchema.nullable(),
  /** Since when the source has not answered; null when it answers. */
  silentSince: z.string().nullable(),
  /** An unconfirmed fail: shown as *failing*, and not counted yet. */
  failing: z.object({ count: z.number().int(), since: z.string(), sentence: z.string() }).nullable(),
  /** Instants of the last changes of verdict, newest last, at most 12. */
  changes: z.array(z.string()),
  maxAgeMs: z.number(),
  /** Since when it is read elsewhere, in a sentence; there until something judged from there stands in its place. */
  moved: z.object({ at: z.string(), sentence: z.string() }).exactOptional(),
});
export type Standing = z.infer<typeof standingSchema>;

/** A check within its launch, by its item and its own id. */
export function standingKey(item: string, check: string): string {
  return `${item}/${check}`;
}

/** A standing read at an instant. */
export interface StandingNow {
  readonly verdict: z.infer<typeof verdictSchema>;
  /** One sentence for people: the judgement's, or why it is unknown or stale. */
  readonly sentence: string;
  readonly silent: boolean;
  readonly failing: boolean;
  readonly flapping: boolean;
  /** When time alone changes it next; null when it does not. */
  readonly changesAtMs: number | null;
}
