import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { DashboardPreview, KitTexts, KitView, PreviewSpan } from '#lib/domain/kit-view.ts';
import type { ProposalChoice } from '#lib/domain/proposal-view.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { getView } from './api.ts';
import { kitKey, kitTextKey, previewKey, proposalKey } from './keys.ts';
import { planProposal } from './verbs.ts';
import { launchPath } from './views.ts';

/** Somebody may change a dashboard in Grafana, and no verdict with it: the board has no news to tell of that. */
const everyMs = 30_000;

/** `GET /api/launches/:id/kit`, again and again while it is looked at. */
export function kitQuery(launch: string) {
  return queryOptions({
    queryKey: kitKey(launch),
    queryFn: ({ signal }) => getView<KitView>(`${launchPath(launch)}/kit`, signal),
    refetchInterval: everyMs,
  });
}

/** `GET /api/launches/:id/kit/text?path=`. The same for the same spec and candidate. */
export function kitTextQuery({ id, candidate, specDigest }: LaunchHead, path: string) {
  return queryOptions({
    queryKey: kitTextKey(id, path, candidate?.commit ?? null, specDigest),
    queryFn: ({ signal }) =>
      getView<KitTexts>(`${launchPath(id)}/kit/text?path=${encodeURIComponent(path)}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** `GET /api/launches/:id/kit/preview?dashboard=&over=` */
export function previewQuery(launch: string, dashboard: string, span: PreviewSpan) {
  const search = new URLSearchParams({ dashboard, over: span });
  return queryOptions({
    queryKey: previewKey(launch, dashboard, span),
    queryFn: ({ signal }) => getView<DashboardPreview>(`${launchPath(launch)}/kit/preview?${search}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** What proposing would do now. It asks the vendor, each time that the dialog opens or another file is ticked. */
export function proposalQuery(launch: string, choice: ProposalChoice) {
  return queryOptions({
    queryKey: proposalKey(launch, choice.source, choice.files),
    queryFn: () => planProposal(launch, choice),
    placeholderData: keepPreviousData,
    staleTime: 0,
    retry: false,
  });
}

/** Where one file of the kit is downloaded, all of them, or a patch that puts them into the repository. */
export const kitDownload = {
  file: (launch: string, path: string): string =>
    `${launchPath(launch)}/kit/file?path=${encodeURIComponent(path)}`,
  zip: (launch: string): string => `${launchPath(launch)}/kit/zip`,
  patch: (launch: string): string => `${launchPath(launch)}/kit/patch`,
} as const;
