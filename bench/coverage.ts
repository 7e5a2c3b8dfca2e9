import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { startPrometheus } from '#e2e/prometheus/start.ts';
import type { Outgoing } from '#lib/domain/outgoing.ts';
import { environment } from '#lib/server/env.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { coverageOnce } from '#lib/usecases/coverage-once.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { interleavedMs } from './interleaved.ts';
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
  // A bare request is as heavy as its window is full: 30 s of samples, as a running Prometheus has them.
  await sleep(32_000);
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

/**
 * The same in this process, in turns with one fetch of the same query and its `json()`; both keep their connections.
 * Types serve again as in the worker (decision 11); then with types asked for each time.
 */
async function inProcess(text: string, url: string): Promise<void> {
  const read = readSpec(text, 'bench.yaml');
  if (!read.ok) throw new Error(read.problem.message);
  const { spec } = read.value;
  const sent: { url: string; body: string }[] = [];
  const real = createOutgoing({ allow: ['127.0.0.0/8'] });
  const listening: Outgoing = (request) => {
    if (request.body) sent.push({ url: request.url, body: request.body });
    return real(request);
  };
  await coverageOnce(spec, url, { outgoing: listening, now: Date.now });
  const [query] = sent;
  if (!query) throw new Error('The coverage was found without a query.');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const bareRequest = async () =>
    (await fetch(query.url, { method: 'POST', headers, body: query.body })).json();
  const askingAll: Outgoing = ({ servesForMs: _, ...request }) => real(request);
  for (const [outgoing, words] of [
    [real, 'in one process'],
    [askingAll, 'with types asked for each time'],
  ] as const) {
    const [whole, bare] = await interleavedMs(
      31,
      () => coverageOnce(spec, url, { outgoing, now: Date.now }),
      bareRequest,
    );
    console.log(
      `  ${words} ${whole.toFixed(1)} ms; one bare request of the same PromQL ${bare.toFixed(1)} ms; ${(whole / bare).toFixed(2)} times`,
    );
  }
  await real.close();
}
