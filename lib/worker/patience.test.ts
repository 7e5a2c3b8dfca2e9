import { expect, test, vi } from 'vitest';
import { withPatience } from './patience.ts';

/** Work that ends when it is told to. */
function work() {
  let end: (error?: Error) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve());
  });
  return { start: () => done, end };
}

const quiet = { letGo: async () => undefined, failed: () => undefined };

test('quick work has its turn to its end, and fails in it', async () => {
  const told = { letGo: vi.fn(async () => undefined), failed: vi.fn() };
  const turn = withPatience(60_000, 1);
  await turn({ work: async () => undefined, ...told });
  await expect(turn({ work: () => Promise.reject(new Error('no database')), ...told })).rejects.toThrow(
    'no database',
  );
  expect(told.letGo).not.toHaveBeenCalled();
  expect(told.failed).not.toHaveBeenCalled();
});

test('slow work gives its turn up and goes on; what fails then is told', async () => {
  const told = { letGo: vi.fn(async () => undefined), failed: vi.fn() };
  const slow = work();
  await withPatience(1, 1)({ work: slow.start, ...told });
  expect(told.letGo).toHaveBeenCalledOnce();
  slow.end(new Error('lost'));
  await vi.waitFor(() => expect(told.failed).toHaveBeenCalledExactlyOnceWith(new Error('lost')));
});

test('no more than so much goes on beside; the next keeps its turn until there is room', async () => {
  const turn = withPatience(1, 1);
  const [first, second, third] = [work(), work(), work()];
  await turn({ work: first.start, ...quiet });
  let isOver = false;
  const waiting = turn({ work: second.start, ...quiet }).then(() => {
    isOver = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isOver).toBe(false);
  second.end();
  await waiting;
  first.end();
  await first.start();
  await turn({ work: third.start, ...quiet });
  third.end();
});
