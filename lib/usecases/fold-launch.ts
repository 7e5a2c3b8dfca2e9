import { boardView } from '#lib/board/board.ts';
import type { FoldedItems } from '#lib/board/check-now.ts';
import { foldItems } from '#lib/board/fold-items.ts';
import type { CheckSpec } from '#lib/domain/spec.ts';
import { type Standing, standingKey } from '#lib/domain/standing.ts';
import type { BoardView, Burnup, SourceView } from '#lib/domain/view.ts';
import { standingAt } from '#lib/evidence/standing-now.ts';
import { type JudgedCheck, judgeCheck } from './judge-check.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import type { PlannedCheck } from './plan.ts';

export interface FoldStatesInput {
  readonly launch: LaunchInForce;
  readonly planned: readonly PlannedCheck[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly nowMs: number;
}

export interface FoldedStates {
  readonly folded: FoldedItems;
  /** Checks that read no source, judged in this fold from the states of other items. */
  readonly derived: ReadonlyMap<string, JudgedCheck>;
}

/** Folds a launch's standings into the states of its items at an instant. Pure but for the registry. */
export function foldStates({ launch, planned, standings, nowMs }: FoldStatesInput): FoldedStates {
  const plans = new Map<CheckSpec, PlannedCheck>(planned.map((one) => [one.check, one]));
  const derived = new Map<string, JudgedCheck>();
  const folded = foldItems({
    spec: launch.spec,
    standings,
    standingAt,
    nowMs,
    isDerived: (check) => plans.get(check)?.kind.sourceKinds.length === 0,
    judgeDerived: (item, check, states) => {
      const plan = plans.get(check);
      if (!plan) return null;
      const judged = judgeCheck(plan, [], nowMs, states);
      derived.set(standingKey(item.id, check.id), judged);
      return judged.judged.kind === 'judged' ? judged.judged.judgement : null;
    },
  });
  return { folded, derived };
}

export interface FoldLaunchInput extends FoldStatesInput {
  readonly sources: readonly SourceView[];
  readonly burnup: Burnup['points'];
}

export interface FoldedLaunch extends FoldedStates {
  readonly board: BoardView;
}

/** Folds a launch at an instant: standings and sources into states and the board. Pure but for the registry. */
export function foldLaunch({ sources, burnup, ...input }: FoldLaunchInput): FoldedLaunch {
  const { launch, nowMs } = input;
  const states = foldStates(input);
  const { folded } = states;
  const board = boardView({ spec: launch.spec, folded, launch: launch.head, sources, burnup, nowMs });
  return { ...states, board };
}
