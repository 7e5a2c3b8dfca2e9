import { z } from 'zod';
import { jsonSchema } from './json.ts';

/**
 * What the ledger records. Each event names its intent and carries digests, never evidence itself: an entry is at
 * most 65 535 bytes. Persons stand by a stable id; free text stands outside the ledger.
 */
export const ledgerEventSchema = z.object({
  type: z.enum([
    'launch.created',
    'spec.adopted',
    'candidate.pinned',
    'candidate.moved',
    'source.added',
    'source.moved',
    'source.silent',
    'source.nonsense',
    'source.answered',
    'source.token_set',
    'source.token_removed',
    'source.hook_set',
    'source.hook_removed',
    'source.disabled',
    'source.enabled',
    'evidence.recorded',
    'evidence.regressed',
    'evidence.recovered',
    'evidence.gap',
    'check.requested',
    'kit.proposed',
  ]),
  /** Of the data's shape. `spec.adopted` has a second since it names what was weakened. */
  version: z.literal([1, 2]),
  /** Null for what concerns the installation. */
  launch: z.string().nullable(),
  /** Stable id of a person, or `system` for the worker, or `local` while there is no sign-in. */
  actor: z.string(),
  data: z.record(z.string(), jsonSchema),
});
export type LedgerEvent = z.infer<typeof ledgerEventSchema>;

/** A live event: ids only; a page asks for what it shows. */
export interface LiveEvent {
  readonly launch: string;
  readonly version: number;
}
