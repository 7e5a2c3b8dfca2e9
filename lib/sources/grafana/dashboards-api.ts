import type { SourceFailure } from '#lib/domain/failure.ts';
import type { Json } from '#lib/domain/json.ts';

/** A dashboard as either form of Grafana's API tells it. */
export interface DashboardTold {
  readonly json: Json;
  /** Path of its page. */
  readonly url: string;
  /** Title of its folder; `General` for none. */
  readonly folder: string;
  readonly version: number | null;
  readonly updatedAt: string | null;
  readonly provisioned: boolean;
}

/** A dashboard as a search tells it. */
export interface DashboardHit {
  readonly uid: string;
  readonly title: string;
  readonly folder: string;
  readonly url: string;
}

/** What was told, with the raw answers that told it. */
export type Told<T> =
  | { readonly ok: true; readonly value: T; readonly answers: readonly number[] }
  | { readonly ok: false; readonly failure: SourceFailure };

/** How dashboards are asked for: two forms, of which a Grafana has one or both. */
export interface DashboardsApi {
  readonly byUid: (uid: string) => Promise<Told<DashboardTold>>;
  /** Those in whose titles the words are, up to a thousand. */
  readonly byTitle: (title: string) => Promise<Told<readonly DashboardHit[]>>;
}

/** Not there: the dashboard, or the whole address where it was asked for. */
export function isGone({ status }: SourceFailure): boolean {
  return status === 404 || status === 410;
}
