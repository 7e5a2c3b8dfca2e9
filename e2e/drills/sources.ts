import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { git } from '../repository/build.ts';
import type { Drill, DrillSite } from './drill.ts';
import { type DrillEndpoint, startEndpoint } from './endpoint.ts';
import { type DrillHouse, rowsOf, startDrillHouse } from './house.ts';
import { latenessOf } from './lateness.ts';
import { limits } from './limits.ts';
import { nextMessage, startProgram } from './program.ts';
import { forgetPeak, inMebibytes, residentMemory } from './resident-memory.ts';
import { type Door, doors, type Misbehaviour, misbehaviours } from './vendor-doors.ts';
import { waitFor } from './wait.ts';

const everyMs = 2000;
const mostMemory = 50 * 1024 * 1024;
const token = 'of-this-drill-alone';

const addressesSchema = z.record(z.string(), z.string());

/** `path` is the file that both CI vendors are asked for: what was read of it once is never asked for again. */
function spec(
  launch: string,
  path: string,
  addresses: Readonly<Record<string, string>>,
  repository: string,
): string {
  const kinds = { github: 'github', gitlab: 'gitlab', grafana: 'grafana', endpoint: 'endpoint' } as const;
  const source = ({ id, vendor }: Door) => `  ${id}: { kind: ${kinds[vendor]}, address: '${addresses[id]}' }`;
  const item = ({ id, check }: Door) =>
    `      ${id}: { title: ${id}, phase: launch, checks: [{ ${check.replace('README.md', path)}, source: ${id} }] }`;
  return `format: big-green/v1
launch: { id: ${launch}, title: ${launch}, target: { at: 2035-01-01T00:00:00Z } }
candidate: { source: repository, ref: main }
defaults: { every: ${everyMs / 1000}s, maxAge: 1m, timeout: 2s, confirm: 1 }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  repository: { kind: repository, address: '${repository}' }
${doors.map(source).join('\n')}
dashboards: { drill: { title: Drill, uid: drill, file: d.json, panels: { up: { title: Up, type: timeseries, queries: [{ expr: up }] } } } }
tracks:
  all:
    title: All
    lead: sre
    items:
${doors.map(item).join('\n')}
`;
}

const goodSpec = (good: readonly DrillEndpoint[]) => `format: big-green/v1
launch: { id: good, title: Good, target: { at: 2035-01-01T00:00:00Z } }
defaults: { every: ${everyMs / 1000}s, maxAge: 30s }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
${good.map(({ url }, n) => `  node-${n}: { kind: endpoint, address: '${url}' }`).join('\n')}
tracks:
  all:
    title: All
    lead: sre
    items:
${good.map((_, n) => `      node-${n}: { title: Node ${n}, phase: launch, checks: [{ kind: endpoint, source: node-${n}, path: /s, assert: [{ at: /ok, equals: true }] }] }`).join('\n')}
`;

/** Every way to misbehave at every vendor's routes, one after the other, in the real worker; then a day of limits. */
export const sources: Drill = {
  name: 'sources',
  about:
    'GitHub, GitLab and Grafana misbehave at every route: reasons, memory, turns; and a day of their limits',
  takes: 'seconds for each way to misbehave, 8 if not given',
  withinMs: 1_800_000,
  run: async (site) => {
    const holdMs = (site.given ?? 8) * 1000;
    const repository = await makeRepository(join(site.folder, 'repository'));
    const process = startProgram(site, 'vendor-doors-process.ts');
    process.send({ repository, token });
    const addresses = addressesSchema.parse(await nextMessage(process));
    const good = await Promise.all(Array.from({ length: 3 }, () => startEndpoint(site)));
    const drill = await startDrillHouse(site);
    const workerPid = drill.house.worker.pid() ?? 0;
    await drill.adopt(goodSpec(good));
    // As they should be, first: what the worker needs for so many vendors is not their badness.
    await misbehave(process, undefined);
    await drill.adopt(spec('warm', 'LICENSE.md', addresses, repository));
    await setTokens(drill, Object.values(addresses));
    await drill.adopt(spec('bad', 'NOTICE.md', addresses, repository));
    const warm = async () =>
      [await drill.board('warm'), await drill.board('bad')].flatMap(rowsOf).map(({ state }) => state);
    await waitFor('the vendors to be ready', 120_000, warm, (all) =>
      all.every((one) => one === 'unsigned' || one === 'ready'),
    );
    await sleep(10_000);
    await misbehave(process, misbehaviours[0]);
    await drill.adopt(spec('bad', 'README.md', addresses, repository));
    const before = residentMemory(workerPid);
    const fromMs = Date.now();
    for (const [way, vendor] of misbehaviours.flatMap(turns)) {
      if (site.interrupted.aborted) return;
      if (before) forgetPeak(workerPid);
      await misbehave(process, way, vendor);
      await oneWay(site, drill, way, vendor, holdMs);
      const after = residentMemory(workerPid);
      if (before && after) {
        const grown = after.peak - before.now;
        const words = `${way.id}${at(vendor)}: the worker stays within 50 MiB of before`;
        site.promise(
          words,
          grown <= mostMemory,
          `${inMebibytes(before.now)}, highest +${inMebibytes(grown)}`,
        );
      }
    }
    const late = latenessOf(
      good.map(({ askedAtMs }) => askedAtMs),
      everyMs,
      fromMs,
    );
    const words = `${late.count} turns, late by ${late.medianMs} ms in the middle and ${late.worstMs} ms at worst`;
    site.promise('every other source is polled within one more of its turns', late.worstMs <= everyMs, words);
    site.promise('the same worker is at work', drill.house.worker.pid() === workerPid);
    await limits(site);
  },
};

type Turn = readonly [Misbehaviour, Door['vendor'] | null];

function turns(way: Misbehaviour): readonly Turn[] {
  const vendors = [...new Set(doors.map(({ vendor }) => vendor))];
  return way.apart ? vendors.map((vendor): Turn => [way, vendor]) : [[way, null]];
}

const at = (vendor: Door['vendor'] | null) => (vendor === null ? '' : ` at ${vendor}`);

async function makeRepository(folder: string): Promise<string> {
  await mkdir(join(folder, '.github/workflows'), { recursive: true });
  for (const name of ['README.md', 'LICENSE.md', 'NOTICE.md'])
    await writeFile(join(folder, name), `# Drill ${name}\n`);
  const job = 'runs-on: ubuntu-latest, steps: [{ run: make }]';
  await writeFile(join(folder, '.github/workflows/gate.yml'), `on: [push]\njobs: { build: { ${job} } }\n`);
  await writeFile(join(folder, '.gitlab-ci.yml'), 'build: { script: [make] }\n');
  await git(folder, 0, ['init', '--quiet', '--template=', '--initial-branch=main']);
  await git(folder, 0, ['add', '--all']);
  await git(folder, 0, ['commit', '--quiet', '--message', 'Begin']);
  return folder;
}

async function misbehave(
  process: ReturnType<typeof startProgram>,
  way: Misbehaviour | undefined,
  vendor: Door['vendor'] | null = null,
): Promise<void> {
  process.send({ misbehaves: way?.id ?? '', at: vendor });
  await nextMessage(process);
}

async function setTokens({ house }: DrillHouse, addresses: readonly string[]): Promise<void> {
  const answer = await fetch(`${house.address}/api/sources`);
  const { sources: all } = (await answer.json()) as {
    sources: readonly { key: string; address: string; kind: string }[];
  };
  const headers = { 'content-type': 'application/json' };
  for (const { key, address, kind } of all) {
    if (!addresses.includes(address) || kind === 'endpoint') continue;
    await fetch(`${house.address}/api/sources/${key}/token`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ token }),
    });
  }
}

/** Waits until every check says why, for as long as one way is held, and three times that or 45 s at most. */
async function oneWay(
  site: DrillSite,
  drill: DrillHouse,
  way: Misbehaviour,
  only: Door['vendor'] | null,
  holdMs: number,
): Promise<void> {
  const asked = doors.filter(({ vendor }) => vendor !== way.notFor && (only === null || vendor === only));
  const said = async () =>
    Promise.all(
      asked.map(async ({ id }) => {
        const { checks } = await drill.item('bad', id);
        return { id, verdict: checks[0]?.verdict ?? 'none', sentence: checks[0]?.sentence ?? '' };
      }),
    );
  const isRight = ({ verdict, sentence }: { verdict: string; sentence: string }) =>
    way.says.test(sentence) &&
    (verdict === way.verdict || (way.silent === true && /Silent since/.test(sentence)));
  await sleep(holdMs);
  const all = await waitFor('', Math.max(45_000, 3 * holdMs), said, (some) => some.every(isRight)).catch(
    said,
  );
  const wrong = all.filter((one) => !isRight(one));
  const words = `${way.id}${at(only)}: ${way.verdict} at each of ${asked.length} routes${way.verdict === 'pass' ? '' : ', saying why'}`;
  site.promise(words, wrong.length === 0, way.verdict === 'pass' ? undefined : all.find(isRight)?.sentence);
  for (const { id, verdict, sentence } of wrong) site.say(`        ${id}: ${verdict}, ${sentence}`);
}
