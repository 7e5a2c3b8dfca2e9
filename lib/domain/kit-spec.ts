/** What the spec says of the files it yields for the launched project's own repository, after reading. */
export interface KitSpec {
  readonly files: KitFiles;
  readonly dashboards: readonly DashboardSpec[];
  readonly gate: GateSpec | null;
  readonly runbooks: readonly RunbookSpec[];
  readonly corrections: readonly CorrectionSpec[];
}

/** Paths, from the root of the launched project's repository. */
export interface KitFiles {
  readonly alertRules: string;
  readonly recordingRules: string;
  /** Unit tests of both, for `promtool test rules`. */
  readonly ruleTests: string;
  readonly coverageScript: string;
  /** Where each file goes, and how it is checked. */
  readonly readme: string;
  /** Where people read the repository's files, without a closing slash: links from panels and alerts begin with it. */
  readonly webBase: string | null;
}

export type PanelType = 'timeseries' | 'stat' | 'gauge' | 'bargauge' | 'table' | 'heatmap';

/** One Grafana dashboard. */
export interface DashboardSpec {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** Grafana's stable id, at most 40 characters. */
  readonly uid: string;
  readonly folder: string | null;
  readonly about: string | null;
  /** The time it shows when it is opened. */
  readonly overMs: number;
  readonly refreshMs: number | null;
  readonly panels: readonly PanelSpec[];
}

/** One panel that a dashboard must have. */
export interface PanelSpec {
  readonly id: string;
  readonly title: string;
  readonly type: PanelType;
  readonly about: string | null;
  /** In the spec's words: `seconds`, `percent`, `BLOCK`, `kWh`, `a second`; null for a plain number. */
  readonly unit: string | null;
  /** The threshold whose bounds it draws; its queries default to that threshold's value. */
  readonly threshold: string | null;
  /** Its own stretch of time; null for its dashboard's. */
  readonly overMs: number | null;
  /** At least one after reading. */
  readonly queries: readonly PanelQuery[];
  /** PromQL: where this holds, no data is right (nothing happened). */
  readonly quietWhen: string | null;
}

export interface PanelQuery {
  readonly expr: string;
  /** Grafana's legend format, such as `{{status}}`; null for the panel's title. */
  readonly legend: string | null;
}

/** The launched project's go or no-go gate in CI: strides side by side, and one job that is the required check. */
export interface GateSpec {
  /** The name under which it is required. */
  readonly name: string;
  readonly github: GateVendor | null;
  readonly gitlab: GateVendor | null;
  /** The script that runs what CI runs, with one command. */
  readonly local: string | null;
  /** Protected branches. */
  readonly branches: readonly string[];
  /** Patterns of tags on which it runs. */
  readonly tags: readonly string[];
  /** The whole of it must end within this. */
  readonly withinMs: number;
  readonly cache: { readonly key: readonly string[]; readonly paths: readonly string[] } | null;
  /** Commands that each stride needs before its own. */
  readonly setup: readonly string[];
  /** A change to one of these runs every stride. */
  readonly always: readonly string[];
  readonly strides: readonly StrideSpec[];
}

export interface GateVendor {
  readonly file: string;
  /** GitHub: a runner's label. GitLab: an image. */
  readonly runsOn: string;
}

/** One part of the gate, a job of its own. */
export interface StrideSpec {
  readonly id: string;
  readonly title: string;
  readonly run: readonly string[];
  readonly withinMs: number;
  /** On a pull request it is skipped when none of these changed; empty: it always runs. */
  readonly paths: readonly string[];
  readonly artifacts: {
    readonly name: string;
    readonly paths: readonly string[];
    readonly keepDays: number;
  } | null;
}

/** One runbook, as structured steps. */
export interface RunbookSpec {
  readonly id: string;
  /** The heading of its section; an alert's link ends in its anchor. */
  readonly title: string;
  readonly file: string;
  readonly about: string | null;
  readonly symptoms: readonly string[];
  readonly diagnosis: readonly RunbookStep[];
  readonly resolution: readonly RunbookPath[];
  /** Names of the alerts that send people here. */
  readonly alerts: readonly string[];
  /** What counts as a breach where no alert watches. */
  readonly limits: readonly string[];
  /** How people know that it is over. */
  readonly over: readonly string[];
}

export interface RunbookStep {
  readonly title: string;
  readonly text: string | null;
  /** Shell commands; null for a step of words alone. */
  readonly run: string | null;
  /** What to look for in what the commands say. */
  readonly look: string | null;
}

/** One way out, for one cause. */
export interface RunbookPath {
  readonly when: string;
  readonly steps: readonly RunbookStep[];
}

export type KitPart = 'dashboards' | 'gate' | 'runbooks' | 'alerts' | 'coverage-script';

/** A fault of what stood before, and why the kit does otherwise. */
export interface CorrectionSpec {
  readonly id: string;
  readonly about: readonly KitPart[];
  readonly was: string;
  readonly now: string;
  readonly why: string;
}
