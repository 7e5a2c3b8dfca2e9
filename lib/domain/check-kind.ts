import type { z } from 'zod';
import type { JsonObject } from './json.ts';
import type { Judgement } from './judgement.ts';
import type { KitFile } from './kit-file.ts';
import type { Observation, Question } from './question.ts';
import type { SourceKind, Spec } from './spec.ts';
import type { ItemState } from './verdict.ts';

/** Something of the check's parameters that the spec does not bear out, found when the spec is read. */
export interface BindFault {
  /** Path below the check, e.g. `['metric']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A check's parameters with what they name in the spec filled in, or what is wrong with them. */
export type BindResult<Bound> =
  | { readonly ok: true; readonly bound: Bound }
  | { readonly ok: false; readonly faults: readonly BindFault[] };

/** The files that the spec yields, made when a kind asks for them; null where faults of the spec stand in the way. */
export type KitFiles = () => readonly KitFile[] | null;

/** A source as a check meets it: the address is the one the installation uses. */
export interface CheckSource {
  readonly id: string;
  readonly title: string;
  readonly address: string;
}

/** What a rule may look at besides its observations. The clock is a parameter. */
export interface EvaluateContext {
  readonly nowMs: number;
  /** The check's source; null for kinds that read none. */
  readonly source: CheckSource | null;
  /** The candidate's commit; null when none is pinned. */
  readonly commit: string | null;
  /** States of other items, for `items`. */
  readonly itemStates: ReadonlyMap<string, ItemState>;
}

/**
 * One kind of check. `Bound` is what the rule works on: the check's parameters with what they name in the spec
 * (a metric's declaration, a group's metrics, an item's title) filled in, so that the evidence digest covers it.
 */
export interface CheckKind<
  Parameters extends JsonObject = JsonObject,
  Bound extends JsonObject = JsonObject,
> {
  readonly meta: {
    readonly id: string;
    readonly title: string;
    /** Why it exists, for people. */
    readonly why: string;
    /** How to put it right, for people. */
    readonly fix: string;
  };
  /** Raised whenever the same observation could be judged differently. */
  readonly ruleVersion: number;
  /** Kinds of source that it can read, one of them; empty for none. */
  readonly sourceKinds: readonly SourceKind[];
  readonly parameters: z.ZodType<Parameters>;
  /** Pure. The source's id is the check's own. */
  readonly bind: (parameters: Parameters, spec: Spec, kitFiles?: KitFiles) => BindResult<Bound>;
  readonly reads: (bound: Bound, source: string) => readonly Question[];
  /**
   * What else it wants to know, in the same cycle, of its source or of another of the spec: which queries a dashboard
   * has is in the dashboard. Pure. It is called again with what that brought, as long as every question was answered
   * and there are more; what it named before comes first again.
   */
  readonly follows?: (
    observations: readonly Observation[],
    bound: Bound,
    source: string,
  ) => readonly Question[];
  /**
   * What to ask in place of a question of `follows` that failed, of whatever source it names; null for nothing. Its
   * observation then stands where the failed one did. Pure.
   */
  readonly instead?: (failed: Observation, bound: Bound) => Question | null;
  /** Ids of the other sources of the spec that `follows` or `instead` may ask: what it says rests on them too. */
  readonly alsoReads?: (bound: Bound) => readonly string[];
  /** Called only when every question was answered; observations are in the order of `reads`, then of `follows`. Pure. */
  readonly evaluate: (
    observations: readonly Observation[],
    bound: Bound,
    context: EvaluateContext,
  ) => Judgement;
}

/** A kind in the registry, its types erased: parameters are parsed before they reach the rule. */
export interface RegisteredCheck {
  readonly meta: CheckKind['meta'];
  readonly ruleVersion: number;
  readonly sourceKinds: readonly SourceKind[];
  readonly parameters: z.ZodType;
  readonly bind: (parameters: JsonObject, spec: Spec, kitFiles?: KitFiles) => BindResult<JsonObject>;
  readonly reads: (bound: JsonObject, source: string) => readonly Question[];
  readonly follows: (
    observations: readonly Observation[],
    bound: JsonObject,
    source: string,
  ) => readonly Question[];
  readonly instead: (failed: Observation, bound: JsonObject) => Question | null;
  readonly alsoReads: (bound: JsonObject) => readonly string[];
  readonly evaluate: (
    observations: readonly Observation[],
    bound: JsonObject,
    context: EvaluateContext,
  ) => Judgement;
}

/** All kinds by id. Passed to stages that may not import `checks`. */
export type CheckCatalogue = ReadonlyMap<string, RegisteredCheck>;
