import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { environment } from '#lib/server/env.ts';
import { startExposition } from './exposition.ts';
import { findPrometheus } from './find.ts';
import { PrometheusDidNotStart, startPrometheus } from './start.ts';

const binary = await findPrometheus(environment().prometheusBin);

test('a Prometheus that is named and is none is not replaced by another', async () => {
  expect(await findPrometheus('/nowhere/prometheus')).toBeNull();
});

test.skipIf(binary === null && !environment().ci)('one that cannot start says why', async () => {
  const starting = startPrometheus({
    binary: binary ?? '',
    targets: [],
    rules: { 'rules.yml': 'groups: nonsense' },
  });
  await expect(starting).rejects.toThrow(PrometheusDidNotStart);
  await expect(starting).rejects.toThrow(/rules\.yml/);
});

async function sampleOf(url: string, query: string): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
  return data.result[0]?.value[1];
}

test.skipIf(binary === null && !environment().ci)(
  'one that is stopped and started again keeps its address and what it knew',
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'big-green-start-'));
    const node = await startExposition('remembered 7\n');
    const options = { binary: binary ?? '', dir, targets: [{ job: 'node', addresses: [node.url] }] };
    const first = await startPrometheus(options);
    try {
      for (let tries = 0; tries < 150 && (await sampleOf(first.url, 'remembered')) === undefined; tries += 1)
        await sleep(100);
      await first.stop();
      await expect(fetch(first.url)).rejects.toThrow();
      const second = await startPrometheus({ ...options, port: first.port });
      try {
        expect(second.url).toBe(first.url);
        expect(await sampleOf(second.url, 'last_over_time(remembered[5m])')).toBe('7');
      } finally {
        await second.stop();
      }
    } finally {
      await first.stop();
      await node.stop();
      await rm(dir, { recursive: true, force: true });
    }
  },
);
