/** An expected failure of a verb, for people: what happened, what it means, what to do. */
export interface Problem {
  readonly code:
    | 'invalid-input'
    | 'too-large'
    | 'not-found'
    | 'conflict'
    | 'refused'
    | 'source-failed'
    | 'unavailable';
  readonly message: string;
  /** What to do about it; null when the message says so. */
  readonly remedy: string | null;
  /** Where in a document, one-based, if in one. */
  readonly faults: readonly Fault[];
}

export interface Fault {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string | null;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };
