import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openDatabase } from '#lib/server/database.ts';
import { type BadBehaviour, badBehaviours } from './bad-behaviours.ts';
import type { Drill, DrillSite } from './drill.ts';
import { type DrillEndpoint, startEndpoint } from './endpoint.ts';
import { type DrillHouse, rowsOf, startDrillHouse } from './house.ts';
import { type Lateness, latenessOf } from './lateness.ts';
import { nextMessage, startProgram } from './program.ts';
import { forgetPeak, inMebibytes, residentMemory } from './resident-memory.ts';
import { waitFor, watch } from './wait.ts';

const everyMs = 2000;
const calmMs = 30_000;
const badMs = 60_000;
const mostMemory = 50 * 1024 * 1024;

const originSchema = z.object({ origin: z.string() });

interface SpecItem {
  readonly id: string;
  readonly source: string;
  readonly checks: string;
}

const spec = (launch: string, items: readonly SpecItem[]) => `format: big-green/v1
launch: { id: ${launch}, title: ${launch}, target: { at: 2035-01-01T00:00:00Z } }
defaults: { every: ${everyMs / 1000}s, maxAge: 30s }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
${items.map(({ id, source }) => `  ${id}: ${source}`).join('\n')}
tracks:
  all:
    title: All
    lead: sre
    items:
${items.map(({ id, checks }) => `      ${id}: { title: ${id}, phase: launch, checks: [${checks}] }`).join('\n')}
`;

/** Every way to misbehave at once, beside sources that behave, in the real worker. */
export const badSources: Drill = {
  name: 'bad-sources',
  about:
    'every kind of hostile Prometheus at once: a clear sentence each, memory bounded, good sources on time',
  withinMs: 300_000,
  run: async (site) => {
    const good = await Promise.all(Array.from({ length: 4 }, () => startEndpoint(site)));
    const { origin } = originSchema.parse(await nextMessage(startProgram(site, 'hostile-process.ts')));
    const drill = await startDrillHouse(site);
    const workerPid = drill.house.worker.pid() ?? 0;
    await drill.adopt(spec('good', good.map(goodItem)));
    // As many sources as there will be bad ones: what the worker needs for their number is not their badness.
    const many = await startEndpoint(site);
    const plain = badBehaviours.map((_, n) => goodItem({ ...many, url: `${many.url}/${n + 1}` }, n));
    await drill.adopt(spec('plain', plain));
    await waitFor(
      'the good sources to be ready',
      30_000,
      () => statesOf(drill),
      (all) => all.every((one) => one === 'ready'),
    );

    const calmFromMs = Date.now();
    await sleep(calmMs);
    const calm = latenessOf(
      good.map(({ askedAtMs }) => askedAtMs),
      everyMs,
      calmFromMs,
    );
    site.say(`        with sources that behave alone: ${latenessWords(calm)}`);
    const before = residentMemory(workerPid);
    if (before) forgetPeak(workerPid);

    const seen = new Set<string>();
    const watching = watch(500, async () => {
      for (const state of await statesOf(drill)) seen.add(state);
    });
    const badFromMs = Date.now();
    await drill.adopt(
      spec(
        'bad',
        badBehaviours.map((one) => badItem(one, origin)),
      ),
    );
    site.say(
      `        ${badBehaviours.length} bad sources beside ${good.length + plain.length} good ones for ${badMs / 1000} s`,
    );
    await sleep(badMs);
    const beside = latenessOf(
      good.map(({ askedAtMs }) => askedAtMs),
      everyMs,
      badFromMs,
    );
    await watching.stop();
    const after = residentMemory(workerPid);

    site.say(`        beside the bad ones: ${latenessWords(beside)}`);
    site.promise(
      'no good source waits longer than one more of its turns',
      beside.worstMs <= everyMs,
      `worst ${beside.worstMs} ms late, every ${everyMs} ms`,
    );
    site.promise(
      'the good items stay ready',
      seen.size === 1 && seen.has('ready'),
      `states seen: ${[...seen].join(', ')}`,
    );
    if (before && after) {
      const grown = after.peak - before.now;
      site.promise(
        'the worker stays within 50 MiB of before',
        grown <= mostMemory,
        `before ${inMebibytes(before.now)}, highest ${inMebibytes(after.peak)} (+${inMebibytes(grown)}), at the end ${inMebibytes(after.now)}`,
      );
    } else site.say('        memory is not measured: this system has no /proc');
    site.promise('the same worker is at work', drill.house.worker.pid() === workerPid);
    await sentences(site, drill);
    await nothingLost(site, drill, good);
  },
};

function goodItem({ url }: DrillEndpoint, index: number): SpecItem {
  const id = `node-${index + 1}`;
  return {
    id,
    source: `{ kind: endpoint, address: '${url}' }`,
    checks: `{ kind: endpoint, source: ${id}, path: /status, assert: [{ at: /ok, equals: true }] }`,
  };
}

function badItem({ id, path }: BadBehaviour, origin: string): SpecItem {
  return {
    id,
    source: `{ kind: prometheus, address: '${origin}${path}' }`,
    checks: `{ kind: query, source: ${id}, expr: up, is: { atLeast: 1 } }`,
  };
}

async function statesOf(drill: DrillHouse): Promise<readonly string[]> {
  return rowsOf(await drill.board('good')).map(({ state }) => state);
}

/** Each bad source is told apart by a sentence of its own, and none is ever red. */
async function sentences(site: DrillSite, drill: DrillHouse): Promise<void> {
  for (const { id, says, verdict } of badBehaviours) {
    const { checks } = await drill.item('bad', id);
    const [check] = checks;
    const clear = check?.verdict === verdict && says.test(check.sentence);
    site.promise(`${id} is ${verdict} and says why`, clear, `${check?.verdict}: ${check?.sentence}`);
  }
}

/** Each asking of a good source is in its evidence, and each bad one is there with its failure. */
async function nothingLost(
  site: DrillSite,
  drill: DrillHouse,
  good: readonly DrillEndpoint[],
): Promise<void> {
  const db = openDatabase(drill.house.appUrl, { connections: 1 });
  try {
    const rows = await db.evidence.groupBy({ by: ['launchId', 'itemId'], _sum: { seen: true } });
    const seenOf = (launch: string, item: string) =>
      rows.find(({ launchId, itemId }) => launchId === launch && itemId === item)?._sum.seen ?? 0;
    const asked = good.reduce((sum, { askedAtMs }) => sum + askedAtMs.length, 0);
    const kept = good.reduce((sum, _, index) => sum + seenOf('good', `node-${index + 1}`), 0);
    const missing = asked - kept;
    site.promise(
      'every answer of a good source is in its evidence',
      missing >= 0 && missing <= good.length,
      `${kept} of ${asked}, at most ${good.length} on their way`,
    );
    const unseen = badBehaviours.filter(({ id }) => seenOf('bad', id) === 0).map(({ id }) => id);
    const least = Math.min(...badBehaviours.map(({ id }) => seenOf('bad', id)));
    site.promise(
      'every bad source has evidence of what it did',
      unseen.length === 0,
      `at least ${least} observations each`,
    );
  } finally {
    await db.$disconnect();
  }
}

function latenessWords({ count, medianMs, worstMs }: Lateness): string {
  return `${count} turns, late by ${medianMs} ms in the middle and ${worstMs} ms at worst`;
}
