import type { ItemSpec, RoleSpec, Spec } from '#lib/domain/spec.ts';
import { type ItemState, isSettled, worstVerdict } from '#lib/domain/verdict.ts';
import type { ItemRow, SignatureView, TrackView } from '#lib/domain/view.ts';
import type { CheckNow, FoldedItems } from './check-now.ts';

/** One row an item, in the order of the spec. */
export function itemRow(item: ItemSpec, folded: FoldedItems, spec: Spec, due: boolean): ItemRow {
  const checks = folded.checks.get(item.id) ?? [];
  const decides = decidingCheck(checks);
  const silent = checks.map(({ standing, now }) => (now.silent ? (standing?.silentSince ?? null) : null));
  const silentSince = earliest(silent);
  return {
    id: item.id,
    track: item.track,
    title: item.title,
    owner: item.owner,
    level: item.level,
    phase: item.phase,
    due,
    estimateMs: item.estimateMs,
    state: folded.states.get(item.id) ?? 'unknown',
    fact: factOf(decides, silentSince),
    picture: decides?.judgement?.picture ?? { kind: 'none' },
    signatures: signaturesDue(item, spec.roles),
    observedAt: earliest(checks.map(({ observedAt }) => observedAt)),
    silentSince,
    failing: checks.some(({ now }) => now.failing),
    flapping: checks.some(({ now }) => now.flapping),
    quiet: checks.some(({ judgement }) => judgement?.quiet),
    since: decides?.standing?.since ?? null,
    sources: [...new Set(item.checks.flatMap(({ source }) => (source ? [source] : [])))],
    kinds: [...new Set(item.checks.map(({ kind }) => kind))],
  };
}

/** The first of the worst: what decides the row. */
export function decidingCheck(checks: readonly CheckNow[]): CheckNow | null {
  const failing = checks.find(({ now }) => now.failing);
  const worst = worstVerdict(checks.map(({ now }) => now.verdict));
  if (worst === 'pass' && failing) return failing;
  return checks.find(({ now }) => now.verdict === worst) ?? null;
}

function factOf(decides: CheckNow | null, silentSince: string | null): ItemRow['fact'] {
  if (!decides) return { lead: 'No checks.', rest: 'Nothing speaks for this item' };
  const { now, judgement, standing } = decides;
  if (now.verdict === 'stale') return { lead: 'Nobody looked', rest: `since ${clock(standing?.triedAt)}` };
  if (now.failing && standing?.failing) return { lead: 'Failing,', rest: standing.failing.sentence };
  if (now.verdict === 'unknown' && standing?.failure) {
    const last = judgement ? `Last good: ${judgement.fact.lead} ${judgement.fact.rest}`.trim() : '';
    // What a silent source answers stands once, beside the sources; a row keeps what is its own.
    if (silentSince)
      return { lead: `Silent since ${clock(silentSince)}.`, rest: last || standing.failure.message };
    return { lead: 'Cannot be read.', rest: `${standing.failure.message} ${last}`.trim() };
  }
  if (!judgement) return { lead: '', rest: now.sentence };
  if (!silentSince) return judgement.fact;
  const { lead, rest } = judgement.fact;
  return { lead, rest: `${rest === '' ? '' : `${rest}; `}silent since ${clock(silentSince)}` };
}

function clock(at: string | null | undefined): string {
  return at ? `${at.slice(11, 16)} UTC` : 'the beginning';
}

function signaturesDue(item: ItemSpec, roles: readonly RoleSpec[]): SignatureView[] {
  return Object.entries(item.signOff).flatMap(([id, count]) => {
    const role = roles.find((one) => one.id === id);
    const title = role?.title ?? id;
    const abbreviation = role?.abbreviation ?? id.slice(0, 3).toUpperCase();
    const tag: SignatureView = { role: id, title, abbreviation, state: 'due', since: null };
    return Array.from({ length: count }, () => tag);
  });
}

/** A track with its rows, its count, and the longest wait of an open blocker. */
export function trackView(track: Spec['tracks'][number], rows: readonly ItemRow[]): TrackView {
  const blockers = rows.filter(isDueBlocker);
  const open = blockers.filter(({ state }) => !isSettled(state));
  const longest = open
    .filter((row): row is ItemRow & { since: string } => row.since !== null)
    .sort((a, b) => a.since.localeCompare(b.since))[0];
  return {
    id: track.id,
    title: track.title,
    lead: track.lead,
    blockers: blockers.length,
    ready: blockers.length - open.length,
    longestWait: longest ? { text: waitOf(longest), since: longest.since } : null,
    remainingMs: open.reduce((sum, { estimateMs }) => sum + (estimateMs ?? 0), 0),
    items: rows,
  };
}

/** A blocker that is due: the only thing that decides readiness. */
export function isDueBlocker(row: ItemRow): boolean {
  return row.level === 'blocker' && row.due && row.state !== 'not-applicable';
}

/** What an open item waits for, in a verb. */
export function dutyOf(state: ItemState): 'fix' | 'prove' | 'look at' {
  if (state === 'fail') return 'fix';
  return state === 'claimed' ? 'prove' : 'look at';
}

function waitOf(row: ItemRow): string {
  return `${dutyOf(row.state)} by ${row.owner ?? 'nobody yet'}`;
}

function earliest(instants: readonly (string | null)[]): string | null {
  return instants.filter((at): at is string => at !== null).sort()[0] ?? null;
}
