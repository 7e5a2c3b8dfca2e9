import { queryOptions } from '@tanstack/react-query';
import type { CiView } from '#lib/domain/ci-view.ts';
import type { DashboardsView } from '#lib/domain/dashboards-view.ts';
import type { RunbooksView, RunbookText } from '#lib/domain/runbooks-view.ts';
import type { BoardView, CoverageView, ItemView, LaunchesView, LaunchHead } from '#lib/domain/view.ts';
import { getView } from './api.ts';
import {
  boardKey,
  ciKey,
  coverageKey,
  dashboardsKey,
  itemKey,
  launchesKey,
  runbooksKey,
  runbookTextKey,
} from './keys.ts';

/** `GET /api/launches` */
export function launchesQuery() {
  return queryOptions({
    queryKey: launchesKey,
    queryFn: ({ signal }) => getView<LaunchesView>('/api/launches', signal),
  });
}

/** `GET /api/launches/:id/board` */
export function boardQuery(launch: string) {
  return queryOptions({
    queryKey: boardKey(launch),
    queryFn: ({ signal }) => getView<BoardView>(`${launchPath(launch)}/board`, signal),
  });
}

/** `GET /api/launches/:id/items/:item` */
export function itemQuery(launch: string, item: string) {
  return queryOptions({
    queryKey: itemKey(launch, item),
    queryFn: ({ signal }) =>
      getView<ItemView>(`${launchPath(launch)}/items/${encodeURIComponent(item)}`, signal),
  });
}

/** `GET /api/launches/:id/coverage` */
export function coverageQuery(launch: string) {
  return queryOptions({
    queryKey: coverageKey(launch),
    queryFn: ({ signal }) => getView<CoverageView>(`${launchPath(launch)}/coverage`, signal),
    // As for dashboards: samples are kept, and looked at, once a minute.
    refetchInterval: 60_000,
  });
}

/** `GET /api/launches/:id/ci` */
export function ciQuery(launch: string) {
  return queryOptions({
    queryKey: ciKey(launch),
    queryFn: ({ signal }) => getView<CiView>(`${launchPath(launch)}/ci`, signal),
  });
}

/** `GET /api/launches/:id/dashboards` */
export function dashboardsQuery(launch: string) {
  return queryOptions({
    queryKey: dashboardsKey(launch),
    queryFn: ({ signal }) => getView<DashboardsView>(`${launchPath(launch)}/dashboards`, signal),
    // What panels draw moves all the time and is no news: it is kept, and looked at, once a minute.
    refetchInterval: 60_000,
  });
}

/** `GET /api/launches/:id/runbooks` */
export function runbooksQuery(launch: string) {
  return queryOptions({
    queryKey: runbooksKey(launch),
    queryFn: ({ signal }) => getView<RunbooksView>(`${launchPath(launch)}/runbooks`, signal),
  });
}

/** `GET /api/launches/:id/runbooks/text?runbook=`. The same for the same spec and candidate. */
export function runbookTextQuery({ id, candidate, specDigest }: LaunchHead, runbook: string) {
  return queryOptions({
    queryKey: runbookTextKey(id, runbook, candidate?.commit ?? null, specDigest),
    queryFn: ({ signal }) =>
      getView<RunbookText>(`${launchPath(id)}/runbooks/text?runbook=${encodeURIComponent(runbook)}`, signal),
    retry: false,
  });
}

/** Where a launch's views and verbs are. */
export function launchPath(launch: string): string {
  return `/api/launches/${encodeURIComponent(launch)}`;
}
