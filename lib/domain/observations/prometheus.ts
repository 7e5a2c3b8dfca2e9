import type { MetricType } from '../spec.ts';

/** A sample value as Prometheus writes it: decimal text, or `NaN`, `+Inf`, `-Inf`. */
export type SampleText = string;

/** Everything one Prometheus can tell about one declared metric at one moment. */
export interface MetricSeen {
  /** The declared (base) name. */
  readonly name: string;
  /** How it was found: under its own name, or a classic histogram/summary under its suffixes. Null when nothing is live. */
  readonly form: 'plain' | 'classic-histogram' | 'native-histogram' | 'summary' | null;
  /** Types the targets' metadata gives for the name; more than one when targets disagree. */
  readonly types: readonly MetricType[];
  /** Series with a fresh sample in their target's last scrape (for a histogram: of `_count`). */
  readonly liveSeries: number;
  /** Series seen within the window that are no longer live. */
  readonly goneSeries: number;
  /** Of the live series, those whose last value is NaN. */
  readonly nanSeries: number;
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
  /** Why it is absent, where something is: asked only then. */
  readonly absence: Absence | null;
  /** Values of the source's `buildInfo` label on what is scraped, where declared; null when not declared. */
  readonly builds: readonly string[] | null;
}

export interface Absence {
  /** Newest instant in retention at which a series stood, to the resolution of the search; null: never seen. */
  readonly lastSeenAt: string | null;
  /** Label values that stood in retention, for labels of the declaration. */
  readonly retentionMs: number | null;
  readonly targets: readonly TargetSeen[];
}

export interface TargetSeen {
  readonly job: string;
  readonly instance: string;
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
  readonly warnings: readonly string[];
}

export interface RulesAnswer {
  readonly alerts: readonly AlertRuleSeen[];
  readonly recording: readonly { readonly name: string; readonly query: string; readonly group: string }[];
}

export interface AlertRuleSeen {
  readonly name: string;
  readonly group: string;
  readonly file: string;
  readonly query: string;
  readonly forMs: number;
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
