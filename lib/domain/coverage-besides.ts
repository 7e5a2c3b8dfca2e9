/** What stands beside the matrix: names that the spec and the launch's own jobs do not share. */
export interface CoverageBesides {
  /** The Prometheus jobs that emit what the spec declares. */
  readonly jobs: readonly string[];
  /** Why nothing, or not all, can be told; null where it can. */
  readonly unread: string | null;
  /** On a required panel, under an alert or in a runbook, and neither declared nor emitted. */
  readonly usedByNobody: readonly UsedMetric[];
  /** Emitted by those jobs, and nowhere in the spec nor in a rule that is loaded; sorted. */
  readonly usedNowhere: readonly string[];
  /** Such names that are not listed. */
  readonly moreUsedNowhere: number;
  /** Names that a client library adds about its own process: no launch declares them. */
  readonly ofRuntime: number;
}

export interface UsedMetric {
  readonly name: string;
  /** “panel “Balance Trend” of Treasury”, each once. */
  readonly places: readonly string[];
  /** False where nobody can tell now whether it is emitted. */
  readonly isKnown: boolean;
}
