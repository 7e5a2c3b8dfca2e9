import { sourceFailureSchema } from '#lib/domain/failure.ts';
import type { Result } from '#lib/domain/problem.ts';
import {
  type HookSetting,
  type SourceSetting,
  type SourcesView,
  takesHook,
  tokenOriginOf,
} from '#lib/domain/source-settings.ts';
import type { SourceKind, SourceSpec } from '#lib/domain/spec.ts';
import { type House, house } from '#lib/server/house.ts';
import { type LaunchInForce, launchesInForce } from './launch-in-force.ts';
import { healthOf } from './source-views.ts';

/** Every physical source that a launch reads, in the order of their titles. */
export async function viewSources(at: House = house()): Promise<Result<SourcesView>> {
  const rows = await at.db.source.findMany({
    where: { launches: { some: {} } },
    include: {
      token: { select: { setAt: true } },
      hook: { select: { setAt: true, lastAt: true } },
      launches: { select: { launchId: true } },
    },
  });
  const ids = rows.flatMap(({ launches }) => launches.map(({ launchId }) => launchId));
  const launches = await launchesInForce(at.db, [...new Set(ids)]);
  const nowMs = at.now();
  const sources = rows.flatMap((row): SourceSetting[] => {
    const readers = launches.flatMap((launch) => readersIn(launch, row.key));
    const [first] = readers;
    if (!first) return [];
    const everyMs = Math.min(...readers.map(({ source }) => source.everyMs));
    const failure = sourceFailureSchema.nullable().parse(row.failure ?? null);
    return [
      {
        key: row.key,
        kind: row.kind as SourceKind,
        title: first.source.title,
        address: row.origin,
        networks: [...new Set(readers.flatMap(({ source }) => source.network ?? []))],
        launches: readers.map(({ launch: { head }, source }) => ({
          id: head.id,
          title: head.title,
          source: source.id,
        })),
        items: readers.reduce((sum, { items }) => sum + items, 0),
        health: healthOf(row, nowMs, everyMs),
        lastAnsweredAt: row.lastAnsweredAt?.toISOString() ?? null,
        silentSince: row.silentSince?.toISOString() ?? null,
        nextTryAt: row.nextTryAt?.toISOString() ?? null,
        message: failure?.message ?? null,
        disabledAt: row.disabledAt?.toISOString() ?? null,
        tokenOrigin: tokenOriginOf(row.kind as SourceKind, row.origin),
        tokenSetAt: row.token?.setAt.toISOString() ?? null,
        hook: hookOf(row),
      },
    ];
  });
  sources.sort((a, b) => a.title.localeCompare(b.title, 'en') || (a.key < b.key ? -1 : 1));
  return { ok: true, value: { at: new Date(nowMs).toISOString(), sources } };
}

function hookOf({
  key,
  kind,
  hook,
}: {
  readonly key: string;
  readonly kind: string;
  readonly hook: { readonly setAt: Date; readonly lastAt: Date | null } | null;
}): HookSetting | null {
  if (!takesHook(kind as SourceKind)) return null;
  return {
    path: `/api/hooks/${key}`,
    setAt: hook?.setAt.toISOString() ?? null,
    lastAt: hook?.lastAt?.toISOString() ?? null,
  };
}

interface SourceReader {
  readonly launch: LaunchInForce;
  readonly source: SourceSpec;
  readonly items: number;
}

function readersIn(launch: LaunchInForce, key: string): readonly SourceReader[] {
  return launch.spec.sources
    .filter(({ id }) => launch.sources.get(id)?.key === key)
    .map((source) => {
      const all = launch.spec.tracks.flatMap(({ items }) => items);
      const items = all.filter(({ checks }) => checks.some((check) => check.source === source.id)).length;
      return { launch, source, items };
    });
}
