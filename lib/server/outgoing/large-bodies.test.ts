import { PassThrough } from 'node:stream';
import { setImmediate as soon } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { largeBodyTurn } from './large-bodies.ts';

const large = 2 * 1024 * 1024;

/** A body's turn, and whether it has come. */
async function begin(bytes: number) {
  const body = new PassThrough();
  const turn = largeBodyTurn(body);
  let isIn = false;
  const came = turn.at(bytes).then(() => {
    isIn = true;
  });
  await soon();
  return { body, turn, came, isIn: () => isIn };
}

test('two large bodies are read at a time, in the order in which they came; small ones never wait', async () => {
  const [one, two, three, four] = [
    await begin(large),
    await begin(large),
    await begin(large),
    await begin(large),
  ];
  const small = await begin(1024);
  expect([one, two, three, four, small].map(({ isIn }) => isIn())).toEqual([true, true, false, false, true]);
  small.turn.end();
  await soon();
  expect(three.isIn()).toBe(false);
  one.turn.end();
  await three.came;
  expect(four.isIn()).toBe(false);
  two.turn.end();
  await four.came;
  for (const { turn } of [three, four]) turn.end();
});

test('a body that ends while it waits goes on at once and takes nobody’s turn', async () => {
  const [one, two, three, four] = [
    await begin(large),
    await begin(large),
    await begin(large),
    await begin(large),
  ];
  three.body.destroy();
  await three.came;
  three.turn.end();
  await soon();
  expect(four.isIn()).toBe(false);
  one.turn.end();
  await four.came;
  for (const { turn } of [two, four]) turn.end();
  const again = [await begin(large), await begin(large)];
  expect(again.map(({ isIn }) => isIn())).toEqual([true, true]);
  for (const { turn } of again) turn.end();
});
