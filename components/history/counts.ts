import type { HistoryPoint } from '#lib/domain/history.ts';

const kinds = ['added', 'removed', 'reworded', 'moved', 'ticked', 'unticked'] as const;

/** What a version changed, in words: "3 added, 1 unticked"; empty when it changed nothing that counts. Pure. */
export function countsOf(point: HistoryPoint): string {
  return kinds
    .filter((kind) => point[kind] > 0)
    .map((kind) => `${point[kind]} ${kind}`)
    .join(', ');
}
