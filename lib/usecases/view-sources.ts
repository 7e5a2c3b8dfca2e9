import { sourceFailureSchema } from '#lib/domain/failure.ts';
import type { Result } from '#lib/domain/problem.ts';
import {
  type HookSetting,
  type SourceSetting,
  type SourcesView,
  type SpecToChange,
  takesHook,
  tokenOriginOf,
} from '#lib/domain/source-settings.ts';
import type { SourceKind, SourceSpec } from '#lib/domain/spec.ts';
import { type House, house } from '#lib/server/house.ts';
import { type LaunchInForce, launchesInForce } from './launch-in-force.ts';
import { healthOf } from './source-views.ts';

/**
 * Every physical source that a launch reads, in the order of their titles; of those that none reads any more, the
 * ones for which a token or a webhook is still held, so that it can be removed.
 */
export async function viewSources(at: House = house()): Promise<Result<SourcesView>> {
  const rows = await at.db.source.findMany({
    where: { OR: [{ launches: { some: {} } }, { token: { isNot: null } }, { hook: { isNot: null } }] },
    include: {
      token: { select: { setAt: true } },
      hook: { select: { setAt: true, lastAt: true } },
      launches: { select: { launchId: true } },
    },
  });
  const ids = await at.db.launch.findMany({ select: { id: true } });
  const launches = await launchesInForce(
    at.db,
    ids.map(({ id }) => id),
  );
  const nowMs = at.now();
  const sources = rows.map((row): SourceSetting => {
    const readers = launches.flatMap((launch) => readersIn(launch, row.key));
    const [first] = readers;
    const everyMs = Math.min(...readers.map(({ source }) => source.everyMs));
    const failure = sourceFailureSchema.nullable().parse(row.failure ?? null);
    const items = readers.reduce((sum, reader) => sum + reader.items, 0);
    return {
      key: row.key,
      kind: row.kind as SourceKind,
      title: first?.source.title ?? shortAddress(row.origin),
      address: row.origin,
      networks: [...new Set(readers.flatMap(({ source }) => source.network ?? []))],
      launches: readers.map(({ launch: { head }, source }) => ({
        launch: head.id,
        title: head.title,
        source: source.id,
        spec: head.specDigest,
      })),
      items,
      health: first && items > 0 ? healthOf(row, nowMs, everyMs) : unreadHealth(row),
      lastAnsweredAt: row.lastAnsweredAt?.toISOString() ?? null,
      silentSince: row.silentSince?.toISOString() ?? null,
      nextTryAt: row.nextTryAt?.toISOString() ?? null,
      quietUntil: row.quietUntil && row.quietUntil.getTime() > nowMs ? row.quietUntil.toISOString() : null,
      message: messageOf(readers.length, items, failure?.message ?? null),
      disabledAt: row.disabledAt?.toISOString() ?? null,
      tokenOrigin: tokenOriginOf(row.kind as SourceKind, row.origin),
      tokenSetAt: row.token?.setAt.toISOString() ?? null,
      hook: hookOf(row),
    };
  });
  const isRead = ({ launches: of }: SourceSetting) => Number(of.length > 0);
  sources.sort(
    (a, b) => isRead(b) - isRead(a) || a.title.localeCompare(b.title, 'en') || (a.key < b.key ? -1 : 1),
  );
  return {
    ok: true,
    value: { at: new Date(nowMs).toISOString(), sources, launches: launches.map(specToChange) },
  };
}

/** A launch as its spec is changed. Pure. */
export function specToChange({ head, spec }: LaunchInForce): SpecToChange {
  return { launch: head.id, title: head.title, spec: head.specDigest, networks: spec.networks };
}

/** What no check reads is not asked, and rightly. */
function unreadHealth({ disabledAt }: { readonly disabledAt: Date | null }): SourceSetting['health'] {
  return disabledAt ? 'disabled' : 'unread';
}

function messageOf(launches: number, items: number, failure: string | null): string | null {
  if (launches === 0) return 'No launch reads it any more. What is held for it stays until it is removed.';
  return items === 0 ? 'No check reads it yet, so that it is not asked.' : failure;
}

/** A title for what no launch names any more. */
function shortAddress(address: string): string {
  return address.replace(/^https?:\/\//, '');
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
