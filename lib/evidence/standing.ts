import { isSilence, type SourceFailure } from '#lib/domain/failure.ts';
import type { Judged } from '#lib/domain/judgement.ts';
import type { Confirm } from '#lib/domain/spec.ts';
import type { Standing } from '#lib/domain/standing.ts';
import type { Verdict } from '#lib/domain/verdict.ts';

/** The rule under which an observation was judged. */
export interface StandingRule {
  readonly ruleVersion: number;
  readonly maxAgeMs: number;
  readonly confirm: Confirm;
  /** Of the judged observation; null for a failed one. */
  readonly evidenceDigest: string | null;
  /** For what is judged from other checks: since when nobody had looked at those until now. */
  readonly unseenSince?: string | null;
}

/** Something that became true of a check, for the ledger and for live events. Touching `last seen` is none. */
export type StandingChange =
  | { readonly kind: 'verdict'; readonly from: Verdict | null; readonly to: Verdict; readonly at: string }
  | { readonly kind: 'evidence'; readonly at: string }
  | { readonly kind: 'failing'; readonly at: string }
  | { readonly kind: 'steady'; readonly at: string }
  | { readonly kind: 'silent'; readonly at: string }
  | { readonly kind: 'answered'; readonly at: string }
  | { readonly kind: 'gap'; readonly from: string; readonly to: string };

export interface Advance {
  readonly standing: Standing;
  readonly changes: readonly StandingChange[];
}

/**
 * Takes a check one observation further. Pure. A first fail counts at once: no standing pass is there to protect. A
 * later one counts once `confirm` is met, and is *failing* until then. Silence leaves the verdict standing until
 * `maxAgeMs` after the last answer; nonsense makes it unknown at once.
 */
export function advance(before: Standing | null, judged: Judged, rule: StandingRule): Advance {
  const at = judged.observedAt;
  const gap = before ? gapBefore(before, at, rule.unseenSince ?? null) : null;
  const after =
    judged.kind === 'judged'
      ? afterJudgement(before, judged, rule)
      : afterFailure(before, judged.failure, at, rule);
  const verdictWas = gap ? 'stale' : (before?.verdict ?? null);
  const turned = verdictWas !== after.verdict;
  const changes: StandingChange[] = gap ? [gap] : [];
  if (turned) changes.push({ kind: 'verdict', from: verdictWas, to: after.verdict, at });
  if (before && !turned && before.evidenceDigest !== after.evidenceDigest)
    changes.push({ kind: 'evidence', at });
  if (after.failing && !before?.failing) changes.push({ kind: 'failing', at });
  if (!after.failing && before?.failing && !turned) changes.push({ kind: 'steady', at });
  if (after.silentSince && !before?.silentSince) changes.push({ kind: 'silent', at });
  if (!after.silentSince && before?.silentSince) changes.push({ kind: 'answered', at });
  const instants = turned ? [...(before?.changes ?? []), at].slice(-12) : (before?.changes ?? []);
  return { standing: { ...after, since: turned ? at : (before?.since ?? at), changes: instants }, changes };
}

/**
 * Has a check be read elsewhere from an instant on. Pure. What stood was true of where it was read before and says
 * nothing of where it is read now, so that nothing stands until that is judged: unknown at once, never red.
 */
export function moveStanding(
  before: Standing,
  moved: { readonly at: string; readonly sentence: string },
  { ruleVersion, maxAgeMs }: Pick<StandingRule, 'ruleVersion' | 'maxAgeMs'>,
): Advance {
  const { at } = moved;
  const gap = gapBefore(before, at, null);
  const verdictWas = gap ? 'stale' : before.verdict;
  const turned = verdictWas !== 'unknown';
  const changes: StandingChange[] = gap ? [gap] : [];
  if (turned) changes.push({ kind: 'verdict', from: verdictWas, to: 'unknown', at });
  const standing: Standing = {
    verdict: 'unknown',
    since: turned ? at : before.since,
    ruleVersion,
    evidenceDigest: null,
    judgement: null,
    observedAt: null,
    triedAt: at,
    failure: null,
    silentSince: null,
    failing: null,
    changes: turned ? [...before.changes, at].slice(-12) : before.changes,
    maxAgeMs,
    moved,
  };
  return { standing, changes };
}

/** Nobody tried for longer than `maxAge`: the check was stale in between, and its history must show it. */
function gapBefore(
  before: Standing,
  at: string,
  unseenSince: string | null,
): Extract<StandingChange, { kind: 'gap' }> | null {
  if (unseenSince !== null) return { kind: 'gap', from: unseenSince, to: at };
  const staleFromMs = Date.parse(before.triedAt) + before.maxAgeMs;
  if (Date.parse(at) <= staleFromMs) return null;
  return { kind: 'gap', from: new Date(staleFromMs).toISOString(), to: at };
}

type Undated = Omit<Standing, 'since' | 'changes'>;

function afterJudgement(
  before: Standing | null,
  judged: Extract<Judged, { kind: 'judged' }>,
  rule: StandingRule,
): Undated {
  const { judgement, observedAt } = judged;
  const answered = {
    ruleVersion: rule.ruleVersion,
    observedAt,
    triedAt: observedAt,
    failure: null,
    silentSince: null,
    maxAgeMs: rule.maxAgeMs,
  };
  const regresses = judgement.verdict === 'fail' && before?.judgement && before.judgement.verdict !== 'fail';
  if (regresses) {
    const failing = {
      count: (before.failing?.count ?? 0) + 1,
      since: before.failing?.since ?? observedAt,
      sentence: judgement.sentence,
    };
    if (!isConfirmed(failing, rule.confirm, observedAt)) {
      const { evidenceDigest, judgement: stood } = before;
      const verdict = isOld(before, observedAt) ? 'unknown' : before.verdict;
      return { ...answered, verdict, evidenceDigest, judgement: stood, failing };
    }
  }
  return {
    ...answered,
    verdict: judgement.verdict,
    evidenceDigest: rule.evidenceDigest,
    judgement,
    failing: null,
  };
}

/** What was seen last is older than it may be: it protects nothing any more, and a fail seen now is not a pass. */
function isOld({ observedAt, maxAgeMs }: Standing, at: string): boolean {
  return observedAt === null || Date.parse(at) - Date.parse(observedAt) > maxAgeMs;
}

function isConfirmed(failing: { count: number; since: string }, confirm: Confirm, at: string): boolean {
  if (confirm.kind === 'observations') return failing.count >= confirm.count;
  return Date.parse(at) - Date.parse(failing.since) >= confirm.forMs;
}

function afterFailure(
  before: Standing | null,
  failure: SourceFailure,
  at: string,
  rule: StandingRule,
): Undated {
  const silent = isSilence(failure);
  const answeredMs = before?.observedAt ? Date.parse(before.observedAt) : null;
  const stillStands = silent && answeredMs !== null && Date.parse(at) - answeredMs <= rule.maxAgeMs;
  return {
    verdict: stillStands && before ? before.verdict : 'unknown',
    ruleVersion: rule.ruleVersion,
    evidenceDigest: before?.evidenceDigest ?? null,
    judgement: before?.judgement ?? null,
    observedAt: before?.observedAt ?? null,
    triedAt: at,
    failure,
    silentSince: silent ? (before?.silentSince ?? at) : null,
    failing: before?.failing ?? null,
    maxAgeMs: rule.maxAgeMs,
    ...(before?.moved ? { moved: before.moved } : {}),
  };
}
