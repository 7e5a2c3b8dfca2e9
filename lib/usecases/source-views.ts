import { sourceFailureSchema } from '#lib/domain/failure.ts';
import type { SourceView } from '#lib/domain/view.ts';
import type { Reader } from '#lib/server/database.ts';
import type { LaunchInForce } from './launch-in-force.ts';

/** What is known of a physical source. */
export interface SourceRow {
  readonly key: string;
  readonly lastAskedAt: Date | null;
  readonly lastAnsweredAt: Date | null;
  readonly silentSince: Date | null;
  readonly nextTryAt: Date | null;
  /** Before this it asked not to be asked again. */
  readonly quietUntil?: Date | null;
  readonly failure: unknown;
  /** Since when it is switched off; a source that was read once from the command line never is. */
  readonly disabledAt?: Date | null;
}

/** The physical sources of some launches, by key. */
export async function readSources(
  db: Reader,
  launches: readonly LaunchInForce[],
): Promise<ReadonlyMap<string, SourceRow>> {
  const keys = launches.flatMap(({ sources }) => [...sources.values()].map(({ key }) => key));
  const rows = await db.source.findMany({ where: { key: { in: [...new Set(keys)] } } });
  return new Map(rows.map((row) => [row.key, row]));
}

/** The sources of a launch as its screens show them, in the order of its spec. */
export function sourceViews(
  launch: LaunchInForce,
  rows: ReadonlyMap<string, SourceRow>,
  nowMs: number,
): SourceView[] {
  const items = launch.spec.tracks.flatMap((track) => track.items);
  const read = new Set(items.flatMap(({ checks }) => checks.map((check) => check.source)));
  return launch.spec.sources.map((source) => {
    const row = rows.get(launch.sources.get(source.id)?.key ?? '');
    const failure = sourceFailureSchema.nullable().parse(row?.failure ?? null);
    const isRead = read.has(source.id);
    const health = isRead || row?.disabledAt ? healthOf(row, nowMs, source.everyMs) : 'unread';
    const overdue = isRead && row?.lastAskedAt ? overdueMs(row, row.lastAskedAt, source.everyMs) : null;
    return {
      id: source.id,
      title: source.title,
      kind: source.kind,
      network: source.network,
      health,
      lastAnsweredAt: row?.lastAnsweredAt?.toISOString() ?? null,
      silentSince: row?.silentSince?.toISOString() ?? null,
      nextTryAt: row?.nextTryAt?.toISOString() ?? null,
      overdueAt: overdue === null ? null : new Date(overdue).toISOString(),
      message: messageOf(health) ?? failure?.message ?? null,
    };
  });
}

/** A source that nobody asked for this many of its periods, and a minute at least, is one that nobody asks. */
const missedPeriods = 4;
const leastMissedMs = 60_000;

/** How a source stands, by when it was asked and what it said. */
export function healthOf(
  row: Omit<SourceRow, 'key'> | undefined,
  nowMs: number,
  everyMs: number,
): SourceView['health'] {
  if (row?.disabledAt) return 'disabled';
  if (!row?.lastAskedAt) return 'never-asked';
  if (nowMs > overdueMs(row, row.lastAskedAt, everyMs)) return 'not-asked';
  if (row.silentSince) return 'silent';
  return row.failure ? 'nonsense' : 'answering';
}

/** A source that asked to be left alone is not asked until then, and rightly. */
function overdueMs(
  { quietUntil }: Pick<SourceRow, 'quietUntil'>,
  lastAskedAt: Date,
  everyMs: number,
): number {
  const askableMs = Math.max(lastAskedAt.getTime(), quietUntil?.getTime() ?? 0);
  return askableMs + Math.max(missedPeriods * everyMs, leastMissedMs);
}

function messageOf(health: SourceView['health']): string | null {
  if (health === 'disabled') return 'Switched off in Settings: what rests on it grows stale.';
  if (health === 'unread') return 'No check reads it yet, so that it is not asked.';
  if (health === 'never-asked') return 'Not asked yet: its first collection is on its way.';
  if (health === 'not-asked') return 'Nobody asks it any more: the worker is not running.';
  return null;
}
