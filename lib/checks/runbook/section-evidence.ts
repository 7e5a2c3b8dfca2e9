import { z } from 'zod';
import type { PlaceSeen } from '#lib/domain/coverage.ts';
import type { Judgement } from '#lib/domain/judgement.ts';

/** A judgement of the kind `runbook` lists parts where it found the section, and says why where it did not. */
const sectionSchema = z.object({ parts: z.array(z.unknown()) });

/** Whether a runbook's section is in its document, by what a `runbook` check came to; one with gaps is there. */
export function sectionSeen({ verdict, sentence, deciding }: Judgement): PlaceSeen {
  if (sectionSchema.safeParse(deciding).success)
    return { kind: 'there', note: verdict === 'pass' ? null : sentence };
  return verdict === 'fail' ? { kind: 'missing', why: sentence } : { kind: 'dark', why: sentence };
}
