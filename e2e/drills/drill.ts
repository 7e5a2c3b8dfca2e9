/** What a drill is given: a folder of its own, words to say, promises to keep, and a way to leave nothing behind. */
export interface DrillSite {
  /** The number that stands after the drill’s name; null for none. */
  readonly given: number | null;
  /** Goes with the drill. */
  readonly folder: string;
  /** Prints what was done or measured. */
  readonly say: (words: string) => void;
  /** Prints a promise and whether it held; one that did not fails the drill. */
  readonly promise: (words: string, held: boolean, measured?: string) => void;
  /** What is to be ended when the drill is over, newest first. */
  readonly undo: (end: () => Promise<void>) => void;
  /** Aborted when somebody wants the drill to end. */
  readonly interrupted: AbortSignal;
}

/** A longer trial against the running product, bounded in count and time, on loopback alone. */
export interface Drill {
  readonly name: string;
  /** One line for the list. */
  readonly about: string;
  /** What a number after its name says; a drill without it takes none. */
  readonly takes?: string;
  /** Ended as failed after this. */
  readonly withinMs: number;
  readonly run: (site: DrillSite) => Promise<void>;
}
