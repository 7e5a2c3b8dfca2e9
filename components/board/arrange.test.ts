import { describe, expect, test } from 'vitest';
import type { BoardView, ItemRow } from '#lib/domain/view.ts';
import { arrange, sameArrangement } from './arrange.ts';
import { everything, matches } from './filter.ts';

const nowMs = Date.parse('2026-11-23T08:10:00.000Z');

function row(id: string, part: Partial<ItemRow>): ItemRow {
  return {
    id,
    track: 'treasury',
    title: `Title of ${id}`,
    owner: 'Mara Okafor',
    level: 'blocker',
    phase: 'launch',
    due: true,
    estimateMs: null,
    state: 'ready',
    fact: { lead: '6 of 6', rest: 'with live series' },
    picture: { kind: 'none' },
    signatures: [],
    observedAt: '2026-11-23T08:09:50.000Z',
    silentSince: null,
    failing: false,
    flapping: false,
    quiet: false,
    since: '2026-11-20T08:00:00.000Z',
    sources: ['prometheus'],
    kinds: ['metric'],
    ...part,
  };
}

function board(rows: readonly ItemRow[]): BoardView {
  const ids = [...new Set(rows.map(({ track }) => track))];
  const part: Pick<BoardView, 'tracks' | 'sources'> = {
    tracks: ids.map((id) => ({
      id,
      title: id,
      lead: null,
      blockers: 0,
      ready: 0,
      longestWait: null,
      remainingMs: 0,
      items: rows.filter(({ track }) => track === id),
    })),
    sources: [],
  };
  return part as BoardView;
}

const rows = [
  row('a', { state: 'ready' }),
  row('b', { state: 'claimed', owner: 'Priya Nair', observedAt: null, since: '2026-11-22T20:00:00.000Z' }),
  row('c', { state: 'fail', observedAt: '2026-11-23T08:00:00.000Z' }),
  row('d', { track: 'energy', state: 'unknown', since: '2026-11-23T08:06:00.000Z', owner: null }),
];
const order = { group: 'track', sort: 'open' } as const;
const idsOf = (groups: ReturnType<typeof arrange>) => groups.map(({ key, ids }) => [key, ...ids]);

describe('arranging', () => {
  test('open rows come first, the worst of them first, within their tracks', () => {
    expect(idsOf(arrange(board(rows), everything, order, nowMs))).toEqual([
      ['treasury', 'c', 'b', 'a'],
      ['energy', 'd'],
    ]);
  });

  test('as in the spec, by evidence, by wait', () => {
    const by = (sort: 'spec' | 'age' | 'wait') =>
      idsOf(arrange(board(rows), everything, { group: 'none', sort }, nowMs));
    expect(by('spec')).toEqual([['all', 'a', 'b', 'c', 'd']]);
    expect(by('age')).toEqual([['all', 'b', 'c', 'a', 'd']]);
    expect(by('wait')).toEqual([['all', 'c', 'b', 'd', 'a']]);
  });

  test('by state and owner; an item without owner has a heading too', () => {
    const by = (group: 'state' | 'owner') =>
      arrange(board(rows), everything, { group, sort: 'open' }, nowMs).map(({ title, ids }) => [
        title,
        ...ids,
      ]);
    expect(by('state')).toEqual([
      ['Fail', 'c'],
      ['Unknown', 'd'],
      ['Claimed', 'b'],
      ['Ready', 'a'],
    ]);
    expect(by('owner')).toEqual([
      ['Nobody yet', 'd'],
      ['Mara Okafor', 'c', 'a'],
      ['Priya Nair', 'b'],
    ]);
  });

  test('a changed state makes another arrangement, a changed fact does not', () => {
    const before = arrange(board(rows), everything, order, nowMs);
    const moved = rows.map((one) => (one.id === 'a' ? row('a', { state: 'fail' }) : one));
    const said = rows.map((one) => (one.id === 'c' ? { ...one, fact: { lead: '1', rest: '' } } : one));
    expect(sameArrangement(before, arrange(board(moved), everything, order, nowMs))).toBe(false);
    expect(sameArrangement(before, arrange(board(said), everything, order, nowMs))).toBe(true);
  });
});

describe('filtering', () => {
  const fitting = (part: Partial<typeof everything>) =>
    rows.filter((one) => matches(one, { ...everything, ...part }, nowMs)).map(({ id }) => id);

  test('several states are one or the other', () => {
    expect(fitting({ states: ['fail', 'unknown'] })).toEqual(['c', 'd']);
  });

  test('changed is within a day', () => {
    expect(fitting({ changed: true })).toEqual(['b', 'd']);
  });

  test('text finds every word anywhere in what the row says', () => {
    expect(fitting({ text: 'NAIR series' })).toEqual(['b']);
    expect(fitting({ text: 'nowhere' })).toEqual([]);
  });

  test('conditions add up', () => {
    expect(fitting({ track: 'treasury', owner: 'Mara Okafor', source: 'prometheus' })).toEqual(['a', 'c']);
    expect(fitting({ role: 'sre' })).toEqual([]);
  });
});
