import type { TargetName } from '#lib/domain/observations/prometheus.ts';
import type { Series } from './series.ts';

/** `gone`: not in its target's newest scrape, or that failed. `stale`: its last sample is older than is fresh. */
export type SeriesState = 'live' | 'gone' | 'stale';

/** How series stand at one moment, and which targets are down. */
export interface Liveness {
  readonly stateOf: (series: Series, freshWithinMs: number) => SeriesState;
  /** By their last scrape; of one job, or of all. */
  readonly down: (job: string | null) => readonly TargetName[];
  /** By their last scrape. */
  readonly targets: readonly (TargetName & { readonly up: boolean })[];
}

interface Target {
  readonly up: Series;
  readonly times: ReadonlySet<number>;
  readonly isUp: boolean;
}

/** What Prometheus itself adds to each scrape: there whether or not the target answers. */
const ownSeries = /^(up|scrape_[a-z_]+)$/;

/**
 * A scrape is atomic and its samples share one time (`scrapeLoop` in Prometheus's scrape/scrape.go): a scraped series
 * is live when it has a sample at its target's newest `up`, and that is 1, and else gone at once. Series with times of
 * their own (recording rules, remote write, explicit timestamps, kept labels) are live while their last one is fresh.
 */
export function createLiveness(ups: readonly Series[], serverNowMs: number): Liveness {
  const byTarget = new Map<string, Target[]>();
  const targets: Target[] = [];
  for (const up of ups) {
    const target = { up, times: new Set(up.points.map(([at]) => at)), isUp: up.lastText === '1' };
    targets.push(target);
    const key = keyOf(up);
    const others = byTarget.get(key);
    if (others) others.push(target);
    else byTarget.set(key, [target]);
  }

  const targetOf = (series: Series): Target | undefined => {
    const candidates = byTarget.get(keyOf(series))?.filter(({ up }) => carries(series, up));
    return candidates?.length === 1
      ? candidates[0]
      : candidates?.find(({ times }) => times.has(series.lastAt));
  };

  return {
    stateOf: (series, freshWithinMs) => {
      const target = targetOf(series);
      if (target?.times.has(series.lastAt)) {
        const inNewest = series.lastAt === target.up.lastAt;
        const seen = inNewest && (target.isUp || ownSeries.test(series.name));
        if (!seen && isScraped(series, target)) return 'gone';
      }
      return serverNowMs - series.lastAt * 1000 > freshWithinMs ? 'stale' : 'live';
    },
    down: (job) =>
      targets
        .filter(({ up, isUp }) => !isUp && (job === null || up.labels.job === job))
        .map(({ up }) => nameOf(up)),
    targets: targets.map(({ up, isUp }) => ({ ...nameOf(up), up: isUp })),
  };
}

/**
 * A time of its own may fall on the very millisecond of an older scrape (a target that stamps its samples one interval
 * back does so now and then): only a series all of whose times are scrapes was scraped without one.
 */
function isScraped({ points }: Series, { times }: Target): boolean {
  return points.every(([at]) => times.has(at));
}

function nameOf({ labels }: Series): TargetName {
  return { job: labels.job ?? '', instance: labels.instance ?? '' };
}

function keyOf({ labels }: Series): string {
  return `${labels.job ?? ''}\0${labels.instance ?? ''}`;
}

/** Two targets may share job and instance and differ in another label: a series carries all of its own target's. */
function carries(series: Series, up: Series): boolean {
  for (const name in up.labels) if (series.labels[name] !== up.labels[name]) return false;
  return true;
}
