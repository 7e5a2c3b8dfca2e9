import type { BindResult, CheckKind, RegisteredCheck } from '#lib/domain/check-kind.ts';
import type { JsonObject } from '#lib/domain/json.ts';

/**
 * A kind as the registry keeps it. Parameters are parsed by the kind's own schema before its `bind` sees them, so a
 * wrong one comes back as faults; what `bind` made is the only thing that reaches `reads` and `evaluate`.
 */
export function registerCheck<Parameters extends JsonObject, Bound extends JsonObject>(
  kind: CheckKind<Parameters, Bound>,
): RegisteredCheck {
  return {
    meta: kind.meta,
    ruleVersion: kind.ruleVersion,
    sourceKinds: kind.sourceKinds,
    parameters: kind.parameters,
    bind: (parameters, spec, kitFiles): BindResult<JsonObject> => {
      const parsed = kind.parameters.safeParse(parameters);
      if (parsed.success) return kind.bind(parsed.data, spec, kitFiles);
      return {
        ok: false,
        faults: parsed.error.issues.map((issue) => ({
          path: issue.path.filter((part) => typeof part !== 'symbol'),
          message: issue.message,
        })),
      };
    },
    // A bound value comes from this kind's own `bind`, which is what makes these two narrowings sound.
    reads: (bound, source) => kind.reads(bound as Bound, source),
    follows: (observations, bound, source) => kind.follows?.(observations, bound as Bound, source) ?? [],
    instead: (failed, bound) => kind.instead?.(failed, bound as Bound) ?? null,
    alsoReads: (bound) => kind.alsoReads?.(bound as Bound) ?? [],
    evaluate: (observations, bound, context) => kind.evaluate(observations, bound as Bound, context),
  };
}
