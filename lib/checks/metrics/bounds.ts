import { z } from 'zod';
import type { BindFault } from '#lib/domain/check-kind.ts';

/** What a value is held against. Several must all hold. */
export const boundsSchema = z
  .strictObject({
    atMost: z.number().exactOptional(),
    atLeast: z.number().exactOptional(),
    below: z.number().exactOptional(),
    above: z.number().exactOptional(),
    equals: z.number().exactOptional(),
  })
  .describe('What the value must be: atMost, atLeast, below, above or equals a number.');
export type Bounds = z.infer<typeof boundsSchema>;

/** What is wrong with bounds that no value, or every value, would meet; null when they are sound. */
export function boundFault(is: Bounds, path: BindFault['path']): BindFault | null {
  if (Object.keys(is).length === 0) {
    return { path, message: 'names no bound; write for instance `atMost: 300`' };
  }
  const least = Math.max(is.atLeast ?? Number.NEGATIVE_INFINITY, is.above ?? Number.NEGATIVE_INFINITY);
  const most = Math.min(is.atMost ?? Number.POSITIVE_INFINITY, is.below ?? Number.POSITIVE_INFINITY);
  const open = least === is.above || most === is.below;
  const apart = is.equals !== undefined && !holds(is.equals, is);
  return least > most || (least === most && open) || apart
    ? { path, message: 'no value can meet these bounds together' }
    : null;
}

/** Whether a finite value holds. */
export function holds(value: number, is: Bounds): boolean {
  return (
    (is.atMost === undefined || value <= is.atMost) &&
    (is.atLeast === undefined || value >= is.atLeast) &&
    (is.below === undefined || value < is.below) &&
    (is.above === undefined || value > is.above) &&
    (is.equals === undefined || value === is.equals)
  );
}

/** How far a value is on the good side of the bound it is nearest to; the least of several values is the worst. */
export function marginOf(value: number, is: Bounds): number {
  const margins: number[] = [];
  if (is.atMost !== undefined) margins.push(is.atMost - value);
  if (is.below !== undefined) margins.push(is.below - value);
  if (is.atLeast !== undefined) margins.push(value - is.atLeast);
  if (is.above !== undefined) margins.push(value - is.above);
  if (is.equals !== undefined) margins.push(-Math.abs(value - is.equals));
  return Math.min(...margins);
}

const words = {
  atMost: 'at most',
  atLeast: 'at least',
  below: 'below',
  above: 'above',
  equals: 'exactly',
} as const;

/** `at most 300`, `at least 1 and below 5`. */
export function boundsWords(is: Bounds): string {
  return (Object.keys(words) as (keyof typeof words)[])
    .flatMap((key) => (is[key] === undefined ? [] : [`${words[key]} ${is[key]}`]))
    .join(' and ');
}

/** The bound to draw. */
export function limitOf(is: Bounds): number | null {
  return is.atMost ?? is.below ?? is.atLeast ?? is.above ?? is.equals ?? null;
}
