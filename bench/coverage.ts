import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { startPrometheus } from '#e2e/prometheus/start.ts';
import { environment } from '#lib/server/env.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { coverageOnce } from '#lib/usecases/coverage-once.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { medianMs } from './median.ts';

const run = promisify(execFile);
const nameOf = (n: number) => `bench_metric_${String(n).padStart(5, '0')}`;

function specOf(count: number, address: string): string {
  const metrics = Array.from({ length: count }, (_, n) => `    ${nameOf(n)}: { type: gauge }`);
  return `format: big-green/v1
launch: { id: bench, title: Bench, target: { at: 2030-01-01T00:00:00Z } }
defaults: { freshWithin: 30s }
phases: { launch: { title: Launch, at: 2030-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  prometheus: { kind: prometheus, address: '${address}' }
metrics:
  bench:
${metrics.join('\n')}
tracks:
  all: { title: All, lead: sre, items: { all: { title: All, phase: launch, checks: [{ kind: metric-coverage }] } } }
`;
}

/** The built `coverage` beside one `curl | jq` a metric, and in one process beside one bare request. */
export async function coverageBench(): Promise<void> {
  const binary = await findPrometheus(environment().prometheusBin);
  if (!binary) {
    console.log('coverage: skipped, there is no Prometheus');
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'big-green-bench-'));
  const lines = Array.from({ length: 1000 }, (_, n) => `# TYPE ${nameOf(n)} gauge\n${nameOf(n)} ${n}`);
  const target = await startExposition(`${lines.join('\n')}\n`);
  const prometheus = await startPrometheus({
    binary,
    targets: [{ job: 'bench', addresses: [target.address] }],
  });
  await sleep(6000);
  try {
    for (const count of [17, 100, 1000]) await compare(count, prometheus.url, folder);
  } finally {
    await prometheus.stop();
    await target.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(count: number, url: string, folder: string): Promise<void> {
  const text = specOf(count, url);
  const file = join(folder, `${count}.yaml`);
  await writeFile(file, text);
  const ours = await medianMs(5, () =>
    run(process.execPath, ['dist/big-green.mjs', 'coverage', '--prometheus', url, '--spec', file]),
  );
  const script = join(folder, `${count}.sh`);
  const names = Array.from({ length: count }, (_, n) => nameOf(n)).join(' ');
  await writeFile(
    script,
    `for metric in ${names}; do\n  curl -s '${url}/api/v1/query' --data-urlencode "query=$metric" | jq '.data.result | length' >/dev/null\ndone\n`,
  );
  const theirs = await medianMs(1, () => run('bash', [script]));
  console.log(
    `coverage of ${count}: ${ours.toFixed(0)} ms; curl and jq a metric ${theirs.toFixed(0)} ms; ${(theirs / ours).toFixed(1)} times as fast`,
  );
  await inProcess(text, url);
}

async function inProcess(text: string, url: string): Promise<void> {
  const spec = readSpec(text, 'bench.yaml');
  if (!spec.ok) throw new Error(spec.problem.message);
  const sent: { url: string; body: string }[] = [];
  const real = createOutgoing({ allow: ['127.0.0.0/8'] });
  const outgoing: typeof real = Object.assign(
    (request: Parameters<typeof real>[0]) => {
      if (request.body) sent.push({ url: request.url, body: request.body });
      return real(request);
    },
    { close: () => real.close() },
  );
  const whole = await medianMs(15, () => coverageOnce(spec.value.spec, url, { outgoing, now: Date.now }));
  const query = sent.at(-1);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const bare = await medianMs(15, async () => {
    const answer = await fetch(query?.url ?? url, { method: 'POST', headers, body: query?.body ?? '' });
    return answer.json();
  });
  await real.close();
  console.log(
    `  in one process ${whole.toFixed(1)} ms; one bare request of the same PromQL ${bare.toFixed(1)} ms; ${(whole / bare).toFixed(2)} times`,
  );
}
