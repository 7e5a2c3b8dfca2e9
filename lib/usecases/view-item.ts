import type { CheckNow } from '#lib/board/check-now.ts';
import { decidingCheck } from '#lib/board/rows.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Confirm, ItemSpec } from '#lib/domain/spec.ts';
import type { CheckView, HistorySpan, ItemView } from '#lib/domain/view.ts';
import { readHistory } from '#lib/evidence/history-store.ts';
import { type House, house } from '#lib/server/house.ts';
import type { PlannedCheck } from './plan.ts';
import { noSuchLaunch, refusal } from './problems.ts';
import { foldNow, type LaunchNow } from './view-board.ts';

/** An item with everything that speaks for and against it. */
export async function viewItem(id: string, item: string, at: House = house()): Promise<Result<ItemView>> {
  const nowMs = at.now();
  const now = await foldNow(at.db, id, nowMs);
  if (!now) return noSuchLaunch(id);
  const track = now.launch.spec.tracks.find(({ items }) => items.some((one) => one.id === item));
  const spec = track?.items.find((one) => one.id === item);
  const rows = now.board.tracks.flatMap(({ items }) => items);
  const place = rows.findIndex((row) => row.id === item);
  const row = rows[place];
  if (!track || !spec || !row) {
    return refusal(
      'not-found',
      `${now.launch.head.title} has no item “${item}”.`,
      'See the board for those it has.',
    );
  }
  const until = new Date(nowMs).toISOString();
  const history = await readHistory(at.db, id, item, until);
  const checks = now.folded.checks.get(item) ?? [];
  return {
    ok: true,
    value: {
      at: until,
      changesAt: now.board.changesAt,
      launch: now.board.launch,
      track: { id: track.id, title: track.title },
      row,
      why: spec.why,
      toGreen: toGreen(checks),
      checks: checks.map((check) => checkView(check, spec, now, history.get(check.check.id) ?? [])),
      signOff: Object.entries(spec.signOff).map(([role, count]) => ({
        role,
        count,
        title: now.launch.spec.roles.find((one) => one.id === role)?.title ?? role,
      })),
      neighbours: { previous: rows[place - 1]?.id ?? null, next: rows[place + 1]?.id ?? null },
    },
  };
}

function toGreen(checks: readonly CheckNow[]): readonly string[] {
  const decides = decidingCheck(checks);
  if (!decides || decides.now.verdict === 'pass') return [];
  const { standing, judgement, now } = decides;
  if (now.verdict === 'stale') return ['Start the worker: nobody looks any more.'];
  if (standing?.failure) return [`${standing.failure.message} Bring it back: it is asked again by itself.`];
  return judgement?.toGreen ?? ['It is on its way: the first collection has not come to it yet.'];
}

function checkView(
  { check, standing, now, judgement, observedAt }: CheckNow,
  item: ItemSpec,
  launch: LaunchNow,
  history: readonly HistorySpan[],
): CheckView {
  const planned = launch.planned.find((one) => one.item.id === item.id && one.check.id === check.id);
  const meta = planned?.kind.meta;
  return {
    id: check.id,
    kind: check.kind,
    title: meta?.title ?? check.kind,
    why: meta?.why ?? '',
    fix: meta?.fix ?? '',
    verdict: now.verdict,
    sentence: now.sentence,
    judgement,
    parameters: check.parameters,
    source: sourceOf(planned),
    network: check.network,
    maxAgeMs: check.maxAgeMs,
    everyMs: planned?.source?.everyMs ?? 0,
    confirm: confirmWords(check.confirm),
    ruleVersion: standing?.ruleVersion ?? planned?.kind.ruleVersion ?? 1,
    evidenceDigest: standing?.evidenceDigest ?? null,
    observedAt,
    triedAt: standing?.triedAt ?? null,
    silentSince: standing?.silentSince ?? null,
    failing: standing?.failing ?? null,
    flapping: now.flapping,
    history: endedBy(history, now.verdict, launch.board.at),
    specLine: check.line,
  };
}

/** The last span runs to now; where the clock has made it stale since, that is a span of its own. */
function endedBy(
  history: readonly HistorySpan[],
  verdict: CheckView['verdict'],
  at: string,
): readonly HistorySpan[] {
  const last = history.at(-1);
  if (!last || last.verdict === verdict || verdict !== 'stale') return history;
  return [...history, { verdict, from: at, to: at, sentence: 'Nobody has looked since.' }];
}

function sourceOf(planned: PlannedCheck | undefined): CheckView['source'] {
  const source = planned?.source;
  return source ? { id: source.id, title: source.title, address: source.address } : null;
}

function confirmWords(confirm: Confirm): string {
  if (confirm.kind === 'duration') return `a fail counts after ${Math.trunc(confirm.forMs / 1000)} s`;
  return confirm.count === 1 ? 'a fail counts at once' : `a fail counts after ${confirm.count} in a row`;
}
