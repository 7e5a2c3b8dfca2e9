/** Where the spec says that a metric stands: on a panel of a dashboard, or in a runbook. */
export interface MetricPlace {
  /** Of the dashboard or the runbook: checks of it tell whether it is really there. */
  readonly id: string;
  /** The panel's title, or the runbook's. */
  readonly title: string;
  /** “panel “Balance Trend” of Treasury”, as it goes on in a sentence. */
  readonly name: string;
  readonly file: string;
  /** The names it is read by there: a histogram's with suffixes, a recording rule's. None: it is chosen by a pattern. */
  readonly as: readonly string[];
}

/** Something of the spec that names metrics and could not be read. */
export interface UnreadPlace {
  readonly name: string;
  readonly message: string;
}

/** The places of each metric by its declared name, in the spec's order. */
export interface MetricPlaces {
  readonly of: ReadonlyMap<string, readonly MetricPlace[]>;
  readonly unread: readonly UnreadPlace[];
}

/** What one check's evidence says of a place. `dark`: it can say nothing now. */
export type PlaceSeen =
  | { readonly kind: 'there'; readonly note: string | null }
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'dark'; readonly why: string };
