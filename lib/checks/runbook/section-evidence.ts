import { z } from 'zod';
import type { PlaceSeen } from '#lib/domain/coverage.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { RunbookSectionView } from '#lib/domain/runbooks-view.ts';

/** A judgement of the kind `runbook` lists parts where it found the section, and says why where it did not. */
const sectionSchema = z.object({ parts: z.array(z.unknown()) });

const readSchema = z.object({
  deciding: z.object({
    parts: z.array(z.tuple([z.string(), z.enum(['written', 'empty', 'missing'])])),
    gaps: z.array(z.string()),
  }),
  readings: z.object({
    commit: z.string(),
    line: z.number(),
    commands: z.number(),
    parsed: z.number(),
    gaps: z.array(
      z.object({
        // What was judged before gaps said what they are about is as good.
        about: z.enum(['section', 'part', 'commands', 'placeholder', 'link', 'alert']).catch('section'),
        line: z.number(),
        what: z.string(),
      }),
    ),
  }),
});

/** What a `runbook` check read of a section; null where it did not find it. */
export function sectionRead(judgement: Judgement): RunbookSectionView | null {
  const read = readSchema.safeParse(judgement);
  if (!read.success) return null;
  const { deciding, readings } = read.data;
  return {
    ...readings,
    parts: deciding.parts.map(([title, state]) => ({ title, state })),
    moreGaps: deciding.gaps.length - readings.gaps.length,
  };
}

/** Whether a runbook's section is in its document, by what a `runbook` check came to; one with gaps is there. */
export function sectionSeen({ verdict, sentence, deciding }: Judgement): PlaceSeen {
  if (sectionSchema.safeParse(deciding).success)
    return { kind: 'there', note: verdict === 'pass' ? null : sentence };
  return verdict === 'fail' ? { kind: 'missing', why: sentence } : { kind: 'dark', why: sentence };
}
