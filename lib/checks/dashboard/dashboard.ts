import type { MetricNames } from '../promql/names.ts';

/** One Grafana dashboard as any of its formats holds it. */
export interface DashboardRead {
  readonly title: string | null;
  readonly uid: string | null;
  /** `v1` is the classic schema, old and new; `v2` that of elements and layouts. */
  readonly schema: 'v1' | 'v2';
  /** The classic schema's version, as written. */
  readonly schemaVersion: number | null;
  /** Where in the file it stands: `dashboard`, `data/treasury.json`; empty for the file itself. */
  readonly at: string;
  readonly variables: readonly DatasourceVariable[];
  readonly panels: readonly PanelRead[];
}

/** A name that stands for a datasource. */
export interface DatasourceVariable {
  readonly name: string;
  /** The datasource's plugin: `prometheus`, `loki`; null when it is not said. */
  readonly plugin: string | null;
  /** A variable of the dashboard, or an input that is asked for when people import it by hand and never else. */
  readonly kind: 'variable' | 'input';
}

export interface PanelRead {
  readonly title: string;
  /** As written. */
  readonly type: string;
  /** The row that it stands in. */
  readonly row: string | null;
  /** The library panel that it shows, whose content is in Grafana and not in the file. */
  readonly library: string | null;
  /** The variable that it is repeated for. */
  readonly repeat: string | null;
  /** In v2: it is described and nothing places it, so that nobody sees it. */
  readonly unplaced: boolean;
  readonly queries: readonly QueryRead[];
  readonly thresholds: ThresholdsRead;
  /** What its numbers are in, by Grafana's name of it; null for none. */
  readonly unit: string | null;
}

export interface QueryRead {
  readonly refId: string | null;
  readonly hidden: boolean;
  readonly datasource: DatasourceRead;
  readonly language: 'promql' | 'other';
  /** As written; empty for a query of another language that has no text. */
  readonly expr: string;
  /** Written as a plain text where Grafana reads objects. */
  readonly sketched: boolean;
  /** The metrics that it reads, once variables are filled in; of another language none. */
  readonly names: MetricNames;
}

export type DatasourceRead =
  /** Nothing is said: whatever the installation's default is. */
  | { readonly kind: 'default' }
  /** Said by its uid or name. */
  | { readonly kind: 'fixed'; readonly plugin: string | null; readonly uid: string }
  | {
      readonly kind: 'variable';
      readonly plugin: string | null;
      readonly name: string;
      /** Whether the dashboard says what it is. */
      readonly known: 'variable' | 'input' | 'nowhere';
    }
  /** Grafana's own: expressions over other queries, results of another panel, test data. */
  | { readonly kind: 'own'; readonly uid: string };

export interface ThresholdsRead {
  /** In order; the base step has no value. Colours as written. */
  readonly steps: readonly { readonly value: number | null; readonly color: string }[];
  /** Values are percentages of the range between least and most. */
  readonly percentage: boolean;
  /** They show: as lines, areas or colours. */
  readonly drawn: boolean;
}

export type DashboardsRead =
  | {
      readonly ok: true;
      readonly dashboards: readonly DashboardRead[];
      /** What stands in the file and was not read as a dashboard, with the reason. */
      readonly unread: readonly string[];
    }
  | { readonly ok: false; readonly message: string };
