import { z } from 'zod';

/**
 * Why a source could not be read. `unreachable`, `timeout`, `rate-limited` and `server-error` (5xx) mean that it
 * did not answer: the last verdict stands, silent. The others mean that it answered nonsense: unknown at once.
 */
export const sourceFailureSchema = z.object({
  kind: z.enum([
    'unreachable',
    'timeout',
    'rate-limited',
    'server-error',
    'unauthorised',
    'malformed',
    'too-large',
    'not-found',
    'error-status',
    'refused',
  ]),
  /** One sentence a person can act on; never a stack, never a secret. */
  message: z.string(),
  /** HTTP status, where there was one. */
  status: z.number().int().nullable(),
  /** The instant before which the source asked not to be asked again, if it said so (ISO 8601). */
  retryAt: z.string().nullable(),
});
export type SourceFailure = z.infer<typeof sourceFailureSchema>;
export type SourceFailureKind = SourceFailure['kind'];

const silentKinds: ReadonlySet<SourceFailureKind> = new Set([
  'unreachable',
  'timeout',
  'rate-limited',
  'server-error',
]);

/** True when the source did not answer (the last verdict stands); false when it answered nonsense (unknown at once). */
export function isSilence(failure: SourceFailure): boolean {
  return silentKinds.has(failure.kind);
}
