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

/** How a place where a file runs stands against the kit. */
export type RunsState =
  | 'same'
  /** Differs only where the spec says that it is meant. */
  | 'on-purpose'
  | 'drifted'
  /** Answered, and holds none of it. */
  | 'missing'
  /** Not answered of late, or what was answered cannot be read: nobody can say that it has not drifted. */
  | 'unknown'
  /** No check of the spec reads it. */
  | 'unread';

/** A place where a file of the kit runs: a Grafana, or a Prometheus. */
export interface RunsView {
  /** The source's title; what would be one, where no check reads it. */
  readonly where: string;
  readonly state: RunsState;
  /** How it stands, in one sentence without a full stop. */
  readonly fact: string;
  /** Which way round it is and what to do, in a sentence or two; null where nothing can be said. */
  readonly way: string | null;
  /** When it was last seen; null for never. */
  readonly seenAt: string | null;
  /** Where people can open it; null where nowhere. */
  readonly href: string | null;
  /** The item whose check reads it; null where none does. */
  readonly item: string | null;
  /** Where kit, repository and this place do not all say the same. */
  readonly differences: readonly RunsDifference[];
  /** Differences that are not listed. */
  readonly more: number;
}

/** One thing, and what each of three places says of it. */
export interface RunsDifference {
  readonly subject: string;
  readonly says: string;
  readonly kit: string | null;
  readonly repository: string | null;
  readonly runs: string | null;
  /** Which of them says something else than the other two; null where all differ, or the repository was not read. */
  readonly odd: 'kit' | 'repository' | 'runs' | null;
  /** The spec says that the repository's file is meant to differ there. */
  readonly meant: boolean;
}
