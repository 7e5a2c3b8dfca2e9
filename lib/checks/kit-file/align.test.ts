import fc from 'fast-check';
import { expect, test } from 'vitest';
import { align, type Piece } from './align.ts';

const pieces = (values: readonly string[]): Piece[] =>
  values.map((value, index) => ({ place: '', line: index + 1, value }));
const told = (kit: readonly string[], repository: readonly string[]) =>
  align(pieces(kit), pieces(repository))?.map(({ at, kit: ours, repository: theirs }) => [at, ours, theirs]);

test('a line more or less moves no other', () => {
  const kit = ['a', 'b', 'c', 'd'];
  expect(told(kit, kit)).toEqual([]);
  expect(told(kit, ['a', 'new', 'b', 'c', 'd'])).toEqual([['line 2', null, 'new']]);
  expect(told(kit, ['a', 'c', 'd'])).toEqual([['kit’s line 2', 'b', null]]);
  expect(told(kit, ['a', 'B', 'c', 'd'])).toEqual([['line 2', 'b', 'B']]);
});

test('of several lines put in one place, the one that is the kit’s, changed, is told so', () => {
  expect(told(['a', 'curl --fail "$url"', 'b'], ['a', 'echo asking', 'curl -s "$url"', 'b'])).toEqual([
    ['line 2', null, 'echo asking'],
    ['line 3', 'curl --fail "$url"', 'curl -s "$url"'],
  ]);
});

/** Length of the longest common subsequence, by the textbook's table. */
function common(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const value of one) {
    const next = [0];
    for (const [at, against] of other.entries())
      next.push(value === against ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

test('nothing is told that the longest common subsequence explains', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 });
  fc.assert(
    fc.property(letters, letters, (kit, repository) => {
      const found = align(pieces(kit), pieces(repository)) ?? [];
      const shared = common(kit, repository);
      expect(found.filter((one) => one.kit !== null)).toHaveLength(kit.length - shared);
      expect(found.filter((one) => one.repository !== null)).toHaveLength(repository.length - shared);
    }),
  );
});

test('texts with too little in common differ as a whole, however long they are', () => {
  const lines = (word: string) =>
    pieces(Array.from({ length: 100_000 }, (_, at) => `${word} ${at} ${'x'.repeat(50)}`));
  expect(align(lines('ours'), lines('theirs'))).toBeNull();
  expect(align(pieces(['a']), lines('theirs'))).toBeNull();
  const almost = lines('ours');
  expect(align(almost, almost.toSpliced(50_000, 0, { place: '', line: 50_001, value: 'new' }))).toHaveLength(
    1,
  );
});
