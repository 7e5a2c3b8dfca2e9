import { z } from 'zod';
import { levelSchema } from '#lib/domain/verdict.ts';
import { confirm, confirmFor, maxAge } from './format-launch.ts';
import { duration, id, phaseId } from './scalars.ts';
import { name, prose } from './text.ts';

/** What every check may say, whatever its kind. Everything else it says are its kind's parameters. */
const checkCommon = {
  kind: z.string().describe('The kind of check.'),
  id: id('Its name within the item. Default: its kind.', 'lag').optional(),
  source: id('The source it reads. Default: the only one of its kind and network.', 'prometheus').optional(),
  network: id('The network it speaks of. Default: that of its source.', 'mainnet').optional(),
  maxAge: maxAge.optional(),
  confirm: confirm.optional(),
  for: confirmFor.optional(),
};

/** Keys that are the check's own and no kind's parameter. */
export const checkCommonKeys: ReadonlySet<string> = new Set(Object.keys(checkCommon));

export const checkCommonSchema = z.strictObject(checkCommon).meta({ title: 'check' });

/** A check of any kind, parameters unread; the JSON Schema has one for each kind in its place. */
export const checkSchema = z.looseObject(checkCommon).meta({ id: 'check', title: 'check' });

export const itemSchema = z
  .strictObject({
    title: name('One line of the checklist.'),
    owner: id('Who owns it: an id of `owners`.', 'mara').optional(),
    level: levelSchema.optional().describe('Only blockers decide. Default: blocker.'),
    phase: phaseId('The phase it is due in.'),
    estimate: duration('Work it takes, at a guess.', {
      least: 60_000,
      most: 90 * 86_400_000,
      example: '45m',
    }).optional(),
    why: prose('Why it is on the list.').optional(),
    signOff: z
      .record(z.string(), z.int().min(1).max(20))
      .optional()
      .meta({
        description: "Who signs: role and number of persons. Default for a blocker: one of its track's lead.",
        examples: [{ sre: 1 }],
      }),
    candidate: z.literal('any').optional().describe('`any`: a signature outlives a move of the candidate.'),
  })
  .meta({ title: 'item' });

export const trackSchema = z
  .strictObject({
    title: name('What the board calls it.'),
    lead: id('The role that leads it, and signs its blockers by default.', 'sre').optional(),
  })
  .meta({ title: 'track' });

export type CheckCommon = z.infer<typeof checkCommonSchema>;
export type ItemEntry = z.infer<typeof itemSchema>;
export type TrackEntry = z.infer<typeof trackSchema>;
