import type { z } from 'zod';
import type { OutgoingAnswer, OutgoingRequest } from '#lib/domain/outgoing.ts';

type ReadJson = (
  answer: OutgoingAnswer,
  what: string,
) => { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/**
 * Tells an answer that may serve again from one that must not: a page of a proxy's that came once in its place would
 * else stand for it as long as this process lives.
 */
export function rightBy<T>(
  readJson: ReadJson,
  schema: z.ZodType<T>,
  isIt: (value: T) => boolean = () => true,
): NonNullable<OutgoingRequest['mayServe']> {
  return (answer) => {
    const json = readJson({ ...answer, tookMs: 0 }, '');
    const read = json.ok ? schema.safeParse(json.value) : null;
    return read?.success === true && isIt(read.data);
  };
}
