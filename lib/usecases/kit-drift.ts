import type { RunsState, RunsView } from '#lib/domain/drift.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { readFirstObservations } from '#lib/evidence/observation-store.ts';
import type { House } from '#lib/server/house.ts';
import { compareRunning, type FileHere, type Running } from './compare-running.ts';
import type { LaunchKit } from './launch-kit.ts';
import { type RunningPlace, runIn, whatRuns } from './what-runs.ts';

/** Where the files of a kit run, and how they stand there. */
export interface KitDrift {
  /** By the file's path, the worst first; none for files that are used from the repository alone. */
  readonly places: ReadonlyMap<string, readonly RunsView[]>;
  /** When time alone makes one of them unknown; null when none. */
  readonly changesAtMs: number | null;
}

/**
 * How each file of a kit stands where it runs, against the kit and against the repository, from stored observations
 * alone. What was seen too long ago, or is not answered now, is unknown: what it was then is told beside, and nobody is
 * told that it has not drifted.
 */
export async function kitDrift(kit: LaunchKit, here: readonly FileHere[], at: House): Promise<KitDrift> {
  const running = await whatRuns(kit, at);
  const placed = here.flatMap((one) =>
    (running.get(one.file.path) ?? []).map((place) => ({ here: one, place })),
  );
  const unread = placed.flatMap(({ here: one, place }) =>
    place.seen && knownOf(one, place) === null ? [place.seen.id] : [],
  );
  const observations = await readFirstObservations(at.db, [...new Set(unread)]);
  const views = Map.groupBy(placed, ({ here: one }) => one.file.path);
  const places = new Map<string, readonly RunsView[]>();
  for (const { file } of here) {
    if (runIn(file, kit.launch.spec.kit?.files.ruleTests) === null) continue;
    const seen = (views.get(file.path) ?? []).map(({ here: one, place }) => {
      const observation = place.seen && observations.get(place.seen.id);
      const known = observation
        ? remember(one, place, compareRunning(one, place.check, observation))
        : knownOf(one, place);
      return viewOf(place, known);
    });
    places.set(file.path, seen.length === 0 ? [unreadView(file)] : seen.sort(byRank));
  }
  const changes = placed.flatMap(({ place }) => place.staleAtMs ?? []);
  return { places, changesAtMs: changes.length === 0 ? null : Math.min(...changes) };
}

interface Known {
  readonly holds: string;
  readonly repository: FileAtCommit | null;
  readonly running: Running;
}

/** The newest comparison of each file with each of its places: dashboards take longer to read than all else here. */
const comparisons = new WeakMap<KitFile, Map<string, Known>>();

function knownOf({ file, repository }: FileHere, { check, seen }: RunningPlace): Running | null {
  const known = comparisons.get(file)?.get(standingKey(check.item.id, check.check.id));
  return known && known.holds === seen?.holds && known.repository === repository ? known.running : null;
}

function remember({ file, repository }: FileHere, { check, seen }: RunningPlace, running: Running): Running {
  const ofFile = comparisons.get(file) ?? new Map<string, Known>();
  const key = standingKey(check.item.id, check.check.id);
  if (seen) ofFile.set(key, { holds: seen.holds, repository, running });
  comparisons.set(file, ofFile);
  return running;
}

function viewOf({ check, seen, unknown }: RunningPlace, running: Running | null): RunsView {
  const place = {
    where: check.source?.title ?? '',
    seenAt: seen?.lastSeenAt.toISOString() ?? null,
    item: check.item.id,
  };
  if (running === null) return { ...place, ...nothingSeen, fact: unknown ?? nothingSeen.fact };
  if (unknown === null) return { ...place, ...running };
  const then = `When it was last seen: ${running.fact}`;
  return { ...place, ...running, state: 'unknown', fact: `${unknown}. ${then}`, way: null };
}

const nothingSeen = {
  state: 'unknown',
  fact: 'Not looked at yet',
  way: null,
  href: null,
  differences: [],
  more: 0,
} as const;

function unreadView({ format }: KitFile): RunsView {
  const where = format === 'grafana-dashboard' ? 'Grafana' : 'Prometheus';
  const kind = format === 'grafana-dashboard' ? 'dashboard' : 'alert-rule';
  const fact = `No check of the kind ${kind} looks there`;
  return { ...nothingSeen, where, state: 'unread', fact, seenAt: null, item: null };
}

const order: readonly RunsState[] = ['missing', 'drifted', 'unknown', 'unread', 'on-purpose', 'same'];

function byRank(one: RunsView, other: RunsView): number {
  return order.indexOf(one.state) - order.indexOf(other.state);
}
