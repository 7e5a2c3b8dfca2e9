import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { readEnvironment } from '#lib/server/env.ts';
import { type Exposition, startExposition } from '../prometheus/exposition.ts';
import { findPrometheus } from '../prometheus/find.ts';
import { startPrometheus } from '../prometheus/start.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { drawnAtMs, openBrowser, timesWords, watchDrawn } from './drawn.ts';
import type { Drill, DrillSite } from './drill.ts';
import { rowsOf, startDrillHouse } from './house.ts';
import { waitFor } from './wait.ts';

const scrapeMs = 1000;
const everyMs = 2000;
const withinMs = scrapeMs + everyMs + 1000;
const changes = 24;
const tabs = 10;

const spec = (prometheus: string) => `format: big-green/v1
launch: { id: drill, title: Live, target: { at: 2035-01-01T00:00:00Z } }
defaults: { every: ${everyMs / 1000}s, maxAge: 30s, confirm: 1 }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { prometheus: { kind: prometheus, address: '${prometheus}' } }
tracks:
  all:
    title: All
    lead: sre
    items:
      peers: { title: Peers, phase: launch, checks: [{ kind: query, expr: drill_peers, is: { atLeast: 3 } }] }
`;

const exposed = (peers: number) => `# TYPE drill_peers gauge\ndrill_peers ${peers}\n`;

/** A metric goes up and down at a target of a real Prometheus, while boards are open in a real browser. */
export const live: Drill = {
  name: 'live',
  about:
    'a metric that changes is on every open board within a scrape, a cycle and a second, over one stream',
  withinMs: 400_000,
  run: async (site) => {
    const target = await startExposition(exposed(5));
    site.undo(target.stop);
    const prometheus = await prometheusOver(site, target);
    const drill = await startDrillHouse(site);
    await drill.adopt(spec(prometheus));
    const state = async () => rowsOf(await drill.board('drill'))[0]?.state;
    await waitFor('the item to be ready', 60_000, state, (one) => one === 'ready');
    const proxy = await startCountingProxy(site, drill.house.address);
    const context = await openBrowser(site);

    const page = await openBoard(context, proxy.url);
    const tookMs: number[] = [];
    for (let n = 0; n < changes; n += 1) {
      // Anywhere in a scrape and a cycle: 617 ms is no divisor of either.
      await sleep((n * 617) % (scrapeMs + everyMs));
      tookMs.push(...(await change(target, n, [page])));
    }
    site.say(
      `        ${changes} changes; a scrape ${scrapeMs} ms, a cycle ${everyMs} ms and 1 000 ms are ${withinMs} ms`,
    );
    site.promise(
      'each change is on the open board in time',
      Math.max(...tookMs) <= withinMs,
      timesWords(tookMs),
    );

    const all = [page];
    while (all.length < tabs) all.push(await openBoard(context, proxy.url));
    const inTabs: number[] = [];
    for (const n of [0, 1, 2, 3]) inTabs.push(...(await change(target, n, all)));
    const whole = inTabs.length === 4 * tabs && Math.max(...inTabs) <= withinMs;
    site.promise(`all ${tabs} tabs of a browser show each of 4 changes in time`, whole, timesWords(inTabs));
    const { open, most } = proxy.streams();
    site.promise(
      `${tabs} tabs share one event stream`,
      open === 1 && most === 1,
      `${open} open, ${most} at most`,
    );
  },
};

async function prometheusOver(site: DrillSite, target: Exposition): Promise<string> {
  const env = readEnvironment();
  const binary = await findPrometheus(env.kind === 'environment' ? env.prometheusBin : undefined);
  if (!binary) throw new Error('there is no Prometheus on this machine; $PROMETHEUS_BIN may name one');
  const targets = [{ job: 'drill', addresses: [target.address] }];
  const prometheus = await startPrometheus({ binary, targets, scrapeIntervalMs: scrapeMs });
  site.undo(prometheus.stop);
  return prometheus.url;
}

/** Opens the board and lets the page note when the row's state was last drawn anew. */
async function openBoard(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${origin}/launches/drill`);
  await watchDrawn(page, '[data-item="peers"] .row-fact b');
  return page;
}

/** Changes the metric across its bound; gives for each page the time until it was drawn, in milliseconds. */
async function change(target: Exposition, n: number, pages: readonly Page[]): Promise<readonly number[]> {
  const peers = n % 2 === 0 ? 1 : 5;
  const changedAtMs = Date.now();
  target.set(exposed(peers));
  const drawn = await Promise.all(pages.map((page) => drawnAtMs(page, String(peers))));
  return drawn.map((atMs) => atMs - changedAtMs);
}
