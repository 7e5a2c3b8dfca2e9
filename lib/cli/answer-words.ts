import { z } from 'zod';

export type ServerVerb = 'adopt' | 'candidate' | 'again';

/** What a verb came to, in lines for a terminal. */
export interface AnswerWords {
  readonly words: readonly string[];
  /** What was done all the same, and wants somebody's eye; null when nothing does. */
  readonly warning: string | null;
}

const pinned = z.object({ ref: z.string(), commit: z.string() });

const adoptedSchema = z.object({
  launch: z.string(),
  digest: z.string(),
  created: z.boolean(),
  adoption: z.number(),
  changes: z.array(z.string()),
  sources: z.array(z.object({ id: z.string(), address: z.string(), before: z.string().nullable() })),
  candidate: pinned.nullable(),
  candidateProblem: z.string().nullable(),
});

const movedSchema = z.object({
  candidate: pinned.extend({ pinnedAt: z.string().nullable() }),
  moved: z.boolean(),
  affects: z.array(z.string()),
});

const againSchema = z.object({ requested: z.number() });

/** The server's answer in words; null when it is not one of Big Green. Pure. */
export function answerWords(verb: ServerVerb, answer: unknown, server: string): AnswerWords | null {
  if (verb === 'adopt') {
    const read = adoptedSchema.safeParse(answer);
    return read.success ? adoptedWords(read.data, server) : null;
  }
  if (verb === 'candidate') {
    const read = movedSchema.safeParse(answer);
    return read.success ? movedWords(read.data) : null;
  }
  const read = againSchema.safeParse(answer);
  if (!read.success) return null;
  const { requested } = read.data;
  const words = [`${requested} ${requested === 1 ? 'check is' : 'checks are'} looked at again now.`];
  return { words, warning: null };
}

function adoptedWords(adopted: z.infer<typeof adoptedSchema>, server: string): AnswerWords {
  const { launch, digest, created, adoption, changes, sources, candidate, candidateProblem } = adopted;
  const version = `${digest.slice(0, 19)}, adoption ${adoption}`;
  const same = 'Nothing of its items, levels or bounds changed.';
  const moved = sources.flatMap(({ id, address, before }) => {
    if (created) return [`Source ${id}: ${address}`];
    if (before === address) return [];
    return [
      before === null ? `Source ${id} is new: ${address}` : `Source ${id}: ${address}, before ${before}`,
    ];
  });
  return {
    words: [
      created ? `The launch ${launch} begins (${version}).` : `A spec of ${launch} is adopted (${version}).`,
      ...(created ? [] : changes.length > 0 ? changes : [same]),
      ...moved,
      ...(candidate ? [`Candidate: ${candidate.ref} at ${candidate.commit.slice(0, 12)}`] : []),
      `Board: ${server}/launches/${launch}`,
    ],
    warning: candidateProblem === null ? null : `No candidate is pinned: ${candidateProblem}`,
  };
}

function movedWords({ candidate, moved, affects }: z.infer<typeof movedSchema>): AnswerWords {
  const at = `${candidate.ref} at ${candidate.commit.slice(0, 12)}`;
  const dry = moved && candidate.pinnedAt === null;
  const since = moved || candidate.pinnedAt === null ? '' : `, pinned ${candidate.pinnedAt}`;
  const lead = dry ? `Would pin ${at}; nothing was done.` : `Candidate: ${at}${since}`;
  return { words: [lead, ...affects], warning: null };
}
