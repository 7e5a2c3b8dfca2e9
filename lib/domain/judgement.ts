import { z } from 'zod';
import type { SourceFailure } from './failure.ts';
import { type JsonObject, jsonSchema } from './json.ts';
import { verdictSchema } from './verdict.ts';

/** A small picture of what a check looks at, 160 by 20 on the board. Data only; components draw it. */
export const pictureSchema = z.discriminatedUnion('kind', [
  /** One small line a metric; null is a missing one. */
  z.object({ kind: z.literal('metrics'), lines: z.array(z.array(z.number()).nullable()) }),
  /** A column a metric. */
  z.object({ kind: z.literal('matrix'), columns: z.array(z.enum(['whole', 'hole'])) }),
  /** A series against its limit: [epoch seconds, value]. */
  z.object({
    kind: z.literal('series'),
    points: z.array(z.tuple([z.number(), z.number()])),
    limit: z.number().nullable(),
  }),
  /** Value on its way to its threshold, 0 to 1; null where it cannot be known. */
  z.object({
    kind: z.literal('rules'),
    rules: z.array(z.object({ name: z.string(), progress: z.number().nullable(), firing: z.boolean() })),
  }),
  /** A dashboard's panels, in the spec's order. */
  z.object({
    kind: z.literal('panels'),
    panels: z.array(z.object({ title: z.string(), state: z.enum(['whole', 'differs', 'missing']) })),
  }),
  /** What is done of a whole: ticked boxes of a list, written parts of a document. */
  z.object({ kind: z.literal('boxes'), done: z.number(), total: z.number() }),
  /** How long each answer took, oldest first, against the limit. */
  z.object({ kind: z.literal('reports'), tookMs: z.array(z.number()), limitMs: z.number().nullable() }),
  /**
   * A cell a commit, oldest first. `repeated`: passed only when run again. `untested`: ended without a result that
   * counts. `none`: never ran.
   */
  z.object({
    kind: z.literal('runs'),
    cells: z.array(
      z.object({
        commit: z.string(),
        state: z.enum(['passed', 'repeated', 'failed', 'untested', 'running', 'none']),
      }),
    ),
  }),
  /** The states of other items. */
  z.object({ kind: z.literal('items'), states: z.array(z.string()) }),
  /** A statement without a signature, and when it was made. */
  z.object({ kind: z.literal('claim'), since: z.string().nullable() }),
  z.object({ kind: z.literal('none') }),
]);
export type Picture = z.infer<typeof pictureSchema>;

/** What a check's rule says about its observations at one moment. Pure data, the same for the same evidence for ever. */
export const judgementSchema = z.object({
  verdict: verdictSchema,
  /** Passes because nothing happened and the spec says that nothing is right then. */
  quiet: z.boolean(),
  /** The row's fact: the number that decided it, then the rest. "9 of 11." + "energy_treasury_fee_total never seen" */
  fact: z.object({ lead: z.string(), rest: z.string() }),
  /** One sentence with the number that decided it. */
  sentence: z.string(),
  /** What would turn it green, a step a line; empty when it is green. */
  toGreen: z.array(z.string()),
  /** What the verdict rests on; enters the evidence digest. */
  deciding: z.custom<JsonObject>((value) => jsonSchema.safeParse(value).success),
  /** Values and times as people see them; kept, not digested. */
  readings: z.custom<JsonObject>((value) => jsonSchema.safeParse(value).success),
  picture: pictureSchema,
  /** The resolved query or URL that anyone can run again. */
  again: z
    .object({
      language: z.enum(['promql', 'url', 'git', 'none']),
      text: z.string(),
      /** Part of the text at fault, to be marked. */
      fault: z.string().nullable(),
      /** Where a person can open it; null where nowhere. */
      href: z.string().nullable(),
    })
    .nullable(),
});
export type Judgement = z.infer<typeof judgementSchema>;

/** What judging a check came to: a judgement, or the failure of the collection that it needed. */
export type Judged =
  | { readonly kind: 'judged'; readonly judgement: Judgement; readonly observedAt: string }
  | { readonly kind: 'failed'; readonly failure: SourceFailure; readonly observedAt: string };
