import { expect, test } from 'vitest';
import type { SourceSpec } from '#lib/domain/spec.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { type SourceRow, sourceViews } from './source-views.ts';

const askedMs = Date.parse('2026-11-25T08:00:00Z');
const source: SourceSpec = {
  id: 'prometheus',
  title: 'Prometheus',
  kind: 'prometheus',
  network: null,
  address: 'http://127.0.0.1:9090',
  everyMs: 5_000,
  timeoutMs: 5_000,
  buildInfo: null,
};
const launch = {
  spec: { sources: [source], tracks: [{ items: [{ checks: [{ source: 'prometheus' }] }] }] },
  sources: new Map([['prometheus', { key: 'k', address: source.address }]]),
} as unknown as LaunchInForce;
const row: SourceRow = {
  key: 'k',
  lastAskedAt: new Date(askedMs),
  lastAnsweredAt: new Date(askedMs),
  silentSince: null,
  nextTryAt: new Date(askedMs + 5_000),
  failure: null,
};

test('a source that nobody asks any more is said to be so, and from when is told before', () => {
  const at = (ms: number) => sourceViews(launch, new Map([['k', row]]), askedMs + ms)[0];
  expect(at(60_000)).toMatchObject({ health: 'answering', overdueAt: '2026-11-25T08:01:00.000Z' });
  expect(at(60_001)).toMatchObject({ health: 'not-asked' });
  expect(at(60_001)?.message).toContain('the worker is not running');
});

test('a source that no check reads is not asked, and rightly', () => {
  const { spec, ...more } = launch;
  const unread = { ...more, spec: { ...spec, tracks: [] } };
  expect(sourceViews(unread, new Map([['k', row]]), askedMs + 3_600_000)).toMatchObject([
    { health: 'unread', overdueAt: null, message: 'No check reads it yet, so that it is not asked.' },
  ]);
});
