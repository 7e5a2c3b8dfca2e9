import { expect, test } from 'vitest';
import type { BoardView } from '#lib/domain/view.ts';
import { type Entry, find, personEntries } from './entries.ts';

function entry(group: Entry['group'], title: string, also = ''): Entry {
  return {
    key: `${group} ${title}`,
    group,
    title,
    also,
    shape: null,
    isCode: false,
    end: null,
    keys: [],
    run: () => {},
  };
}

const entries = [
  entry('Items', 'Treasury dashboard: 6 panels', 'Mara Okafor'),
  entry('Items', 'Execution lag p95 under 300 s', 'Jonas Weil'),
  entry('Metrics', 'treasury_disbursement_lag_seconds'),
  entry('Screens', 'Launches'),
];
const titles = (text: string) => find(entries, text).map(({ title }) => title);

test('everything stands there before a word is typed, items first', () => {
  expect(titles('')).toHaveLength(4);
  expect(titles('')[0]).toBe('Treasury dashboard: 6 panels');
});

test('beginnings of words come before middles, and names found otherwise come last', () => {
  expect(titles('lag')).toEqual(['Execution lag p95 under 300 s', 'treasury_disbursement_lag_seconds']);
  expect(titles('treasury_d')).toEqual(['treasury_disbursement_lag_seconds']);
  expect(titles('mara')).toEqual(['Treasury dashboard: 6 panels']);
});

test('all words must fit', () => {
  expect(titles('lag weil')).toEqual(['Execution lag p95 under 300 s']);
  expect(titles('lag nobody')).toEqual([]);
});

test('a person is found by name, with what is open, and opens the board at their items', () => {
  const rows = [
    { owner: 'Mara Okafor', state: 'fail' },
    { owner: 'Mara Okafor', state: 'ready' },
    { owner: null, state: 'fail' },
  ];
  const went: string[] = [];
  const board: unknown = { tracks: [{ items: rows }] };
  const people = personEntries(board as BoardView, 'a', (href) => went.push(href));
  expect(people.map(({ title, end }) => [title, end])).toEqual([['Mara Okafor', '1 of 2 open']]);
  people[0]?.run();
  expect(went).toEqual(['/launches/a?owner=Mara%20Okafor']);
});
