import type { SuggestedCheck } from '#lib/domain/checklist.ts';

/** The metrics that a PromQL expression reads; null when it does not parse. */
export type MetricNamesOf = (expr: string) => readonly string[] | null;

/** A check that a line of the document speaks of. */
export type Proposal = Pick<SuggestedCheck, 'line' | 'from' | 'what'> & {
  /** Of a document's section: the heading's slug behind the `#`. */
  readonly anchor?: string;
};
