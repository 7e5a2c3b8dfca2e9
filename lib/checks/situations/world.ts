import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Exposition, startExposition } from '#e2e/prometheus/exposition.ts';
import { nativeHistogram } from '#e2e/prometheus/native-histogram.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import { after, before, dying, kept, openMetrics, pairFirst, pairSecond, rules } from './exposed.ts';

/** A launch's targets and the real Prometheus that scrapes them, after something has happened to them. */
export interface World {
  readonly prometheus: RunningPrometheus;
  /** An address on which nothing listens. */
  readonly nowhere: string;
  /** Names for addresses, to be put into sentences in place of ports that differ with each run. */
  readonly names: ReadonlyMap<string, string>;
  readonly stop: () => Promise<void>;
}

/** The commit under judgement, which the node runs. */
export const candidate = '2c9e4d1f0a6b7c8d9e0f1a2b3c4d5e6f70819203';

/** Starts everything, lets it be scraped, changes it, and lets that be scraped too: about 15 s. */
export async function startWorld(binary: string): Promise<World> {
  const node = await startExposition(() => before(Date.now()));
  const first = await startExposition(pairFirst);
  const second = await startExposition(pairSecond);
  const ill = await startExposition(dying);
  const keeping = await startExposition(kept);
  const open = await startExposition(openMetrics);
  const native = await startExposition(nativeHistogram({ name: 'native_seconds', count: 12, sum: 3.5 }));
  const expositions: readonly Exposition[] = [node, first, second, ill, keeping, open, native];
  const nowhere = await closedAddress();
  const prometheus = await startPrometheus({
    binary,
    targets: [
      { job: 'node', addresses: [node.address] },
      { job: 'pair', addresses: [first.address, second.address] },
      { job: 'dying', addresses: [ill.address] },
      { job: 'keeping', addresses: [keeping.address], honorLabels: true },
      { job: 'open', addresses: [open.address] },
      { job: 'native', addresses: [native.address] },
      { job: 'closed', addresses: [nowhere] },
    ],
    rules: { 'rules.yml': rules },
    features: ['native-histograms'],
  });
  const stop = async () => {
    await prometheus.stop();
    await Promise.all(expositions.map((exposition) => exposition.stop()));
  };
  try {
    await untilScraped(expositions, 5);
    node.set(() => after(Date.now()));
    second.set({ status: 500 });
    ill.set({ status: 500 });
    await untilScraped([node, second, ill], 4);
  } catch (cause) {
    await stop();
    throw cause;
  }
  const names = new Map([
    [node.address, '{node}'],
    [second.address, '{second}'],
    [ill.address, '{dying}'],
    [nowhere, '{nowhere}'],
    [prometheus.url, '{prometheus}'],
  ]);
  return { prometheus, nowhere: `http://${nowhere}`, names, stop };
}

/** Waits until each has been scraped so many times from now on, and the last scrape is in the database. */
async function untilScraped(expositions: readonly Exposition[], times: number): Promise<void> {
  const goals = expositions.map((exposition) => exposition.scrapes() + times);
  const deadlineMs = Date.now() + 30_000;
  while (expositions.some((exposition, index) => exposition.scrapes() < (goals[index] ?? 0))) {
    if (Date.now() > deadlineMs) throw new Error('Prometheus did not scrape its targets within 30 s');
    await sleep(100);
  }
  await sleep(300);
}

async function closedAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return `127.0.0.1:${port}`;
}
