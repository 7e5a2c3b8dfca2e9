import { expect, test } from 'vitest';
import { drawSpans } from './history-spans.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 8, minute)).toISOString();
const span = (verdict: 'pass' | 'fail', from: number, to: number) => ({
  verdict,
  from: at(from),
  to: at(to),
  sentence: '',
});

test('shares are true lengths, and only wide spans are named', () => {
  const drawn = drawSpans([span('pass', 0, 57), span('fail', 57, 60)]);
  expect(drawn.map(({ share }) => share)).toEqual([0.95, 0.05]);
  expect(drawn.map(({ named }) => named)).toEqual([true, false]);
});

test('a single instant is drawn whole, and nothing is NaN', () => {
  expect(drawSpans([span('pass', 5, 5)])[0]?.share).toBe(1);
});
