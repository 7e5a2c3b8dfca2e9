import type { MetricType } from '../spec.ts';

/** A sample value as Prometheus writes it: decimal text, or `NaN`, `+Inf`, `-Inf`. */
export type SampleText = string;

/** Everything one Prometheus can tell about one declared metric at one moment. */
export interface MetricSeen {
  /** The declared (base) name. */
  readonly name: string;
  /** How it was found: under its own name, or a classic histogram/summary under its suffixes. Null when nothing is live. */
  readonly form: 'plain' | 'classic-histogram' | 'native-histogram' | 'summary' | null;
  /** Types the targets' metadata gives for the name; more than one when targets disagree; none when it is not told. */
  readonly types: readonly MetricType[];
  /** Series with a fresh sample in their target's last scrape (for a histogram or summary: of `_count`). */
  readonly liveSeries: number;
  /** Series seen within the window that their target's newest scrape no longer has. */
  readonly goneSeries: number;
  /** Series seen within the window whose last sample is not fresh. */
  readonly staleSeries: number;
  /** Of the live series, those whose last value is NaN or infinite. */
  readonly notNumberSeries: number;
  /** Labels of live series. Values are sorted, at most 500; `without` counts live series that lack the label. */
  readonly labels: Readonly<Record<string, { readonly values: readonly string[]; readonly without: number }>>;
  /** Up to 20 live series with their last sample. */
  readonly samples: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: SampleText;
    readonly at: string;
  }[];
  /** The first live series over the window, at most 40 points: [epoch seconds, value]; finite values only. */
  readonly line: readonly (readonly [number, number])[];
  /** Newest sample of any series, live or gone, within the window (ISO). */
  readonly lastSampleAt: string | null;
  /** Targets (of the job asked for, if any) that their last scrape found down; at most 8. */
  readonly down: readonly TargetName[];
  /** Why it is absent: asked only when no series is live. */
  readonly absence: Absence | null;
  /** Values of the source's `buildInfo` label on what is scraped, where declared; null when not declared. */
  readonly builds: readonly string[] | null;
  /** What Prometheus said beside its answer (e.g. that it is partial); at most 3. */
  readonly warnings: readonly string[];
}

export interface TargetName {
  readonly job: string;
  readonly instance: string;
}

export interface Absence {
  /** Newest instant at which a series stood, to the resolution of the search; null: not found. */
  readonly lastSeenAt: string | null;
  /** Targets on which it stood then; at most 8. */
  readonly lastSeenOn: readonly TargetName[];
  /** How far back was searched; null when the search was not answered, so that "never" cannot be said. */
  readonly searchedMs: number | null;
  /** How long Prometheus keeps samples; null when it does not say. */
  readonly retentionMs: number | null;
  /** True while Prometheus, just started, has scraped nothing: what it holds is of before. */
  readonly beforeFirstScrape: boolean;
  /** Active targets counted by job, of the job asked for if any; at most 50 jobs. */
  readonly jobs: readonly {
    readonly job: string;
    readonly up: number;
    readonly down: number;
    readonly unknown: number;
  }[];
  /** Those it was last seen on first, then those that are down; at most 8. */
  readonly targets: readonly TargetSeen[];
}

export interface TargetSeen extends TargetName {
  readonly health: 'up' | 'down' | 'unknown';
  readonly lastError: string;
  readonly lastScrapeAt: string | null;
}

/** A PromQL answer. Vectors and scalars come as one point a series; ranges as many. */
export interface PromqlAnswer {
  readonly resultType: 'vector' | 'scalar' | 'matrix' | 'string';
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly points: readonly (readonly [number, SampleText])[];
  }[];
  /** The steps that a range question was asked for, in epoch seconds; null for an instant question. */
  readonly range: {
    readonly fromSeconds: number;
    readonly toSeconds: number;
    readonly stepSeconds: number;
  } | null;
  readonly warnings: readonly string[];
}

/** Names of metrics that a Prometheus has seen lately: a reading, on which no verdict rests. */
export interface NamesSeen {
  /** Jobs that were asked for. */
  readonly jobs: readonly string[];
  /** Of the names that the spec uses and does not declare, those that anybody emits. */
  readonly used: readonly string[];
  /** What the jobs emit and the spec does not know; sorted, at most 500. */
  readonly unknown: readonly string[];
  /** Unknown ones that are not among them. */
  readonly more: number;
  /** True where more names were there than are read. */
  readonly cut: boolean;
  /** Why there is no answer; null when there is. A failure of its own would be one of the check that asks. */
  readonly unread: string | null;
}

export interface RulesAnswer {
  /** Prometheus's own clock when it answered (ISO). */
  readonly answeredAt: string;
  readonly alerts: readonly AlertRuleSeen[];
  readonly recording: readonly {
    readonly name: string;
    readonly query: string;
    readonly group: string;
    /** Put on what is recorded; evidence of before they were asked for has none. */
    readonly labels?: Readonly<Record<string, string>>;
  }[];
}

export interface AlertRuleSeen {
  readonly name: string;
  readonly group: string;
  readonly file: string;
  readonly query: string;
  readonly forMs: number;
  /** How long it goes on firing after its condition ended; evidence of before it was asked for has none. */
  readonly keepFiringForMs?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: 'inactive' | 'pending' | 'firing' | 'unknown';
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError: string;
  readonly lastEvaluationAt: string | null;
  readonly groupIntervalMs: number;
  readonly firing: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly activeAt: string;
  }[];
}
