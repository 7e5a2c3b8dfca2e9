import type { HistoryMessage } from '#lib/domain/history.ts';
import type { Result } from '#lib/domain/problem.ts';
import { type House, house } from '#lib/server/house.ts';
import type { HistoryInput, Watch } from './checklist-history.ts';
import { launchInForce } from './launch-in-force.ts';
import { readHistory } from './long-reading.ts';
import { planLaunch } from './plan.ts';
import { noSuchLaunch, refusal } from './problems.ts';

/** A check of kind `checklist` of an item. */
export interface ChecklistCheck {
  readonly launch: string;
  readonly item: string;
  readonly check: string;
}

/**
 * The burn-up that a launch's checklist would have had over its versions up to the candidate: first how far the
 * reading has come, at last the history or why there is none. Reading ends when the signal does.
 */
export async function viewHistory(
  of: ChecklistCheck,
  say: (message: HistoryMessage) => void,
  signal: AbortSignal,
  at: House = house(),
): Promise<void> {
  const found = await historyInput(of, at);
  const watch: Watch = { signal, onRead: (read, total) => say({ kind: 'progress', read, of: total }) };
  const history = found.ok ? await readHistory(found.value, watch) : found;
  if (history.ok) say({ kind: 'history', history: history.value });
  else say({ kind: 'problem', problem: history.problem });
}

async function historyInput(
  { launch: id, item, check }: ChecklistCheck,
  at: House,
): Promise<Result<HistoryInput>> {
  const launch = await launchInForce(at.db, id);
  if (!launch) return noSuchLaunch(id);
  const planned = planLaunch(launch).find((one) => one.item.id === item && one.check.id === check);
  const path = planned?.questions.flatMap((question) => (question.ask === 'file' ? [question.path] : []))[0];
  if (!planned?.source || path === undefined || planned.check.kind !== 'checklist')
    return refusal('not-found', `${item} has no check “${check}” of a checklist.`);
  const ref = launch.head.candidate?.commit ?? launch.spec.candidate?.ref ?? 'HEAD';
  return { ok: true, value: { repository: planned.source.address, path, ref } };
}
