import type { Json } from '../json.ts';

/** What a Grafana holds of one dashboard. */
export interface DashboardSeen {
  /** Dashboards that were meant: by uid, else all with exactly the title. None, one, or several with one title. */
  readonly dashboards: readonly DashboardHeld[];
  /** Dashboards with the title in another folder than the one asked for; at most 5. */
  readonly elsewhere: readonly { readonly uid: string; readonly folder: string; readonly href: string }[];
  /** What its panels may read from; null when the token may not see them. */
  readonly dataSources: readonly GrafanaDataSource[] | null;
  /** Parts that could not be seen, each with the permission that is missing. */
  readonly unseen: readonly { readonly what: string; readonly permission: string }[];
}

export interface DashboardHeld {
  readonly uid: string;
  readonly title: string;
  /** Title of its folder; `General` for none. */
  readonly folder: string;
  readonly version: number | null;
  readonly updatedAt: string | null;
  readonly href: string;
  /** True when it is provisioned from a file, and cannot be changed in Grafana. */
  readonly provisioned: boolean;
  /** The dashboard's own JSON, library panels put in where they are used; null when over 2 MiB. */
  readonly json: Json | null;
  /** Library panels that it uses and that were not found, by uid. */
  readonly missingLibraryPanels: readonly string[];
}

export interface GrafanaDataSource {
  readonly uid: string;
  readonly name: string;
  /** `prometheus`, `loki` … */
  readonly type: string;
  readonly isDefault: boolean;
}

/** What one query of a panel returned through Grafana. */
export interface PanelDataSeen {
  /** Series with at least one value in the range. */
  readonly seriesWithData: number;
  /** Of those, the ones that have nothing but NaN and infinities. */
  readonly notNumberSeries: number;
  /** What of it is of now, for a query over a range; null for one of an instant, and not there in older evidence. */
  readonly atEnd?: DataAtEnd | null;
  /** Up to 20 of them, of an instant up to 500, at most 120 points each: [epoch seconds, value]; finite values only. */
  readonly series: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly points: readonly (readonly [number, number])[];
  }[];
  /** What the data source said instead of data; null when it answered. */
  readonly error: string | null;
}

/** What a query over a range has at its end: nearer to it than five minutes, or than two steps if those are longer. */
export interface DataAtEnd {
  /** Series with a value of any kind there. */
  readonly series: number;
  /** Of those, the ones with a number there. */
  readonly numbers: number;
  /** From the newest number of any series to the range's end; null for no number in the range. */
  readonly lastNumberMsBefore: number | null;
}
