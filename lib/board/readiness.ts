import type { Spec } from '#lib/domain/spec.ts';
import { type ItemState, isSettled } from '#lib/domain/verdict.ts';
import type { ItemRow, Readiness, SourceView } from '#lib/domain/view.ts';
import { isDueBlocker } from './rows.ts';

/** What a launch comes to, from its due blockers alone. Percentages truncate. Pure. */
export function readiness(
  spec: Spec,
  rows: readonly ItemRow[],
  sources: readonly SourceView[],
  nowMs: number,
): Readiness {
  const blockers = rows.filter(isDueBlocker);
  const open = blockers.filter(({ state }) => !isSettled(state));
  const ready = blockers.length - open.length;
  const dark = open.filter(({ state }) => state === 'unknown' || state === 'stale');
  const kind =
    blockers.length === 0 || (open.length > 0 && dark.length === open.length)
      ? 'cannot-tell'
      : open.length > 0
        ? 'not-ready'
        : 'ready-for-review';
  const counts = { blockers: blockers.length, open: open.length, ready };
  const percent = blockers.length === 0 ? 0 : Math.trunc((100 * ready) / blockers.length);
  return {
    kind,
    ...counts,
    percent,
    title: titleOf(kind, counts),
    why: whyOf(open, blockers.length, sources),
    date: dateOf(kind, spec, open, sources, nowMs),
  };
}

function titleOf(kind: Readiness['kind'], count: { blockers: number; open: number; ready: number }): string {
  if (count.blockers === 0) return 'Cannot tell: no blocker is due';
  if (kind === 'not-ready') return `Not ready: ${count.open} of ${count.blockers} blockers open`;
  if (kind === 'cannot-tell') return `Cannot tell: ${count.open} of ${count.blockers} blockers dark`;
  return `Ready for review: ${count.ready} of ${count.blockers} blockers ready`;
}

const words: readonly (readonly [ItemState, (count: number) => string])[] = [
  ['fail', (n) => (n === 1 ? 'fails' : 'fail')],
  ['unknown', () => 'unknown'],
  ['stale', () => 'stale'],
  ['claimed', (n) => (n === 1 ? 'is only claimed' : 'are only claimed')],
  ['held', () => 'held'],
  ['unsigned', (n) => (n === 1 ? 'waits for signatures' : 'wait for signatures')],
];

function whyOf(open: readonly ItemRow[], blockers: number, sources: readonly SourceView[]): string {
  if (blockers === 0) return 'The spec holds no blocker that is due: an empty list is not a pass.';
  if (open.length === 0) return 'Every blocker that is due has evidence. Only people say go.';
  const parts = words.flatMap(([state, word]) => {
    const count = open.filter((row) => row.state === state).length;
    if (count === 0) return [];
    const note = state === 'unknown' || state === 'stale' ? darkSources(open, state, sources) : '';
    return [`${count} ${word(count)}${note}`];
  });
  return `${parts.join(', ')}.`;
}

function darkSources(open: readonly ItemRow[], state: ItemState, sources: readonly SourceView[]): string {
  const named = new Set(open.filter((row) => row.state === state).flatMap((row) => row.sources));
  const dark = sources.filter((source) => named.has(source.id) && source.silentSince);
  if (dark.length === 0) return '';
  const since = dark.map((source) => `${source.title} silent since ${source.silentSince?.slice(11, 16)} UTC`);
  return ` (${since.join(', ')})`;
}

function dateOf(
  kind: Readiness['kind'],
  spec: Spec,
  open: readonly ItemRow[],
  sources: readonly SourceView[],
  nowMs: number,
): Readiness['date'] {
  const target = instantWords(spec.launch.target.at);
  if (nowMs > Date.parse(spec.launch.target.at)) {
    const lead = `The target of ${target} has passed`;
    return { lead, rest: open.length > 0 ? `with ${open.length} still open.` : '.' };
  }
  if (kind === 'ready-for-review')
    return { lead: `${target} holds`, rest: 'as far as evidence goes; the review decides.' };
  const dark = sources
    .filter(({ health }) => health !== 'answering' && health !== 'unread')
    .map(({ title }) => title);
  if (kind === 'cannot-tell') {
    const until =
      dark.length > 0 ? `until ${dark.join(' and ')} ${dark.length === 1 ? 'answers' : 'answer'}` : 'yet';
    return { lead: `Whether ${target} holds`, rest: `cannot be said ${until}.` };
  }
  return { lead: `We miss ${target}`, rest: unlessOf(spec, open) };
}

function unlessOf(spec: Spec, open: readonly ItemRow[]): string {
  const phaseAt = (row: ItemRow) =>
    spec.phases.find(({ id }) => id === row.phase)?.at ?? spec.launch.target.at;
  const urgency = (row: ItemRow) => `${phaseAt(row)} ${row.state === 'fail' ? 0 : 1}`;
  const [next] = [...open].sort((a, b) => urgency(a).localeCompare(urgency(b)));
  if (!next) return '.';
  const more = open.length > 1 ? ` and ${open.length - 1} more are` : ' is';
  const owner = next.owner ? `; next: ${next.owner}` : '';
  return `unless “${next.title}”${more} ready by ${instantWords(phaseAt(next))}${owner}.`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "1 Dec 14:00 UTC" */
export function instantWords(at: string): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.toISOString().slice(11, 16)} UTC`;
}
