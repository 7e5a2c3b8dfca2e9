import { structuredPatch } from 'diff';
import { expect, test } from 'vitest';
import { diffLines } from './diff-lines.ts';

test('lines carry the numbers that they have in each file, and stretches are parted', () => {
  const old = ['a', ...Array.from({ length: 10 }, (_, at) => `same ${at}`), 'z'];
  const kit = ['b', ...old.slice(1, -1), 'z', 'new'];
  const patch = structuredPatch('', '', `${old.join('\n')}\n`, `${kit.join('\n')}\n`, '', '', { context: 1 });
  const lines = diffLines(patch.hunks).map(({ kind, before, after, text }) => [kind, before, after, text]);
  expect(lines).toEqual([
    ['removed', 1, null, 'a'],
    ['added', null, 1, 'b'],
    ['same', 2, 2, 'same 0'],
    ['gap', 12, 12, ''],
    ['same', 12, 12, 'z'],
    ['added', null, 13, 'new'],
  ]);
});
