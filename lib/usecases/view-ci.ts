import { ciGrid } from '#lib/board/ci-grid.ts';
import type { CiGate, CiView } from '#lib/domain/ci-view.ts';
import type { CiRunsSeen } from '#lib/domain/observations/ci.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Observation } from '#lib/domain/question.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { worstVerdict } from '#lib/domain/verdict.ts';
import { type House, house } from '#lib/server/house.ts';
import { type CheckSeen, checkSays, checksSeen } from './checks-seen.ts';
import { noSuchLaunch } from './problems.ts';
import { foldNow, type LaunchNow } from './view-board.ts';

/** Every workflow that an item of the launch rests on: its runs by strides, newest first, and whether it is required. */
export async function viewCi(id: string, at: House = house()): Promise<Result<CiView>> {
  const nowMs = at.now();
  const now = await foldNow(at.db, id, nowMs);
  if (!now) return noSuchLaunch(id);
  const runs = await checksSeen(at.db, now, 'ci-run', nowMs);
  const gates = runs.map((seen) => gateOf(seen, now, nowMs));
  return { ok: true, value: summary(now, gates) };
}

function gateOf({ planned, observations, ...says }: CheckSeen, now: LaunchNow, nowMs: number): CiGate {
  const { item, check, source } = planned;
  const seen = observations.flatMap(runsSeen)[0] ?? null;
  const required = now.planned.find(
    (other) => other.check.kind === 'ci-required' && other.check.source === check.source,
  );
  const limits = limitsOf(now.launch.spec);
  const grid = seen ? ciGrid(seen, (stride) => limits.get(stride) ?? null) : { commits: [], strides: [] };
  return {
    item: { id: item.id, title: item.title },
    check: check.id,
    source: { title: source?.title ?? '', kind: source?.kind ?? 'github' },
    workflow: seen?.workflow?.path ?? String(check.parameters.workflow ?? ''),
    href: seen?.workflow?.href ?? null,
    ...says,
    required: required ? checkSays(required, now, nowMs) : null,
    ...grid,
  };
}

function runsSeen({ question, outcome }: Observation): CiRunsSeen[] {
  return question.ask === 'ci-runs' && outcome.ok ? [outcome.value as CiRunsSeen] : [];
}

/** Limits by the names under which strides are reported; that of the whole gate under no name. */
function limitsOf({ kit }: Spec): ReadonlyMap<string, number> {
  const gate = kit?.gate;
  if (!gate) return new Map();
  const strides = gate.strides.flatMap(({ id, title, withinMs }) => [
    [title, withinMs] as const,
    [id, withinMs] as const,
  ]);
  return new Map([...strides, ['', gate.withinMs] as const]);
}

function summary(now: LaunchNow, gates: readonly CiGate[]): CiView {
  const { at, changesAt, launch } = now.board;
  const passing = gates.filter(({ verdict }) => verdict === 'pass').length;
  const worst = worstVerdict(gates.map(({ verdict }) => verdict));
  const deciding = gates.find(({ verdict }) => verdict === worst);
  return {
    at,
    changesAt,
    launch,
    title: gates.length === 0 ? 'CI: no workflow' : `CI: ${passing} of ${gates.length} workflows pass`,
    sentence:
      deciding?.sentence ?? 'No item of this launch rests on a CI run: nothing is shown to have passed.',
    verdict: worst ?? 'unknown',
    gates,
  };
}
