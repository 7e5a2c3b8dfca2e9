import { expect, test } from 'vitest';
import type { PlaceSeen } from '#lib/domain/coverage.ts';
import { type LookedFor, placeCell } from './place-cell.ts';

const there: PlaceSeen = { kind: 'there', note: null };
const missing: PlaceSeen = { kind: 'missing', why: 'It is gone.' };
const dark: PlaceSeen = { kind: 'dark', why: 'The repository is silent.' };

function at(seen: readonly PlaceSeen[], silentSince: string | null = null): LookedFor {
  return {
    place: { id: 'board', title: 'P', name: 'panel “P” of Board', file: 'board.json', as: ['depth'] },
    seen,
    silentSince,
  };
}

test.each<[string, readonly LookedFor[], string, string | null]>([
  ['nothing is asked', [], 'not-required', null],
  ['no check looks', [at([])], 'declared', 'No check looks whether the panel “P” of Board is in board.json.'],
  ['there', [at([there])], 'there', null],
  ['missing', [at([missing])], 'hole', 'It is gone.'],
  ['dark', [at([dark])], 'unknown', 'The repository is silent.'],
  ['there by one check, dark by another', [at([dark, there])], 'there', null],
  ['there by one check, missing by another', [at([there, missing])], 'hole', 'It is gone.'],
  ['one of two is missing', [at([there]), at([missing])], 'hole', 'It is gone.'],
  ['one of two is dark', [at([there]), at([dark])], 'unknown', 'The repository is silent.'],
  ['one of two nobody looks at', [at([there]), at([])], 'declared', expect.any(String) as unknown as string],
  ['both are dark for one reason', [at([dark]), at([dark])], 'unknown', 'The repository is silent.'],
])('%s', (_, places, state, note) => {
  expect(placeCell(places, [])).toEqual({ state, note, silentSince: null });
});

test('what a place says of itself stays beside its tick, and so does the age of a silent source', () => {
  const noted: PlaceSeen = { kind: 'there', note: 'It draws another bound.' };
  expect(placeCell([at([noted], '2026-11-23T08:06:00Z')], [])).toEqual({
    state: 'there',
    note: 'It draws another bound.',
    silentSince: '2026-11-23T08:06:00Z',
  });
});

test('where a query could not be read nobody can say that nothing is asked; what was read stays', () => {
  const unread = [{ name: 'panel “Q” of Board', message: 'the PromQL does not parse' }];
  expect(placeCell([], unread)).toMatchObject({
    state: 'unknown',
    note: expect.stringContaining('panel “Q” of Board: the PromQL does not parse'),
  });
  expect(placeCell([at([there])], unread).state).toBe('there');
});
