import { expect, test } from 'vitest';
import { answerWords } from './answer-words.ts';

const adopted = {
  launch: 'small',
  digest: `sha256:${'ab'.repeat(32)}`,
  created: false,
  adoption: 3,
  changes: ['Blocker removed: “Notes” (notes, blocker).'],
  sources: [
    { id: 'code', address: '/srv/code', before: '../code' },
    { id: 'node', address: 'http://127.0.0.1:1', before: 'http://127.0.0.1:1' },
  ],
  candidate: null,
  candidateProblem: 'The repository has no branch or tag “main”.',
};

test('an adoption says which it is, what it weakens, which source moved, and why no candidate is pinned', () => {
  expect(answerWords('adopt', adopted, 'http://localhost:4400')).toEqual({
    words: [
      'A spec of small is adopted (sha256:abababababab, adoption 3).',
      'Blocker removed: “Notes” (notes, blocker).',
      'Source code: /srv/code, before ../code',
      'Board: http://localhost:4400/launches/small',
    ],
    warning: 'No candidate is pinned: The repository has no branch or tag “main”.',
  });
});

test('a candidate is told as what it is: would move, moved, or stands since', () => {
  const commit = 'c'.repeat(40);
  const words = (moved: boolean, pinnedAt: string | null) =>
    answerWords('candidate', { candidate: { ref: 'main', commit, pinnedAt }, moved, affects: [] }, '')?.words;
  const at = '2030-01-01T00:00:00.000Z';
  expect(words(true, null)).toEqual(['Would pin main at cccccccccccc; nothing was done.']);
  expect(words(true, at)).toEqual(['Candidate: main at cccccccccccc']);
  expect(words(false, at)).toEqual([`Candidate: main at cccccccccccc, pinned ${at}`]);
});

test('what another server answers is not taken for one of ours', () => {
  for (const verb of ['adopt', 'candidate', 'again'] as const)
    expect(answerWords(verb, { hello: 'world' }, '')).toBeNull();
});
