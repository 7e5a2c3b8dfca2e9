import { setTimeout as sleep } from 'node:timers/promises';
import { startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { startPrometheus } from '#e2e/prometheus/start.ts';
import type { Outgoing } from '#lib/domain/outgoing.ts';
import { openDatabase } from '#lib/server/database.ts';
import { environment } from '#lib/server/env.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from '#lib/usecases/adopt-spec.ts';
import { collect } from '#lib/usecases/collect.ts';

const launches = 100;
const checks = 200;
const quietCycles = 2;
let requests = 0;
const nameOf = (n: number) => `bench_metric_${String(n).padStart(5, '0')}`;

/** A launch of 200 checks, a metric each, from the given name on. */
function specText(launch: number, firstName: number, address: string): string {
  const names = Array.from({ length: checks }, (_, n) => nameOf(firstName + n));
  const items = names.map(
    (name, n) =>
      `      item-${n}: { title: ${name}, phase: launch, checks: [{ kind: metric, metric: ${name} }] }`,
  );
  return `format: big-green/v1
launch: { id: bench-${launch}, title: Bench ${launch}, target: { at: 2030-01-01T00:00:00Z } }
defaults: { maxAge: 1h, freshWithin: 30s }
phases: { launch: { title: Launch, at: 2030-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { prometheus: { kind: prometheus, address: '${address}' } }
metrics:
  bench:
${names.map((name) => `    ${name}: { type: gauge }`).join('\n')}
tracks:
  all:
    title: All
    lead: sre
    items:
${items.join('\n')}
`;
}

async function adopt(
  numbers: readonly number[],
  firstName: (n: number) => number,
  address: string,
  house: House,
) {
  for (const n of numbers) {
    const adopted = await adoptSpec({ text: specText(n, firstName(n), address), name: 'bench.yaml' }, house);
    if (!adopted.ok) throw new Error(adopted.problem.message);
  }
}

/** Launches on shared sources, through the real cycle: requests grow with sources and names, not launches × checks. */
export async function collectionBench(): Promise<void> {
  const binary = await findPrometheus(environment().prometheusBin);
  if (!binary) {
    console.log('collection: skipped, there is no Prometheus');
    return;
  }
  const lines = Array.from({ length: 10 * checks }, (_, n) => `# TYPE ${nameOf(n)} gauge\n${nameOf(n)} ${n}`);
  const target = await startExposition(`${lines.join('\n')}\n`);
  const targets = [{ job: 'bench', addresses: [target.address] }];
  const first = await startPrometheus({ binary, targets });
  const second = await startPrometheus({ binary, targets });
  const scratch = await scratchDatabase();
  const db = openDatabase(scratch.appUrl);
  const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
  const counted: Outgoing = (request) => {
    requests += 1;
    return outgoing(request);
  };
  const house: House = { db, outgoing: counted, seal: testSeal, now: Date.now, cacheDir: '/nonexistent' };
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
  try {
    // Discovery takes up to five seconds, and a first scrape one more.
    await sleep(8000);
    await adopt([0], () => 0, first.url, house);
    await show('alone', house);
    // Ten at a time, as launches come: each must have had its first cycle before the whole is measured.
    for (let n = 1; n < launches; n += 10) {
      await adopt(range(n, Math.min(n + 10, launches)), () => 0, first.url, house);
      if (n + 10 < launches) await cycle(await sourceKeys(house), house);
    }
    await show('the same names', house);
    await adopt(range(1, 10), (n) => n * checks, first.url, house);
    await show('ten times the names', house);
    await adopt(range(50, launches), () => 0, second.url, house);
    await show('half of them on a second source', house);
  } finally {
    await db.$disconnect();
    await outgoing.close();
    await scratch.drop();
    await Promise.all([first.stop(), second.stop()]);
    await target.stop();
  }
}

/** One cycle of each source after a change, then quiet ones, with what each asks, takes and writes. */
async function show(what: string, house: House): Promise<void> {
  const keys = await sourceKeys(house);
  const adopted = await house.db.launch.count();
  const all = adopted * checks;
  const sources = keys.length === 1 ? '1 source' : `${keys.length} sources`;
  console.log(
    `collection of ${adopted} × ${checks} checks, ${what}, ${sources}; one request a check would be ${all}`,
  );
  console.log(`  the cycle after a change: ${await cycle(keys, house)}`);
  for (let n = 0; n < quietCycles; n += 1) console.log(`  a quiet cycle: ${await cycle(keys, house)}`);
}

async function sourceKeys({ db }: House): Promise<readonly string[]> {
  const links = await db.launchSource.findMany({ distinct: ['sourceKey'], select: { sourceKey: true } });
  return links.map(({ sourceKey }) => sourceKey);
}

/** What one cycle of each source asked, took and wrote; or why it was not written, with what it asked all the same. */
async function cycle(keys: readonly string[], house: House): Promise<string> {
  const before = await written(house);
  const began = performance.now();
  requests = 0;
  let broken: unknown = null;
  for (const key of keys) await collect(key, house).catch((error: unknown) => (broken ??= error));
  const seconds = ((performance.now() - began) / 1000).toFixed(2);
  const after = await written(house);
  const kib = Math.trunc((after.walBytes - before.walBytes) / 1024);
  const end = broken === null ? '' : `; NOT WRITTEN: ${String(broken).trim().split('\n').at(-1)}`;
  return `${requests} requests, ${seconds} s, ${after.evidence - before.evidence} new rows of evidence, ${kib} KiB written${end}`;
}

/** Rows of evidence, and the bytes of PostgreSQL's log so far, which every write goes through. */
async function written({ db }: House): Promise<{ readonly evidence: number; readonly walBytes: number }> {
  const [wal] = await db.$queryRaw<{ bytes: bigint }[]>`
    SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint AS bytes`;
  return { evidence: await db.evidence.count(), walBytes: Number(wal?.bytes ?? 0) };
}
