import type { JsonObject } from './json.ts';
import type { KitSpec } from './kit-spec.ts';
import type { Level } from './verdict.ts';

/** The readiness spec after reading: defaults filled in, durations in milliseconds, instants as ISO 8601 UTC. */
export interface Spec {
  readonly format: 'big-green/v1';
  readonly launch: {
    readonly id: string;
    readonly title: string;
    readonly target: { readonly at: string; readonly block: number | null };
  };
  /** Where the candidate is taken from: a repository source and a ref. Pinning it to a commit is a verb. */
  readonly candidate: { readonly source: string; readonly ref: string } | null;
  readonly lengths: { readonly epochMs: number; readonly blockMs: number };
  readonly networks: readonly { readonly id: string; readonly title: string }[];
  /** In order of `at`. */
  readonly phases: readonly { readonly id: string; readonly title: string; readonly at: string }[];
  readonly roles: readonly RoleSpec[];
  readonly sources: readonly SourceSpec[];
  readonly metrics: readonly MetricDeclaration[];
  /** Bounds written once; alerts, panels and runbooks take theirs from here. Always there after reading. */
  readonly thresholds?: readonly ThresholdSpec[];
  readonly alerts: readonly AlertDeclaration[];
  /** What it yields for the launched project's repository. Always there after reading. */
  readonly kit?: KitSpec;
  readonly tracks: readonly TrackSpec[];
}

export interface RoleSpec {
  readonly id: string;
  readonly title: string;
  /** Two to four letters, for signature tags. */
  readonly abbreviation: string;
}

export type SourceKind = 'prometheus' | 'repository' | 'endpoint' | 'github' | 'gitlab' | 'grafana';

/** True where what is asked depends on the candidate's commit. */
export function readsCandidate(kind: SourceKind): boolean {
  return kind === 'repository' || kind === 'github' || kind === 'gitlab';
}

export interface SourceSpec {
  readonly id: string;
  readonly title: string;
  readonly kind: SourceKind;
  readonly network: string | null;
  /** URL, or for a repository also a path; GitHub and GitLab: that of the project's page. An installation may name another address when it adopts the spec. */
  readonly address: string;
  /** How often it is asked. */
  readonly everyMs: number;
  readonly timeoutMs: number;
  /** Prometheus only: a series such as `build_info{commit="…"}` whose label names the commit that runs. */
  readonly buildInfo: { readonly metric: string; readonly label: string } | null;
}

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'stateset' | 'untyped';

/** One metric that the launch declares. */
export interface MetricDeclaration {
  readonly name: string;
  /** Null when the spec does not say. */
  readonly type: MetricType | null;
  readonly group: string | null;
  readonly help: string | null;
  readonly labels: readonly LabelDeclaration[];
  /** Live series wanted at least. Default 1. */
  readonly minSeries: number;
  /** A counter whose series appears with its first event: passes as *declared, no event yet* when the target says so. */
  readonly absentUntilFirst: boolean;
  /** A last sample older than this is not fresh. */
  readonly freshWithinMs: number;
  /** Prometheus job that is to emit it; null for any. */
  readonly job: string | null;
  /** PromQL: where this holds, NaN or no data is right (nothing happened). */
  readonly quietWhen: string | null;
}

export interface LabelDeclaration {
  readonly name: string;
  /** Each must have a live series. */
  readonly required: readonly string[];
  /** May be missing; a value outside required and allowed is reported. Empty with empty `required`: any value. */
  readonly allowed: readonly string[];
}

export interface ThresholdSpec {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  /** PromQL of what is compared. */
  readonly value: string;
  readonly unit: string | null;
  /** Whether values above or below the bounds are bad. */
  readonly side: 'above' | 'below';
  readonly warning: number | null;
  readonly critical: number | null;
  /** The name of a recording rule that keeps the value; null for none. */
  readonly record?: string | null;
}

export interface AlertDeclaration {
  readonly name: string;
  readonly severity: 'warning' | 'critical';
  readonly metric: string;
  readonly group: string | null;
  /** What it means that it fires, for the person it wakes; null for the threshold's title. */
  readonly means?: string | null;
  /** What the alert is to fire at; absent when the spec only wants it loaded. */
  readonly rule?: {
    readonly threshold: string;
    /** PromQL of the whole condition. */
    readonly expr: string;
    readonly forMs: number;
  };
}

export interface TrackSpec {
  readonly id: string;
  readonly title: string;
  /** Role that leads it. */
  readonly lead: string | null;
  readonly items: readonly ItemSpec[];
}

export interface ItemSpec {
  readonly id: string;
  readonly track: string;
  readonly title: string;
  /** Full name, as the spec's `owners` give it. */
  readonly owner: string | null;
  readonly level: Level;
  readonly phase: string;
  readonly estimateMs: number | null;
  readonly why: string | null;
  readonly checks: readonly CheckSpec[];
  /** Role id to count of distinct persons. Read now; enforced once people can sign. */
  readonly signOff: Readonly<Record<string, number>>;
  /** True when a signature outlives a move of the candidate. */
  readonly anyCandidate: boolean;
  /** One-based line of the item in the spec's text. */
  readonly line: number;
}

export type Confirm =
  | { readonly kind: 'observations'; readonly count: number }
  | { readonly kind: 'duration'; readonly forMs: number };

export interface CheckSpec {
  /** Unique within its item. Default: its kind, with a number when the kind stands twice. */
  readonly id: string;
  readonly kind: string;
  readonly source: string | null;
  readonly network: string | null;
  readonly maxAgeMs: number;
  readonly confirm: Confirm;
  /** As written, once the kind's own schema accepted them: its `bind` parses them again. */
  readonly parameters: JsonObject;
  readonly line: number;
}
