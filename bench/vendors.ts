import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { pinCandidate } from '#lib/usecases/pin-candidate.ts';
import { setSourceToken } from '#lib/usecases/source-token.ts';
import { medianMs } from './median.ts';
import type { VendorsTold } from './vendors-process.ts';
import { buildBenchRepository } from './vendors-repository.ts';
import { seriesName, type Variety, type VendorAddresses, vendorSpec } from './vendors-spec.ts';

const launches = 100;
const checks = 200;
const half: Variety = { workflows: 10, files: 20, dashboards: 20, series: 20 };
const whole: Variety = { workflows: 20, files: 40, dashboards: 40, series: 40 };
const token = 'of-this-bench-alone';

/** Launches over stand-ins of the three vendors and a real Prometheus: what a cycle asks of each, takes and writes. */
export async function vendorsBench(): Promise<void> {
  const binary = await findPrometheus(environment().prometheusBin);
  if (!binary) {
    console.log('vendors: skipped, there is no Prometheus');
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'big-green-bench-vendors-'));
  const repository = join(folder, 'repository');
  await buildBenchRepository(repository, whole);
  const lines = Array.from(
    { length: whole.series },
    (_, n) => `# TYPE ${seriesName(n)} gauge\n${seriesName(n)} ${n}`,
  );
  const target = await startExposition(`${lines.join('\n')}\n`);
  const prometheus = await startPrometheus({
    binary,
    targets: [{ job: 'bench', addresses: [target.address] }],
  });
  const scratch = await scratchDatabase();
  const db = openDatabase(scratch.appUrl);
  const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
  let toPrometheus = 0;
  const counted: Outgoing = (request) => {
    if (request.url.startsWith(prometheus.url)) toPrometheus += 1;
    return outgoing(request);
  };
  const house: House = {
    db,
    outgoing: counted,
    seal: testSeal,
    now: Date.now,
    cacheDir: join(folder, 'cache'),
  };
  const vendors = fork(join(import.meta.dirname, 'vendors-process.ts'), { execArgv: [...process.execArgv] });
  try {
    vendors.send({ repository, prometheus: prometheus.url, token, ...whole });
    const served = (await told(vendors)) as Pick<VendorAddresses, 'github' | 'gitlab' | 'grafana'>;
    const at: VendorAddresses = { repository, prometheus: prometheus.url, ...served };
    // Discovery takes up to five seconds, and a first scrape one more.
    await sleep(8000);
    const cycle = async () => {
      toPrometheus = 0;
      return { ...(await oneCycle(house, vendors)), prometheus: toPrometheus };
    };
    await begin(0, launches / 2, half, at, house);
    await show(`${launches / 2} launches`, cycle, house);
    await begin(launches / 2, launches, half, at, house);
    await show(`${launches} launches, the same runs, files and dashboards`, cycle, house);
    vendors.send('twice');
    await told(vendors);
    await begin(0, launches, whole, at, house);
    await show(`${launches} launches, twice as many of each`, cycle, house);
    await baseline(at, outgoing);
  } finally {
    vendors.kill('SIGKILL');
    await db.$disconnect();
    await outgoing.close();
    await scratch.drop();
    await prometheus.stop();
    await target.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function begin(
  from: number,
  to: number,
  variety: Variety,
  at: VendorAddresses,
  house: House,
): Promise<void> {
  for (let n = from; n < to; n += 1) {
    const adopted = await adoptSpec({ text: vendorSpec(n, variety, at), name: 'bench.yaml' }, house);
    if (!adopted.ok) throw new Error(adopted.problem.message);
    const pinned = await pinCandidate(`bench-${n}`, {}, house);
    if (!pinned.ok) throw new Error(pinned.problem.message);
  }
  if (from > 0) return;
  const sources = await house.db.source.findMany({
    where: { kind: { in: ['github', 'gitlab', 'grafana'] } },
  });
  for (const { key } of sources) await setSourceToken(key, token, house);
}

type Cycle = VendorsTold & { readonly prometheus: number; readonly seconds: number; readonly kib: number };

/** The cycle after a change and the quiet one that follows, with the verdicts that they came to. */
async function show(what: string, cycle: () => Promise<Cycle>, house: House): Promise<void> {
  const adopted = await house.db.launch.count();
  console.log(`vendors: ${what}; one request a check would be ${adopted * checks}`);
  console.log(`  the cycle after a change: ${words(await cycle())}`);
  console.log(`  a quiet cycle: ${words(await cycle())}`);
  const verdicts = await house.db.$queryRaw<{ verdict: string; checks: bigint; why: string | null }[]>`
    SELECT standing->>'verdict' AS verdict, count(*) AS checks,
      min(coalesce(standing->'failure'->>'message', standing->'judgement'->>'sentence')) AS why
    FROM standing GROUP BY 1 ORDER BY 2 DESC`;
  for (const { verdict, checks: n, why } of verdicts)
    console.log(`  ${n} ${verdict}${verdict === 'pass' ? '' : `: ${why}`}`);
}

function words({ github, unchanged, counted, gitlab, grafana, prometheus, seconds, kib }: Cycle): string {
  const limit = `${unchanged} of them 304, ${counted} against the rate limit`;
  return `GitHub ${github} requests (${limit}), GitLab ${gitlab}, Grafana ${grafana}, Prometheus ${prometheus}; ${seconds.toFixed(2)} s, ${kib} KiB written`;
}

async function oneCycle(house: House, vendors: ChildProcess): Promise<Omit<Cycle, 'prometheus'>> {
  vendors.send('since');
  await told(vendors);
  const keys = await house.db.source.findMany({ select: { key: true } });
  const before = await walBytes(house);
  const began = performance.now();
  for (const { key } of keys) await collect(key, house);
  const seconds = (performance.now() - began) / 1000;
  const kib = Math.trunc(((await walBytes(house)) - before) / 1024);
  vendors.send('since');
  return { ...((await told(vendors)) as VendorsTold), seconds, kib };
}

/** What every write goes through: PostgreSQL's log. */
async function walBytes({ db }: House): Promise<number> {
  const [wal] = await db.$queryRaw<{ bytes: bigint }[]>`
    SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint AS bytes`;
  return Number(wal?.bytes ?? 0);
}

/** One bare request a check, eight at a time, for as long as the checks of one launch. */
async function baseline(at: VendorAddresses, outgoing: Outgoing): Promise<void> {
  const { origin, pathname } = new URL(at.github);
  const url = `${origin}/api/v3/repos${pathname}/commits?per_page=1`;
  const headers = { authorization: `Bearer ${token}` };
  const oneLaunch = () =>
    Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let n = 0; n < checks / 8; n += 1)
          await outgoing({ url, headers: { ...headers, 'x-n': String(n) } });
      }),
    );
  const tookMs = await medianMs(3, oneLaunch);
  console.log(
    `  the baseline, one bare request a check: ${tookMs.toFixed(0)} ms for the ${checks} of one launch, so ${((tookMs * launches) / 1000).toFixed(1)} s for ${launches} launches, with nothing judged or written`,
  );
}

async function told(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message');
  return message;
}
