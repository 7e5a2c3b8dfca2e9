import { expect, onTestFinished, test } from 'vitest';
import type { NamesSeen } from '#lib/domain/observations/prometheus.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { fakePrometheus, type Said, success } from './fake.fixture.ts';
import { askPrometheus } from './index.ts';

async function namesOf(
  said: Said | null,
  given: { readonly known?: readonly string[]; readonly used?: readonly string[] } = {},
): Promise<NamesSeen & { readonly requests: number }> {
  const fake = await fakePrometheus((path) => (path === 'label/__name__/values' ? said : null));
  onTestFinished(fake.stop);
  const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
  onTestFinished(() => outgoing.close());
  const { observations, requests } = await askPrometheus(
    fake.source,
    [{ ask: 'names', source: 'prometheus', jobs: ['node'], known: [], used: [], ...given }],
    { outgoing, now: Date.now, commit: null },
  );
  const outcome = observations[0]?.outcome;
  if (!outcome?.ok || !('jobs' in outcome.value)) throw new Error('a failure of its own');
  return { ...outcome.value, requests };
}

test('what the spec does not know is told, in one request; what Prometheus makes itself is not', async () => {
  const names = ['up', 'scrape_duration_seconds', 'ALERTS', 'mempool_depth', 'lag_seconds'];
  expect(await namesOf(success(names), { known: ['lag_seconds'] })).toMatchObject({
    unknown: ['mempool_depth'],
    unread: null,
    requests: 1,
  });
});

test('the parts of a histogram are one name, and a lone count is itself', async () => {
  const names = ['tick_bucket', 'tick_sum', 'tick_count', 'block_count'];
  expect((await namesOf(success(names))).unknown).toEqual(['block_count', 'tick']);
});

test('of the names that the spec uses those are told that anybody emits', async () => {
  const seen = await namesOf(success(['here_total']), { used: ['here_total', 'gone_total'] });
  expect(seen).toMatchObject({ used: ['here_total'], unknown: [] });
});

test('no more than 10 000 names are read, and 500 kept', async () => {
  const names = Array.from({ length: 10_001 }, (_, index) => `n${index}`);
  const seen = await namesOf(success(names));
  expect(seen).toMatchObject({ cut: true, more: 9500 });
  expect(seen.unknown).toHaveLength(500);
});

test.each<[string, Said | null]>([
  ['an endpoint that is not there', null],
  ['no list of names', success({ names: [] })],
])('%s is no failure of the check, and is told', async (_, said) => {
  expect(await namesOf(said)).toMatchObject({
    unread: expect.stringContaining('Prometheus energy'),
    unknown: [],
  });
});
