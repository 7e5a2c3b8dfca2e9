import { z } from 'zod';
import type { BindResult, CheckCatalogue, RegisteredCheck } from '#lib/domain/check-kind.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { SourceKind, Spec } from '#lib/domain/spec.ts';

/** A few kinds of check, as far as reading a spec meets them. */
export const catalogue: CheckCatalogue = new Map(
  [
    kind('metric', ['prometheus'], z.strictObject({ metric: z.string() }), ({ metric }, spec) =>
      spec.metrics.some(({ name }) => name === metric)
        ? null
        : { path: ['metric'], message: 'nobody declares this metric' },
    ),
    kind(
      'query',
      ['prometheus'],
      z.strictObject({
        expr: z.string().min(1),
        is: z.strictObject({ below: z.number().exactOptional(), above: z.number().exactOptional() }),
        range: z.strictObject({ over: z.string() }).exactOptional(),
      }),
    ),
    // Lax on purpose: a key that no schema knows must not be dropped.
    kind('file', ['repository'], z.object({ path: z.string(), matches: z.string().exactOptional() })),
    kind('attestation', [], z.strictObject({ statement: z.string(), role: z.string() }), ({ role }, spec) =>
      spec.roles.some(({ id }) => id === role) ? null : { path: ['role'], message: 'no such role' },
    ),
    kind(
      'endpoint',
      ['endpoint'],
      z.strictObject({
        path: z.string().regex(/^\//, 'a path begins with a slash'),
        assert: z
          .array(
            z.union([
              z.strictObject({ at: z.string(), equals: z.string() }),
              z.strictObject({ at: z.string(), atMost: z.number() }),
            ]),
          )
          .min(1),
        within: z.union([z.literal('fast'), z.number()]).exactOptional(),
      }),
    ),
    kind(
      'items',
      [],
      z
        .strictObject({ track: z.string().exactOptional(), items: z.array(z.string()).exactOptional() })
        .refine(
          ({ track, items }) => (track === undefined) !== (items === undefined),
          'name a track or items',
        ),
      ({ track }, spec) =>
        track === undefined || spec.tracks.some(({ id }) => id === track)
          ? null
          : { path: ['track'], message: 'no such track' },
    ),
  ].map((one) => [one.meta.id, one]),
);

function kind(
  id: string,
  sourceKinds: readonly SourceKind[],
  parameters: z.ZodType<JsonObject>,
  wrong: (parameters: JsonObject, spec: Spec) => { path: string[]; message: string } | null = () => null,
): RegisteredCheck {
  return {
    meta: { id, title: id, why: '', fix: '' },
    ruleVersion: 1,
    sourceKinds,
    parameters,
    bind: (given, spec): BindResult<JsonObject> => {
      const fault = wrong(given, spec);
      return fault ? { ok: false, faults: [fault] } : { ok: true, bound: given };
    },
    reads: () => [],
    follows: () => [],
    instead: () => null,
    alsoReads: () => [],
    evaluate: () => {
      throw new Error('A spec is read without judging anything.');
    },
  };
}
