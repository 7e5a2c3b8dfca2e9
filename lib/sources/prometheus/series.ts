/** Epoch seconds and the value as Prometheus writes it. */
export type Point = readonly [number, string];

/** One series of an answer: its labels without the name, and its samples, oldest first. */
export interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly Point[];
  /** True when its newest sample is a native histogram. */
  readonly native: boolean;
  /** Epoch seconds of the newest sample. */
  readonly lastAt: number;
  /** Value of the newest sample; empty for none. */
  readonly lastText: string;
  /** At most so many points, from the newest backwards so that it is the last; finite values only. */
  readonly line: (mostPoints: number) => readonly (readonly [number, number])[];
}
