import { boardView } from '#lib/board/board.ts';
import { type FoldedItems, standingKey } from '#lib/board/check-now.ts';
import { foldItems } from '#lib/board/fold-items.ts';
import type { CheckSpec } from '#lib/domain/spec.ts';
import type { Standing } from '#lib/domain/standing.ts';
import type { BoardView, Burnup, SourceView } from '#lib/domain/view.ts';
import { standingAt } from '#lib/evidence/standing-now.ts';
import { type JudgedCheck, judgeCheck } from './judge-check.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import type { PlannedCheck } from './plan.ts';

export interface FoldLaunchInput {
  readonly launch: LaunchInForce;
  readonly planned: readonly PlannedCheck[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly sources: readonly SourceView[];
  readonly burnup: Burnup['points'];
  readonly nowMs: number;
}

export interface FoldedLaunch {
  readonly board: BoardView;
  readonly folded: FoldedItems;
  /** Checks that read no source, judged in this fold from the states of other items. */
  readonly derived: ReadonlyMap<string, JudgedCheck>;
}

/** Folds a launch at an instant: standings and sources into states and the board. Pure but for the registry. */
export function foldLaunch(input: FoldLaunchInput): FoldedLaunch {
  const { launch, nowMs } = input;
  const plans = new Map<CheckSpec, PlannedCheck>(input.planned.map((planned) => [planned.check, planned]));
  const derived = new Map<string, JudgedCheck>();
  const folded = foldItems({
    spec: launch.spec,
    standings: input.standings,
    standingAt,
    nowMs,
    isDerived: (check) => plans.get(check)?.kind.sourceKind === null,
    judgeDerived: (item, check, states) => {
      const planned = plans.get(check);
      if (!planned) return null;
      const judged = judgeCheck(planned, [], nowMs, states);
      derived.set(standingKey(item.id, check.id), judged);
      return judged.judged.kind === 'judged' ? judged.judged.judgement : null;
    },
  });
  const { sources, burnup } = input;
  const board = boardView({ spec: launch.spec, folded, launch: launch.head, sources, burnup, nowMs });
  return { board, folded, derived };
}
