import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { prometheusConfig, type ScrapeJob } from './config.ts';

export interface PrometheusOptions {
  /** From `findPrometheus`. */
  readonly binary: string;
  readonly targets: readonly ScrapeJob[];
  /** Rule files (YAML) by their names. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Default 1 000. */
  readonly scrapeIntervalMs?: number;
  /** Default: the scrape interval. */
  readonly evaluationIntervalMs?: number;
  /** Where configuration and data are kept; left in place at the end. Default: a folder that goes with it. */
  readonly dir?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Default `15d`. */
  readonly retention?: string;
  /** Names for `--enable-feature`. */
  readonly features?: readonly string[];
}

export interface RunningPrometheus {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Writes a new configuration and lets it take effect. */
  readonly reload: (change: Pick<PrometheusOptions, 'targets' | 'rules'>) => Promise<void>;
  /** Ends it and waits until it is gone. Safe to call twice. */
  readonly stop: () => Promise<void>;
}

/** What can be expected to go wrong: it did not start, with its own last words. */
export class PrometheusDidNotStart extends Error {}

/**
 * Starts a real Prometheus on loopback and waits until it is ready. It ends with this process if not before.
 * @throws PrometheusDidNotStart when it ends early or is not ready within 20 s
 */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'big-green-prometheus-')));
  await mkdir(join(dir, 'data'), { recursive: true });
  await configure(dir, options, options);
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    options.binary,
    [
      `--config.file=${join(dir, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(dir, 'data')}`,
      `--storage.tsdb.retention.time=${options.retention ?? '15d'}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.external-url=${url}`,
      '--log.level=warn',
      ...(options.features?.length ? [`--enable-feature=${options.features.join(',')}`] : []),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const said: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    said.push(chunk.toString());
    if (said.length > 20) said.shift();
  });

  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= end(child).then(async () => {
      process.removeListener('exit', endWithUs);
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
    });
    return stopping;
  };
  const failed = await untilReady(url, child);
  if (failed !== null) {
    await stop();
    throw new PrometheusDidNotStart(`${failed} ${said.join('').trim()}`.trim());
  }
  return {
    url,
    port,
    pid: child.pid ?? 0,
    reload: async (change) => {
      await configure(dir, options, change);
      child.kill('SIGHUP');
    },
    stop,
  };
}

async function configure(
  dir: string,
  options: PrometheusOptions,
  { targets, rules = {} }: Pick<PrometheusOptions, 'targets' | 'rules'>,
): Promise<void> {
  const scrapeIntervalMs = options.scrapeIntervalMs ?? 1000;
  for (const [name, text] of Object.entries(rules)) await writeFile(join(dir, name), text);
  await writeFile(
    join(dir, 'prometheus.yml'),
    prometheusConfig({
      jobs: targets,
      scrapeIntervalMs,
      evaluationIntervalMs: options.evaluationIntervalMs ?? scrapeIntervalMs,
      ruleFiles: Object.keys(rules),
    }),
  );
}

/** Null when ready, else what happened. */
async function untilReady(url: string, child: ChildProcess): Promise<string | null> {
  let error: Error | null = null;
  child.once('error', (cause) => {
    error = cause;
  });
  for (const began = Date.now(); Date.now() - began < 20_000; await sleep(50)) {
    if (error !== null) return `Prometheus could not be started: ${String(error)}.`;
    if (child.exitCode !== null) return `Prometheus ended with code ${child.exitCode}.`;
    const answer = await fetch(`${url}/-/ready`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return null;
  }
  return 'Prometheus was not ready within 20 s.';
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(late);
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
