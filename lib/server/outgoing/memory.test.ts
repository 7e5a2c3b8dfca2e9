import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hostile, startHostile } from './hostile.ts';
import { createOutgoing } from './outgoing.ts';

let hostile: Hostile;
const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
beforeAll(async () => {
  hostile = await startHostile();
});
afterAll(async () => {
  await outgoing.close();
  await hostile.close();
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
const mebibyte = 1024 * 1024;

/** Bytes outside and inside the heap that work adds at its highest, sampled every 2 ms. */
async function peakOf(work: () => Promise<void>): Promise<number> {
  const used = () => {
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };
  collectGarbage();
  const before = used();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, used());
  }, 2);
  await work();
  clearInterval(timer);
  return peak - before;
}

async function refuse(path: string, sentence: string): Promise<void> {
  const answer = await outgoing({ url: hostile.origin + path, what: 'Node', timeoutMs: 20_000 });
  if (answer.ok) throw new Error('answered');
  expect(answer.failure.kind).toBe('too-large');
  expect(answer.failure.message).toContain(sentence);
}

const tooMuch = 'answers with more than 16 MiB, which is not read: ask it for less.';

test.each([
  ['/gzip-bomb', 'answers with gzip data that inflates over 150 times: not read.'],
  ['/brotli-bomb', 'answers with br data that inflates over 150 times: not read.'],
  ['/gzip-large', tooMuch],
  ['/100mb', tooMuch],
  ['/100mb-unannounced', tooMuch],
  ['/endless', tooMuch],
])('%s is stopped on its way, within 50 MiB of memory', async (path, sentence) => {
  await refuse(path, sentence); // What is loaded and allocated once does not count.
  const peak = await peakOf(() => refuse(path, sentence));
  expect(peak / mebibyte).toBeLessThan(50);
});

test('bombs leave nothing behind', async () => {
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  for (let turn = 0; turn < 5; turn += 1) await refuse('/gzip-bomb', 'inflates');
  const left = () => {
    collectGarbage();
    return (process.memoryUsage().arrayBuffers - before) / mebibyte;
  };
  await expect.poll(left, { timeout: 10_000 }).toBeLessThan(10);
});
