/**
 * Medians in milliseconds of two kinds of work done in turns, so that what else the machine does hits both alike; three
 * turns before them warm up.
 */
export async function interleavedMs(
  turns: number,
  one: () => Promise<unknown>,
  other: () => Promise<unknown>,
): Promise<readonly [number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let turn = -3; turn < turns; turn += 1) {
    const took =
      turn % 2 === 0 ? [await ms(one), await ms(other)] : [await ms(other), await ms(one)].reverse();
    if (turn >= 0) for (const [index, list] of times.entries()) list.push(took[index] ?? 0);
  }
  const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  return [median(times[0]), median(times[1])];
}

async function ms(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
