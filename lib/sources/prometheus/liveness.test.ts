import { describe, expect, test } from 'vitest';
import { createLiveness } from './liveness.ts';
import type { Series } from './series.ts';

function series(name: string, labels: Record<string, string>, times: readonly number[], value = '1'): Series {
  return {
    name,
    labels: { job: 'node', instance: 'a', ...labels },
    points: times.map((at) => [at, value] as const),
    native: false,
    lastAt: times.at(-1) ?? 0,
    lastText: value,
    line: () => [],
  };
}

const nowMs = 100_000;
const up = series('up', {}, [80, 90, 99]);

describe('a scraped series', () => {
  test.each([
    ['in the newest scrape', [90, 99], 'live'],
    ['missing from the newest scrape', [80, 90], 'gone'],
    ['of a recording rule, fresh', [88, 98], 'live'],
    ['with a timestamp of its own, old', [39], 'stale'],
    ['with timestamps of its own, of which the last falls on an older scrape', [79.5, 90], 'live'],
  ])('%s', (_title, times, state) => {
    expect(createLiveness([up], nowMs).stateOf(series('x', {}, times), 60_000)).toBe(state);
  });

  test('of a target that is down is gone, even at the newest scrape', () => {
    const down = series('up', {}, [80, 90, 99], '0');
    const liveness = createLiveness([down], nowMs);
    expect(liveness.stateOf(series('x', {}, [90]), 60_000)).toBe('gone');
    expect(liveness.stateOf(series('x', {}, [99]), 60_000)).toBe('gone');
    expect(liveness.stateOf(series('scrape_duration_seconds', {}, [99]), 60_000)).toBe('live');
    expect(liveness.down(null)).toEqual([{ job: 'node', instance: 'a' }]);
    expect(liveness.down('other')).toEqual([]);
  });

  test('in the newest scrape, which itself is old, is stale', () => {
    expect(createLiveness([up], nowMs + 60_000).stateOf(series('x', {}, [99]), 60_000)).toBe('stale');
  });

  test('goes by its own target where two share job and instance', () => {
    const left = series('up', { shard: '1' }, [90, 99]);
    const right = series('up', { shard: '2' }, [91, 98], '0');
    const liveness = createLiveness([left, right], nowMs);
    expect(liveness.stateOf(series('x', { shard: '1' }, [90, 99]), 60_000)).toBe('live');
    expect(liveness.stateOf(series('x', { shard: '2' }, [91]), 60_000)).toBe('gone');
  });

  test('without any up is live while it is fresh', () => {
    const liveness = createLiveness([], nowMs);
    expect(liveness.stateOf(series('x', {}, [41]), 60_000)).toBe('live');
    expect(liveness.stateOf(series('x', {}, [39]), 60_000)).toBe('stale');
  });
});
