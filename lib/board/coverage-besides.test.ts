import { expect, test } from 'vitest';
import type { NamesSeen } from '#lib/domain/observations/prometheus.ts';
import { coverageBesides } from './coverage-besides.ts';

const seen = (given: Partial<NamesSeen>) => ({
  dark: null,
  names: { jobs: ['node'], used: [], unknown: [], more: 0, cut: false, unread: null, ...given },
});
const used = [{ name: 'gone_total', places: ['panel “Gone” of Treasury'] }];
const none = { used: [], inRules: new Set<string>() };

test('a name that is used and that no look found is emitted by nobody', () => {
  const known = { used, inRules: new Set<string>() };
  expect(coverageBesides([seen({})], known).usedByNobody).toEqual([{ ...used[0], isKnown: true }]);
  expect(coverageBesides([seen({}), seen({ used: ['gone_total'] })], known).usedByNobody).toEqual([]);
});

test('what is emitted is used where a rule that is loaded reads it, under a part of its name too', () => {
  const look = seen({ unknown: ['tick', 'mempool_depth', 'go_goroutines'] });
  const besides = coverageBesides([look, look], { used: [], inRules: new Set(['tick_bucket']) });
  expect(besides).toMatchObject({
    usedNowhere: ['mempool_depth'],
    ofRuntime: 1,
    jobs: ['node'],
    unread: null,
  });
});

test.each([
  ['no check looks', [], /^No check looks/],
  ['a check is dark', [{ dark: 'Prometheus is silent.' }], /^Prometheus is silent/],
  ['the question was not answered', [seen({ unread: 'It answered 404.' })], /^It answered 404/],
  ['one of two checks is dark', [seen({}), { dark: 'Prometheus is silent.' }], /^Prometheus is silent/],
  ['there are too many names', [seen({ cut: true })], /^There are more than 10 000 names/],
  ['no job is known', [{ dark: null, names: null }], /^No declared metric is emitted/],
])('where %s nothing is said to be emitted by nobody', (_, looks, why) => {
  const besides = coverageBesides(looks, { ...none, used });
  expect(besides.unread).toMatch(why);
  expect(besides.usedByNobody).toEqual([{ ...used[0], isKnown: false }]);
});

test('100 names are listed and the rest is counted', () => {
  const unknown = Array.from({ length: 300 }, (_, index) => `n_${index}`);
  const { usedNowhere, moreUsedNowhere } = coverageBesides([seen({ unknown, more: 40 })], none);
  expect([usedNowhere.length, moreUsedNowhere]).toEqual([100, 240]);
});
