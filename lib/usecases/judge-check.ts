import { digestOf } from '#lib/canonical/digest.ts';
import { storable } from '#lib/canonical/storable.ts';
import { judge } from '#lib/checks/judge.ts';
import type { Judged } from '#lib/domain/judgement.ts';
import type { Observation } from '#lib/domain/question.ts';
import type { ItemState } from '#lib/domain/verdict.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { checkSource, type PlannedCheck } from './plan.ts';

/** A judged check with the digest of its evidence. */
export interface JudgedCheck {
  readonly planned: PlannedCheck;
  readonly judged: Judged;
  /** Null for a failed collection. */
  readonly digest: string | null;
  readonly observations: readonly Observation[];
}

/** Judges one check from its observations. */
export function judgeCheck(
  planned: PlannedCheck,
  observations: readonly Observation[],
  nowMs: number,
  itemStates: ReadonlyMap<string, ItemState> = new Map(),
): JudgedCheck {
  const said = judge(planned.kind, planned.bound, observations, {
    nowMs,
    source: checkSource(planned.source),
    commit: planned.launch.head.candidate?.commit ?? null,
    itemStates,
  });
  // A rule quotes what vendors and files say, and cuts it: one such text must not stop a source's every check.
  const judged = storable(said);
  return { planned, judged, digest: evidenceDigest(planned, judged), observations };
}

/**
 * The evidence digest covers the rule's version, the bound parameters, the verdict and the deciding fields. Readings
 * are kept and not covered, so that a new scrape does not make evidence new and a new fact does.
 */
function evidenceDigest(planned: PlannedCheck, judged: Judged): string | null {
  if (judged.kind === 'failed') return null;
  const { verdict, deciding } = judged.judgement;
  const { kind, bound } = planned;
  return digestOf(
    { kind: kind.meta.id, rule: kind.ruleVersion, parameters: bound, verdict, deciding },
    sha256,
  );
}
