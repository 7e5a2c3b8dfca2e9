import { expect, test } from 'vitest';
import { turnstile } from './turnstile.ts';

test('a turnstile lets so many through at a time, in their order, and goes on after a failure', async () => {
  const gate = turnstile(2);
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  const tasks = Array.from({ length: 10 }, (_, index) =>
    gate(async () => {
      inside += 1;
      most = Math.max(most, inside);
      order.push(index);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      if (index === 3) throw new Error('one fails');
    }),
  );
  const outcomes = await Promise.allSettled(tasks);
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  expect(outcomes.filter((one) => one.status === 'rejected')).toHaveLength(1);
});
