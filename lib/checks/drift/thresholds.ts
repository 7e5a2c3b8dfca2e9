import type { ThresholdsRead } from '../dashboard/dashboard.ts';

/** How what runs draws its bounds otherwise than the file does. */
export interface ThresholdsApart {
  readonly kind: 'threshold-moved' | 'threshold-drawn';
  readonly file: string;
  readonly runs: string;
  readonly says: string;
}

/** Null where both draw the same bounds, or neither shows any. */
export function thresholdsApart(file: ThresholdsRead, runs: ThresholdsRead): ThresholdsApart | null {
  const ours = valuesOf(file);
  const theirs = valuesOf(runs);
  if (!(file.drawn || runs.drawn) || isGrafanasDefault(file, runs)) return null;
  const gone = without(ours, theirs);
  const added = without(theirs, ours);
  const told = { file: inWords(ours), runs: inWords(theirs) };
  if (gone.length + added.length > 0)
    return { kind: 'threshold-moved', ...told, says: saysMoved(gone, added) };
  const otherwise = drawnOtherwise(file, runs);
  if (otherwise === null) return null;
  return {
    kind: 'threshold-drawn',
    file: otherwise[0],
    runs: otherwise[1],
    says: `thresholds are ${otherwise[1]}, not ${otherwise[0]}`,
  };
}

/** A panel that was saved in Grafana without thresholds gets green, and red from 80 on. */
function isGrafanasDefault(file: ThresholdsRead, { steps }: ThresholdsRead): boolean {
  if (file.steps.length > 0) return false;
  const [base, only, more] = steps;
  return base?.value === null && only?.value === 80 && only.color === 'red' && more === undefined;
}

function saysMoved(gone: readonly number[], added: readonly number[]): string {
  const word = Math.max(gone.length, added.length) === 1 ? 'threshold' : 'thresholds';
  if (gone.length === 0) return `${word} added at ${inWords(added)}`;
  if (added.length === 0) return `${word} at ${inWords(gone)} gone`;
  return `${word} moved from ${inWords(gone)} to ${inWords(added)}`;
}

function drawnOtherwise(file: ThresholdsRead, runs: ThresholdsRead): readonly [string, string] | null {
  const hasValues = valuesOf(file).length > 0;
  if (hasValues && file.percentage !== runs.percentage) {
    const words = (read: ThresholdsRead) => (read.percentage ? 'percentages of a range' : 'values');
    return [words(file), words(runs)];
  }
  if (hasValues && file.drawn !== runs.drawn) {
    const words = (read: ThresholdsRead) => (read.drawn ? 'drawn' : 'not drawn');
    return [words(file), words(runs)];
  }
  return stepsOtherwise(file, runs);
}

/** Grafana goes through the steps in their order, up to the first that is not reached: so they are held as they stand. */
function stepsOtherwise(file: ThresholdsRead, runs: ThresholdsRead): readonly [string, string] | null {
  // A base that is not written is whatever Grafana makes it.
  const hasBase = [file, runs].every(({ steps }) => steps[0]?.value === null);
  const [ours, theirs] = [file, runs].map(({ steps }) =>
    steps.slice(!hasBase && steps[0]?.value === null ? 1 : 0),
  );
  const told = (words: (step: Step) => string): readonly [string, string] => {
    return [(ours ?? []).map(words).join(', '), (theirs ?? []).map(words).join(', ')];
  };
  const inColours = told(({ color }) => color.toLowerCase());
  if (inColours[0] !== inColours[1]) return inColours;
  const inFull = told(
    ({ value, color }) => `${color.toLowerCase()}${value === null ? '' : ` from ${value}`}`,
  );
  return inFull[0] === inFull[1] ? null : inFull;
}

type Step = ThresholdsRead['steps'][number];

function valuesOf({ steps }: ThresholdsRead): readonly number[] {
  return steps.flatMap(({ value }) => value ?? []).sort((one, other) => one - other);
}

/** What the one has that the other has not, each as often as it is there. */
function without(some: readonly number[], others: readonly number[]): readonly number[] {
  const left = new Map<number, number>();
  for (const value of others) left.set(value, (left.get(value) ?? 0) + 1);
  return some.filter((value) => {
    const count = left.get(value) ?? 0;
    if (count > 0) left.set(value, count - 1);
    return count === 0;
  });
}

function inWords(values: readonly number[]): string {
  return values.length === 0 ? 'none' : values.join(' and ');
}
