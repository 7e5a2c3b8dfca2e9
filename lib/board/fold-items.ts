import type { CheckSpec, ItemSpec, Spec } from '#lib/domain/spec.ts';
import { type Standing, type StandingNow, standingKey } from '#lib/domain/standing.ts';
import { type ItemState, worstVerdict } from '#lib/domain/verdict.ts';
import type { CheckNow, FoldedItems, JudgeDerived } from './check-now.ts';

/** What the fold is told: the clock's reading of a standing is a function of its own stage. */
export interface FoldInput {
  readonly spec: Spec;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly standingAt: (standing: Standing, nowMs: number) => StandingNow;
  /** True for a check that reads no source. */
  readonly isDerived: (check: CheckSpec) => boolean;
  readonly judgeDerived: JudgeDerived;
  readonly nowMs: number;
}

/** Items over items nest, and the spec's reader refuses cycles: so many passes settle any chain that people write. */
const maxPasses = 32;

/** Folds checks into the states of their items. Items over items are settled by passes until nothing moves. Pure. */
export function foldItems(input: FoldInput): FoldedItems {
  const items = input.spec.tracks.flatMap((track) => track.items);
  const states = new Map<string, ItemState>();
  const checks = new Map<string, readonly CheckNow[]>();
  const foldOne = (item: ItemSpec): boolean => {
    const now = item.checks.map((check) => checkNow(input, item, check, states));
    const state = itemState(now);
    checks.set(item.id, now);
    const moved = states.get(item.id) !== state;
    states.set(item.id, state);
    return moved;
  };
  const overItems = items.filter((item) => item.checks.some(input.isDerived));
  for (const item of items) if (!overItems.includes(item)) foldOne(item);
  for (let pass = 0; pass < maxPasses; pass++) {
    const moved = overItems.map(foldOne).some(Boolean);
    if (!moved) break;
  }
  return { states, checks };
}

function checkNow(
  input: FoldInput,
  item: ItemSpec,
  check: CheckSpec,
  states: ReadonlyMap<string, ItemState>,
): CheckNow {
  const standing = input.standings.get(standingKey(item.id, check.id)) ?? null;
  if (input.isDerived(check)) return derivedNow(input, item, check, standing, states);
  if (!standing) return { check, standing, now: notLookedAt, judgement: null, observedAt: null };
  const now = input.standingAt(standing, input.nowMs);
  return { check, standing, now, judgement: standing.judgement, observedAt: standing.observedAt };
}

const steady = { silent: false, failing: false, flapping: false, changesAtMs: null } as const;
const notLookedAt: StandingNow = { ...steady, verdict: 'unknown', sentence: 'Not looked at yet.' };

function derivedNow(
  input: FoldInput,
  item: ItemSpec,
  check: CheckSpec,
  standing: Standing | null,
  states: ReadonlyMap<string, ItemState>,
): CheckNow {
  const judgement = input.judgeDerived(item, check, states);
  if (!judgement) return { check, standing, now: notLookedAt, judgement: null, observedAt: null };
  const flapping = standing !== null && input.standingAt(standing, input.nowMs).flapping;
  const now: StandingNow = { ...steady, flapping, verdict: judgement.verdict, sentence: judgement.sentence };
  return { check, standing, now, judgement, observedAt: new Date(input.nowMs).toISOString() };
}

/** The worst verdict of its checks; an item without checks is unknown, since nothing speaks for it. */
export function itemState(checks: readonly CheckNow[]): ItemState {
  const worst = worstVerdict(checks.map(({ now }) => now.verdict));
  if (worst === null) return 'unknown';
  return worst === 'pass' ? 'ready' : worst;
}
