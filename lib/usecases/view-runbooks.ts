import { sectionRead } from '#lib/checks/runbook/section-evidence.ts';
import type { AlertOnScreen } from '#lib/domain/alert-view.ts';
import type { RunbookSpec } from '#lib/domain/kit-spec.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { RunbookOnScreen, RunbooksView } from '#lib/domain/runbooks-view.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { type Verdict, worstVerdict } from '#lib/domain/verdict.ts';
import { type House, house } from '#lib/server/house.ts';
import { alertOnScreen, rulesReaders, undeclaredAlerts } from './alerts-seen.ts';
import { checkSays } from './checks-seen.ts';
import { looksForRunbook } from './coverage-places.ts';
import type { PlannedCheck } from './plan.ts';
import { noSuchLaunch } from './problems.ts';
import { foldNow, type LaunchNow } from './view-board.ts';

/** A runbook that the launch looks for: one of the spec's, or a section that a check names by itself. */
export type WantedRunbook = Pick<RunbookSpec, 'id' | 'title' | 'file' | 'alerts'> & {
  readonly check: PlannedCheck | null;
};

/** Undeclared alerts listed; the rest is counted. */
const mostUndeclared = 100;

/** Every alert with the runbook that it sends people to, from stored evidence: no source is asked. */
export async function viewRunbooks(id: string, at: House = house()): Promise<Result<RunbooksView>> {
  const nowMs = at.now();
  const now = await foldNow(at.db, id, nowMs);
  if (!now) return noSuchLaunch(id);
  const { spec } = now.launch;
  const readers = await rulesReaders(at.db, now, nowMs);
  const alerts = new Map(spec.alerts.map((alert) => [alert.name, alertOnScreen(alert, readers)]));
  const wanted = wantedRunbooks(spec, now.planned);
  const runbooks = wanted.map((one) => onScreen(one, alerts, now, nowMs));
  const led = new Set(wanted.flatMap((one) => one.alerts));
  const unled = [...alerts.values()].filter(({ name }) => !led.has(name));
  const undeclared = undeclaredAlerts(now, readers);
  const { board } = now;
  const checks = [...wanted.flatMap(({ check }) => check ?? []), ...readers.map(({ planned }) => planned)];
  const used = new Set(checks.map(({ source }) => source?.id));
  return {
    ok: true,
    value: {
      at: board.at,
      changesAt: board.changesAt,
      launch: board.launch,
      ...summary(runbooks, [...alerts.values()], unled),
      sources: board.sources.filter((source) => used.has(source.id)),
      items: [...new Set(checks.map(({ item }) => item.id))],
      runbooks,
      unled,
      undeclared: undeclared.slice(0, mostUndeclared),
      moreUndeclared: Math.max(0, undeclared.length - mostUndeclared),
    },
  };
}

/** The spec's runbooks in their order, then sections that only a check names. */
export function wantedRunbooks(spec: Spec, planned: readonly PlannedCheck[]): readonly WantedRunbook[] {
  const checks = planned.filter(({ check }) => check.kind === 'runbook');
  const declared = (spec.kit?.runbooks ?? []).map(({ id, title, file, alerts }) => {
    const check = checks.find((one) => looksForRunbook(one, { id, title, file })) ?? null;
    return { id, title, file, alerts, check };
  });
  const taken = new Set(declared.map(({ check }) => check));
  const others = checks.flatMap((check) =>
    taken.has(check) || declared.some((one) => looksForRunbook(check, one))
      ? []
      : [
          {
            id: `${check.item.id}/${check.check.id}`,
            title: String(check.bound.section),
            file: String(check.bound.path),
            alerts: [],
            check,
          },
        ],
  );
  return [...declared, ...others];
}

function onScreen(
  { id, title, file, alerts, check }: WantedRunbook,
  known: ReadonlyMap<string, AlertOnScreen>,
  now: LaunchNow,
  nowMs: number,
): RunbookOnScreen {
  const judgement = check && now.standings.get(standingKey(check.item.id, check.check.id))?.judgement;
  const says = check
    ? checkSays(check, now, nowMs)
    : { verdict: 'unknown' as const, sentence: 'No check reads it.', silentSince: null };
  return {
    id,
    title,
    file,
    ...says,
    item: check?.item.id ?? null,
    section: judgement ? sectionRead(judgement) : null,
    alerts: alerts.flatMap((name) => known.get(name) ?? []),
  };
}

function summary(
  runbooks: readonly RunbookOnScreen[],
  alerts: readonly AlertOnScreen[],
  unled: readonly AlertOnScreen[],
): Pick<RunbooksView, 'title' | 'sentence' | 'verdict'> {
  if (runbooks.length === 0 && alerts.length === 0) {
    const sentence = 'The spec declares no runbook and no alert: nobody who is woken is told what to do.';
    return { title: 'Runbooks: none', sentence, verdict: 'unknown' };
  }
  const whole = runbooks.filter(({ verdict }) => verdict === 'pass');
  const led = new Set(whole.flatMap((one) => one.alerts.map(({ name }) => name))).size;
  const named = (some: readonly { readonly title: string }[]) => some.map(({ title }) => title).join(', ');
  const told = (['fail', 'unknown', 'stale'] as const).flatMap((verdict) => {
    const some = runbooks.filter((one) => one.verdict === verdict);
    return some.length === 0 ? [] : [`${some.length} ${holeWords[verdict]}: ${named(some)}.`];
  });
  const firing = alerts.filter(({ state }) => state === 'firing').map(({ name }) => name);
  const verdicts: Verdict[] = [
    ...runbooks.map(({ verdict }) => verdict),
    ...(unled.length > 0 ? ['fail' as const] : []),
  ];
  return {
    title: `Runbooks: ${whole.length} of ${runbooks.length} whole`,
    sentence: [
      `${led} of ${alerts.length} alerts lead to a whole section.`,
      ...told,
      ...(unled.length > 0
        ? [`${unled.length} ${unled.length === 1 ? 'alert has' : 'alerts have'} none.`]
        : []),
      ...(firing.length > 0 ? [`Firing now: ${firing.join(', ')}.`] : []),
    ].join(' '),
    verdict: worstVerdict(verdicts) ?? 'unknown',
  };
}

const holeWords = { fail: 'with gaps', unknown: 'cannot be told', stale: 'not looked at lately' } as const;
