/** What a difference is between a file and what runs of it. */
export type DriftKind =
  | 'dashboard-renamed'
  | 'panel-added'
  | 'panel-gone'
  | 'panel-renamed'
  | 'panel-type'
  | 'panel-unit'
  | 'panel-library'
  | 'query-added'
  | 'query-gone'
  | 'query-changed'
  | 'threshold-moved'
  | 'threshold-drawn'
  | 'datasource-changed'
  | 'rule-added'
  | 'rule-gone'
  | 'rule-group'
  | 'rule-expression'
  | 'rule-for'
  | 'rule-keeps-firing'
  | 'rule-severity'
  | 'rule-runbook'
  | 'rule-label'
  | 'rule-annotation';

/** One difference in meaning between a file and what Grafana holds, or Prometheus has loaded. */
export interface DriftDifference {
  readonly kind: DriftKind;
  /** The same for the same place of the same file, whatever the file is held against. */
  readonly key: string;
  /** The panel or the rule, by name. */
  readonly subject: string;
  /** The place in the file, as `onPurpose` of a `kit-file` check writes places. */
  readonly at: string;
  /** Null where the file has nothing there. */
  readonly file: string | null;
  /** Null where nothing runs there. */
  readonly runs: string | null;
  /** From the file to what runs, in a clause: "threshold moved from 600 to 900". */
  readonly says: string;
}
