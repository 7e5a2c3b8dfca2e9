import type { RunsView } from './drift.ts';
import type { KitFile } from './kit-file.ts';
import type { CorrectionSpec, PanelType } from './kit-spec.ts';
import type { ScreenView } from './view.ts';

/** How a file of the kit stands in the repository at the candidate. */
export type KitFileState =
  | 'same'
  /** Differs only where the spec says that it is meant. */
  | 'on-purpose'
  | 'differs'
  | 'missing'
  /** There, and not to be read as what it should be. */
  | 'unreadable'
  /** No candidate, or the repository could not be read. */
  | 'not-looked-at';

/** The Kit screen. */
export interface KitView extends ScreenView {
  readonly repository: { readonly title: string; readonly address: string } | null;
  /** Why the repository was not compared, and what to do; null when it was. */
  readonly unread: string | null;
  /** Those that want something first, then in the order of the kit. */
  readonly files: readonly KitFileView[];
  readonly corrections: readonly KitCorrectionView[];
}

/** A fault of what stood before, and the files that put it right. */
export interface KitCorrectionView extends Omit<CorrectionSpec, 'about'> {
  readonly files: readonly string[];
}

export interface KitFileView extends Pick<KitFile, 'path' | 'title' | 'part' | 'executable'> {
  readonly lines: number;
  readonly state: KitFileState;
  /** Against the repository, in one sentence without a full stop. */
  readonly fact: string;
  readonly differences: readonly KitDifference[];
  /** Differences that are not listed. */
  readonly more: number;
  /** The dashboard of the spec that it draws; null for other files. */
  readonly dashboard: string | null;
  /** The item whose check looks at it; null when none does. */
  readonly item: string | null;
  /** The places where it runs, the worst first; none for one that is used from the repository alone. */
  readonly runs: readonly RunsView[];
  readonly drift: KitFileDrift;
}

/** Whether kit, repository and what runs disagree on a file; `unknown` where one that was seen does not. */
export type KitFileDrift = 'drifted' | 'unknown' | 'none';

/** A place where kit and repository say different things. */
export interface KitDifference {
  /** Where, in words: `panels › “Execution Lag (p95)” › targets › …`. */
  readonly at: string;
  /** Null where the kit has nothing there. */
  readonly kit: string | null;
  /** Null where the repository has nothing there. */
  readonly repository: string | null;
  /** What follows from it; for one that the spec means, the spec's reason. */
  readonly why: string;
  readonly meant: boolean;
}

/** A file's text, and the repository's for comparing lines. */
export interface KitTexts {
  readonly path: string;
  readonly kit: string;
  /** Null when the repository has none to show. */
  readonly repository: string | null;
  /** What the repository's becomes: the kit's, or a document with its sections; null where it cannot take them. */
  readonly placed: string | null;
}

/** The time that panels are drawn over; `spec` is what each opens with in Grafana. */
export type PreviewSpan = '15m' | '1h' | '6h' | '24h' | 'spec';

/** A dashboard of the kit, drawn from what the launch's Prometheus has now. */
export interface DashboardPreview {
  readonly at: string;
  readonly title: string;
  /** "11 of 14 panels have data, 2 are quiet, 1 is without data." */
  readonly sentence: string;
  readonly source: string;
  readonly panels: readonly PanelPreview[];
}

export interface PanelPreview {
  readonly id: string;
  readonly title: string;
  readonly type: PanelType;
  readonly about: string | null;
  readonly unit: string | null;
  /** In a grid of 24 columns. */
  readonly grid: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly state: 'data' | 'quiet' | 'no-data' | 'failed';
  /** Whether the spec's words for "nothing happened" hold now. */
  readonly quiet: boolean;
  /** What there is in words: "3 series", "No data over the last hour", what the source complained of. */
  readonly says: string;
  /** Epoch seconds that the drawing begins and ends at; null for what is asked for now alone. */
  readonly range: { readonly from: number; readonly to: number; readonly step: number } | null;
  /** Those drawn, the one with the greatest last value first. */
  readonly series: readonly PanelSeries[];
  /** Series that are not among them. */
  readonly others: number;
  /** Epoch seconds of the newest number, where lines end before the drawing does; null where they reach its end. */
  readonly endedAt: number | null;
  readonly bounds: readonly PanelBound[];
}

export interface PanelSeries {
  readonly name: string;
  /** [epoch seconds, value]; null where there is no number. */
  readonly points: readonly (readonly [number, number | null])[];
  /** The last that is a number. */
  readonly last: number;
  /** The worst bound that the last value is beyond. */
  readonly beyond: 'warning' | 'critical' | null;
}

export interface PanelBound {
  readonly word: 'warning' | 'critical';
  readonly value: number;
}
