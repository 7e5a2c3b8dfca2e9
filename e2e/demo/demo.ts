import { rm } from 'node:fs/promises';
import { readEnvironment } from '#lib/server/env.ts';
import { findPrometheus } from '../prometheus/find.ts';
import { sayEnded, sayRunning } from '../story/running.ts';
import { writers } from '../vendors/start.ts';
import { demos, killDatabase, makeFolder } from './place.ts';
import { type RunningDemo, startDemo } from './stack.ts';

/** `npm run demo`: all of it until Ctrl-C, which may come at any moment; a second one ends it without waiting. */
const env = readEnvironment();
if (env.kind !== 'environment') {
  console.error(env.message);
  process.exit(1);
}
const { runtimeDir, prometheusBin } = env;
const log = (text: string) => console.error(text);
const stopped = new AbortController();
let folder: string | null = null;
let running: RunningDemo | null = null;

let ending = false;
function end(code: number): void {
  if (ending) {
    killAll();
    return;
  }
  ending = true;
  log('Stopping …');
  stopped.abort();
  void starting.then(async () => {
    await running?.stop();
    await sayEnded(process.pid, demos);
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    process.exit(code);
  });
}

/** What it kept is thrown away when the next demo begins. */
function killAll(): void {
  running?.kill();
  if (folder !== null) void killDatabase(folder, runtimeDir).catch(() => {});
  setTimeout(() => process.exit(130), 200);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
// Whoever started this was killed.
process.on('disconnect', () => end(0));

async function start(): Promise<void> {
  const prometheusBinary = await findPrometheus(prometheusBin);
  if (prometheusBinary === null) log(noPrometheus);
  folder = await makeFolder(demos, runtimeDir);
  if (stopped.signal.aborted || env.kind !== 'environment') return;
  const prometheus = prometheusBinary === null ? '' : 'Prometheus, ';
  log(
    `Starting the node, its repository, its CI and Grafana, ${prometheus}PostgreSQL, the worker and the pages …`,
  );
  const gaveUp = (text: string) => {
    log(text);
    end(1);
  };
  const demo = await startDemo({ env, folder, prometheusBinary, log, gaveUp, signal: stopped.signal });
  if (demo.kind === 'running') {
    running = demo;
    await sayRunning({ url: demo.story, pid: process.pid }, demos);
    if (!ending) console.log(ready(demo));
  } else if (!ending) {
    log(demo.message);
    end(1);
  }
}

const ready = ({ board, story }: RunningDemo) => `
The board of The Block is at   ${board}
Its story is driven at         ${story}
or with                        npm run -s demo:story -- next

To propose the kit, give its GitHub ${writers.github},
or its GitLab mirror ${writers.gitlab}.

Each step says what to watch on the board. It answers this machine only. Ctrl-C stops everything.`;

const noPrometheus = `There is no Prometheus ${prometheusBin ? `at PROMETHEUS_BIN, ${prometheusBin}` : 'on this machine'}: the items over it will be unknown, and say so.
On Debian or Ubuntu install it with: sudo apt-get install --no-install-recommends prometheus`;

const starting = start().catch((error: unknown) => {
  log(error instanceof Error ? error.message : String(error));
  if (!ending) setImmediate(() => end(1));
});
