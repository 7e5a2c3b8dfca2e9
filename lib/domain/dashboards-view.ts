import type { Verdict } from './verdict.ts';
import type { ScreenView } from './view.ts';

/** The Dashboards screen: what the spec requires beside what Grafana holds, drawn from the data it returned. */
export interface DashboardsView extends ScreenView {
  readonly dashboards: readonly DashboardOnScreen[];
}

/** One check of the kind `dashboard`. */
export interface DashboardOnScreen {
  readonly item: { readonly id: string; readonly title: string };
  readonly check: string;
  readonly id: string;
  readonly title: string;
  readonly uid: string;
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly observedAt: string | null;
  readonly silentSince: string | null;
  /** Null where Grafana holds none that could be read. */
  readonly held: {
    readonly folder: string;
    readonly version: number | null;
    readonly updatedAt: string | null;
    readonly href: string;
  } | null;
  readonly panels: readonly PanelOnScreen[];
}

export interface PanelOnScreen {
  readonly title: string;
  readonly state: 'there' | 'quiet' | 'missing' | 'without-data' | 'drifted' | 'unknown';
  /** What is not as required, in the check's words; empty where all is well. */
  readonly says: string;
  readonly unit: string | null;
  /** The spec's, and what Grafana draws where that is another. */
  readonly bounds: readonly { readonly word: 'warning' | 'critical' | 'Grafana'; readonly value: number }[];
  readonly seriesWithData: number;
  /** At most three, as Grafana returned them: [epoch seconds, value]. */
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
  /** Epoch seconds. */
  readonly range: { readonly from: number; readonly to: number };
  /** The spec's query, and Grafana's where it asks something else. */
  readonly query: { readonly spec: string; readonly grafana: string | null };
}
