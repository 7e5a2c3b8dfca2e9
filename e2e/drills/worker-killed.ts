import { setTimeout as sleep } from 'node:timers/promises';
import { parseStrictJson } from '#lib/canonical/parse.ts';
import type { ItemState } from '#lib/domain/verdict.ts';
import type { Drill, DrillSite } from './drill.ts';
import { startEndpoint } from './endpoint.ts';
import { type DrillHouse, rowsOf, startDrillHouse } from './house.ts';
import { readLedger } from './ledger.ts';
import { waitFor, watch } from './wait.ts';

const maxAgeMs = 5000;
const downMs = 3 * maxAgeMs;

const spec = (address: string) => `format: big-green/v1
launch: { id: drill, title: Worker killed, target: { at: 2035-01-01T00:00:00Z } }
defaults: { every: 1s, maxAge: ${maxAgeMs / 1000}s, timeout: 2s }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { node: { kind: endpoint, address: '${address}' } }
tracks:
  all:
    title: All
    lead: sre
    items:
      node: { title: Node, phase: launch, checks: [{ kind: endpoint, path: /status, assert: [{ at: /ok, equals: true }] }] }
      whole: { title: All of it, phase: launch, checks: [{ kind: items, items: [node] }] }
`;

/** Kills the worker in the middle of a request, leaves it down for three times maxAge, and lets it come back. */
export const workerKilled: Drill = {
  name: 'worker-killed',
  about:
    'the worker is killed for longer than a maxAge: stale by the clock, and the gap stays in the history',
  withinMs: 180_000,
  run: async (site) => {
    const node = await startEndpoint(site, 300);
    const drill = await startDrillHouse(site);
    await drill.adopt(spec(node.url));
    const states = async () => rowsOf(await drill.board('drill')).map(({ state }) => state);
    const allReady = (all: readonly ItemState[]) => all.every((state) => state === 'ready');
    await waitFor('every item to be ready', 30_000, states, allReady);

    await leftDown(site, drill, node.nextAsking, states);
    const back = await timeUntil(() => waitFor('every item to be ready again', 60_000, states, allReady));
    site.promise('everything is ready again without a hand', true, `${back} ms after the worker was at work`);
    await keptGap(site, drill);

    const pid = drill.house.worker.pid() ?? 0;
    await node.nextAsking();
    process.kill(pid, 'SIGKILL');
    const asked = await timeUntil(async () => {
      await waitFor(
        'another worker',
        30_000,
        async () => drill.house.worker.pid(),
        (one) => one !== pid && one !== null,
      );
      await node.nextAsking();
    });
    site.promise(
      'killed once and left to the supervisor, it asks again by itself',
      true,
      `after ${asked} ms`,
    );
  },
};

async function leftDown(
  site: DrillSite,
  drill: DrillHouse,
  nextAsking: () => Promise<void>,
  states: () => Promise<readonly ItemState[]>,
): Promise<void> {
  await nextAsking();
  const killedAtMs = Date.now();
  await drill.house.worker.pause();
  site.say(`        killed the worker while it waited for an answer; down for ${downMs / 1000} s`);
  const seen = new Set<ItemState>();
  let staleAtMs: number | null = null;
  const watching = watch(500, async () => {
    const now = await states();
    for (const state of now) seen.add(state);
    if (staleAtMs === null && now.every((state) => state === 'stale')) staleAtMs = Date.now();
  });
  await sleep(downMs);
  await watching.stop();
  const after = staleAtMs === null ? 'never' : `after ${staleAtMs - killedAtMs} ms, maxAge ${maxAgeMs} ms`;
  site.promise('the board turns stale by the clock while no worker lives', staleAtMs !== null, after);
  site.promise('nothing turns red', !seen.has('fail'), `states seen: ${[...seen].join(', ')}`);
  const { readiness } = await drill.board('drill');
  site.promise(
    'readiness cannot tell',
    readiness.kind === 'cannot-tell',
    `${readiness.title}: ${readiness.why}`,
  );
  const { checks } = await drill.item('drill', 'node');
  const { sentence = '', judgement = null } = checks[0] ?? {};
  site.promise('the last good evidence stays readable', judgement?.verdict === 'pass', sentence);
  const page = await drill.page('/launches/drill');
  site.promise('the page answers', page.status === 200, `status ${page.status}`);
  await drill.house.worker.resume();
}

/** The stretch in which nobody looked stands in the item's history and in the ledger, as long as it was. */
async function keptGap(site: DrillSite, drill: DrillHouse): Promise<void> {
  const leastMs = downMs - maxAgeMs - 1500;
  for (const item of ['node', 'whole']) {
    const { checks } = await drill.item('drill', item);
    const spans = checks[0]?.history ?? [];
    const gaps = spans.filter(({ verdict }) => verdict === 'stale').map(lengthMs);
    const words = `the history of “${item}” holds the gap between two passes`;
    const whole = spans.map(({ verdict }) => verdict).join(', ');
    const between = /pass, stale, pass$/.test(whole);
    site.promise(words, between && gaps.length === 1 && (gaps[0] ?? 0) >= leastMs, `${whole}; ${gaps[0]} ms`);
  }
  const entries = (await readLedger(drill.house.appUrl)).map(({ bytes }) =>
    parseStrictJson(bytes.toString('utf8')),
  );
  const gaps = entries.flatMap((entry) => (entry.ok ? gapsOf(entry.value) : []));
  const long = gaps.filter((gap) => lengthMs(gap) >= leastMs);
  const items = long.map(({ item, from, to }) => `${item} ${from} to ${to}`).join('; ');
  site.promise('the ledger holds the gap of every item', long.length === 2, items);
}

interface Gap {
  readonly item: string;
  readonly from: string;
  readonly to: string;
}

function gapsOf(entry: unknown): readonly Gap[] {
  const { type, data } = entry as { type: string; data: { checks: readonly Gap[] } };
  return type === 'evidence.gap' ? data.checks : [];
}

function lengthMs({ from, to }: { readonly from: string; readonly to: string }): number {
  return Date.parse(to) - Date.parse(from);
}

async function timeUntil(work: () => Promise<unknown>): Promise<number> {
  const beganMs = Date.now();
  await work();
  return Date.now() - beganMs;
}
