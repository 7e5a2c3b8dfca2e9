import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BoardView } from '#lib/domain/view.ts';
import { readEnvironment } from '#lib/server/env.ts';
import { startExposition } from '../prometheus/exposition.ts';
import { findPrometheus } from '../prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '../prometheus/start.ts';
import type { Drill, DrillSite } from './drill.ts';
import { startEndpoint } from './endpoint.ts';
import { type DrillHouse, rowsOf, startDrillHouse } from './house.ts';
import { waitFor, watch } from './wait.ts';

const maxAgeMs = 12_000;
const downMs = 30_000;

const spec = (at: { prometheus: string; node: string; repository: string }) => `format: big-green/v1
launch: { id: drill, title: Prometheus down, target: { at: 2035-01-01T00:00:00Z } }
candidate: { source: repository, ref: main }
defaults: { every: 2s, maxAge: ${maxAgeMs / 1000}s, freshWithin: 30s }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  prometheus: { kind: prometheus, address: '${at.prometheus}' }
  node: { kind: endpoint, address: '${at.node}' }
  repository: { kind: repository, address: '${at.repository}' }
metrics:
  drill:
    drill_peers: { type: gauge }
tracks:
  all:
    title: All
    lead: sre
    items:
      emitted: { title: Emitted, phase: launch, checks: [{ kind: metric, metric: drill_peers }] }
      peers: { title: Peers, phase: launch, checks: [{ kind: query, expr: drill_peers, is: { atLeast: 3 } }] }
      answers: { title: Answers, phase: launch, checks: [{ kind: endpoint, path: /status, assert: [{ at: /ok, equals: true }] }] }
      written: { title: Written, phase: launch, checks: [{ kind: file, path: RUNBOOK.md }] }
`;

const overPrometheus = ['emitted', 'peers'];
const overOthers = ['answers', 'written'];
const pages = ['', '/coverage', '/items/peers'].map((path) => `/launches/drill${path}`);

/** Stops a real Prometheus for longer than maxAge while everything else goes on, and starts it again. */
export const prometheusDown: Drill = {
  name: 'prometheus-down',
  about: 'Prometheus stops and comes back: silent, then unknown, never red, and all returns without a hand',
  withinMs: 240_000,
  run: async (site) => {
    const { prometheus, again } = await startOne(site);
    const node = await startEndpoint(site);
    const drill = await startDrillHouse(site);
    const repository = await commitRepository(site);
    await drill.adopt(spec({ prometheus: prometheus.url, node: node.url, repository }));
    const board = () => drill.board('drill');
    const isReady = (now: BoardView) => now.readiness.kind === 'ready-for-review';
    await waitFor('everything to be ready', 60_000, board, isReady);

    const seen = beginWatching(drill);
    const stoppedAtMs = Date.now();
    await prometheus.stop();
    site.say(`        stopped Prometheus for ${downMs / 1000} s; maxAge ${maxAgeMs / 1000} s`);
    await sleep(downMs);
    await whileDown(site, drill);
    await again();
    const startedAtMs = Date.now();
    await waitFor('everything to be ready again', 60_000, board, isReady);
    const backMs = Date.now() - startedAtMs;
    await seen.stop();

    const first = (state: string) => (seen.firstAtMs.get(state) ?? Number.NaN) - stoppedAtMs;
    const times = `silent after ${first('silent')} ms, unknown after ${first('unknown')} ms`;
    site.promise('its items go silent, then unknown', first('silent') < first('unknown'), times);
    site.promise(
      'no item is ever red',
      seen.reds.size === 0,
      [...seen.reds, `${seen.looks()} looks`].join('; '),
    );
    const kinds = [...seen.readiness].join(', ');
    site.promise('readiness is never worse than cannot tell', !seen.readiness.has('not-ready'), kinds);
    site.promise('items over other sources stay ready', seen.others.size === 1 && seen.others.has('ready'));
    site.promise(
      'other sources go on',
      seen.longestMs() < maxAgeMs,
      `oldest answer seen ${seen.longestMs()} ms`,
    );
    site.promise(
      'no page errs',
      seen.errors.length === 0,
      seen.errors[0] ?? `${pages.length} pages, ${seen.looks()} times`,
    );
    site.promise('all comes back without a hand', true, `${backMs} ms after Prometheus was ready`);
  },
};

