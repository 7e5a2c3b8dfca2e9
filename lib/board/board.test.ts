import { describe, expect, test } from 'vitest';
import { checkOf, itemOf, specOf } from '#lib/checks/spec.fixture.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { ItemSpec, Spec } from '#lib/domain/spec.ts';
import type { Standing, StandingNow } from '#lib/domain/standing.ts';
import { isSettled, type Verdict } from '#lib/domain/verdict.ts';
import type { BoardView } from '#lib/domain/view.ts';
import { boardView } from './board.ts';
import { foldItems } from './fold-items.ts';

const nowMs = Date.parse('2026-11-23T08:10:00.000Z');
const at = new Date(nowMs).toISOString();

const judgement = (verdict: Verdict): Judgement => ({
  verdict,
  quiet: false,
  fact: { lead: verdict, rest: '' },
  sentence: `It came to ${verdict}.`,
  toGreen: [],
  deciding: {},
  readings: {},
  picture: { kind: 'none' },
  again: null,
});

const standing = (verdict: Verdict): Standing => ({
  verdict,
  since: at,
  ruleVersion: 1,
  evidenceDigest: null,
  judgement: judgement(verdict),
  observedAt: at,
  triedAt: at,
  failure: null,
  silentSince: null,
  failing: null,
  changes: [],
  maxAgeMs: 300_000,
});

const standingAt = ({ verdict, changes }: Standing): StandingNow => {
  const flapping = changes.length > 3;
  return { verdict, sentence: verdict, silent: false, failing: false, flapping, changesAtMs: null };
};

/** The board of items whose only check stands as said; a sum is ready when all it names are. */
function boardOf(
  items: readonly ItemSpec[],
  verdicts: Readonly<Record<string, Verdict>>,
  given: Partial<Spec> = {},
  more: Readonly<Record<string, Standing>> = {},
): BoardView {
  const spec = specOf({ only: items }, given);
  const standings = new Map(
    Object.entries(verdicts).map(([id, verdict]) => [`${id}/file`, standing(verdict)]),
  );
  const folded = foldItems({
    spec,
    standings: new Map([...standings, ...Object.entries(more)]),
    standingAt,
    isDerived: ({ kind }) => kind === 'items',
    judgeDerived: (_item, { parameters }, states) => {
      const named = Array.isArray(parameters.items) ? parameters.items.map(String) : [];
      const settled = named.every((id) => isSettled(states.get(id) ?? 'unknown'));
      return judgement(settled ? 'pass' : 'unknown');
    },
    nowMs,
  });
  const { id, title, target } = spec.launch;
  const launch = {
    id,
    title,
    targetAt: target.at,
    targetBlock: null,
    candidate: null,
    specDigest: '',
    version: 1,
  };
  return boardView({ spec, folded, launch, sources: [], burnup: [], nowMs });
}

const stateOf = (board: BoardView, id: string) =>
  board.tracks.flatMap(({ items }) => items).find((row) => row.id === id)?.state;

describe('readiness', () => {
  test.each<[string, Readonly<Record<string, Verdict>>, BoardView['readiness']['kind']]>([
    ['all pass', { a: 'pass', b: 'pass' }, 'ready-for-review'],
    ['one fails', { a: 'pass', b: 'fail' }, 'not-ready'],
    ['one fails and one is dark', { a: 'unknown', b: 'fail' }, 'not-ready'],
    ['what is open is dark', { a: 'pass', b: 'unknown' }, 'cannot-tell'],
    ['nobody looked', { a: 'stale', b: 'pass' }, 'cannot-tell'],
    ['one is only claimed', { a: 'claimed', b: 'pass' }, 'not-ready'],
    ['not applicable leaves the count', { a: 'not-applicable', b: 'pass' }, 'ready-for-review'],
    ['nothing was looked at yet', {}, 'cannot-tell'],
  ])('%s', (_what, verdicts, kind) => {
    expect(boardOf([itemOf('a'), itemOf('b')], verdicts).readiness.kind).toBe(kind);
  });

  test('an empty list cannot tell, and is never 100 %', () => {
    expect(boardOf([], {}).readiness).toMatchObject({ kind: 'cannot-tell', percent: 0 });
  });

  test('999 of 1000 is 99 %', () => {
    const items = Array.from({ length: 1000 }, (_, n) => itemOf(`item-${n}`));
    const verdicts = Object.fromEntries(items.map(({ id }, n) => [id, n === 0 ? 'fail' : 'pass'] as const));
    expect(boardOf(items, verdicts).readiness).toMatchObject({ percent: 99, ready: 999, blockers: 1000 });
  });

  test('only blockers that are due decide: what is due after the target is shown and judged', () => {
    const phases = [
      { id: 'launch', title: 'Launch', at: '2026-12-01T14:00:00Z' },
      { id: 'later', title: 'Later', at: '2026-12-03T14:00:00Z' },
    ];
    const items = [itemOf('a'), itemOf('b', { level: 'recommended' }), itemOf('c', { phase: 'later' })];
    const board = boardOf(items, { a: 'pass', b: 'fail', c: 'fail' }, { phases });
    expect(board.readiness).toMatchObject({ kind: 'ready-for-review', blockers: 1 });
    expect([stateOf(board, 'b'), stateOf(board, 'c')]).toEqual(['fail', 'fail']);
  });
});

describe('items', () => {
  test('come to the worst of their checks, and without checks to unknown', () => {
    const two = itemOf('two', { checks: [checkOf('file', {}), checkOf('file', {}, 'other')] });
    const board = boardOf(
      [two, itemOf('none', { checks: [] })],
      { two: 'pass' },
      {},
      { 'two/other': standing('stale') },
    );
    expect([stateOf(board, 'two'), stateOf(board, 'none')]).toEqual(['stale', 'unknown']);
  });

  test('over items over items are settled, whatever their order', () => {
    const sum = (id: string, over: string) => itemOf(id, { sums: [{ items: [over] }] });
    const items = [sum('top', 'middle'), sum('middle', 'a'), itemOf('a')];
    expect(stateOf(boardOf(items, { a: 'pass' }), 'top')).toBe('ready');
    expect(stateOf(boardOf(items, { a: 'unknown' }), 'top')).toBe('unknown');
  });

  test('over items that keep changing flap as well', () => {
    const sum = itemOf('sum', { sums: [{ items: ['a'] }] });
    const changed = { ...standing('pass'), changes: [at, at, at, at] };
    const board = boardOf([itemOf('a'), sum], { a: 'pass' }, {}, { 'sum/sum-0': changed });
    const rows = board.tracks.flatMap(({ items }) => items);
    expect(rows.map(({ flapping }) => flapping)).toEqual([false, true]);
  });
});