/** Looks at board and pages twice a second, and keeps what was seen. */
function beginWatching(drill: DrillHouse) {
  const firstAtMs = new Map<string, number>();
  const readiness = new Set<string>();
  const others = new Set<string>();
  const reds = new Set<string>();
  const errors: string[] = [];
  let looks = 0;
  let longestMs = 0;
  const note = (state: string) => firstAtMs.set(state, firstAtMs.get(state) ?? Date.now());
  const watching = watch(500, async () => {
    const now = await drill.board('drill');
    looks += 1;
    readiness.add(now.readiness.kind);
    for (const row of rowsOf(now)) {
      if (row.state === 'fail') reds.add(`${row.id}: ${row.fact.lead} ${row.fact.rest}`);
      if (overOthers.includes(row.id)) others.add(row.state);
      else note(row.state === 'ready' && row.silentSince !== null ? 'silent' : row.state);
    }
    for (const { id, lastAnsweredAt } of now.sources) {
      if (id !== 'prometheus') longestMs = Math.max(longestMs, Date.now() - Date.parse(lastAnsweredAt ?? ''));
    }
    for (const path of pages) {
      const { status, text } = await drill.page(path);
      if (status !== 200 || /Something went wrong|Internal Server Error/.test(text))
        errors.push(`${path}: ${status}`);
    }
  });
  return {
    firstAtMs,
    readiness,
    others,
    reds,
    errors,
    looks: () => looks,
    longestMs: () => longestMs,
    stop: watching.stop,
  };
}

/** When the evidence is too old: the board says what it cannot tell, and how old the last good answer is. */
async function whileDown(site: DrillSite, drill: DrillHouse): Promise<void> {
  const { readiness } = await drill.board('drill');
  site.promise(
    'readiness cannot tell',
    readiness.kind === 'cannot-tell',
    `${readiness.title}: ${readiness.why}`,
  );
  for (const id of overPrometheus) {
    const [check] = (await drill.item('drill', id)).checks;
    const ageMs = Date.now() - Date.parse(check?.observedAt ?? '');
    const kept = check?.verdict === 'unknown' && check.judgement?.verdict === 'pass' && ageMs > maxAgeMs;
    const words = `“${id}” is unknown, with its age and last good evidence`;
    site.promise(words, kept, `${check?.verdict}, ${Math.round(ageMs / 1000)} s old: ${check?.sentence}`);
  }
}

async function startOne(
  site: DrillSite,
): Promise<{ prometheus: RunningPrometheus; again: () => Promise<void> }> {
  const env = readEnvironment();
  const binary = await findPrometheus(env.kind === 'environment' ? env.prometheusBin : undefined);
  if (!binary) throw new Error('there is no Prometheus on this machine; $PROMETHEUS_BIN may name one');
  const target = await startExposition('# TYPE drill_peers gauge\ndrill_peers 5\n');
  site.undo(target.stop);
  const dir = join(site.folder, 'prometheus');
  const options = { binary, dir, targets: [{ job: 'drill', addresses: [target.address] }] };
  const prometheus = await startPrometheus(options);
  site.undo(prometheus.stop);
  const again = async () => {
    const next = await startPrometheus({ ...options, port: prometheus.port });
    site.undo(next.stop);
  };
  return { prometheus, again };
}

async function commitRepository(site: DrillSite): Promise<string> {
  const folder = join(site.folder, 'repository');
  await mkdir(folder);
  await writeFile(join(folder, 'RUNBOOK.md'), '# Runbook\n');
  const author = ['-c', 'user.name=Drill', '-c', 'user.email=drill@example.org'];
  const git = (...args: string[]) => promisify(execFile)('git', ['-C', folder, ...author, ...args]);
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Begin');
  return folder;
}
