import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertRules } from '#e2e/node/alert-rules.ts';
import { prefill } from '#e2e/node/history.ts';
import { type RunningNode, startNode } from '#e2e/node/start.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import { buildRepository, type LaunchRepository } from '#e2e/repository/build.ts';
import type { Spec } from '#lib/domain/spec.ts';
import type { BoardView } from '#lib/domain/view.ts';
import { environment } from '#lib/server/env.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { checkOnce } from '#lib/usecases/check-once.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { firstState } from './state.ts';
import { beginStory, type Story } from './story.ts';

const binary = await findPrometheus(environment().prometheusBin);
const folder = mkdtempSync(join(tmpdir(), 'story-board-'));
const outgoing = createOutgoing({ allow: ['127.0.0.1'] });

function theBlock(): Spec {
  const file = new URL('../../launches/the-block.yaml', import.meta.url);
  const read = readSpec(readFileSync(file, 'utf8'), 'the-block.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.spec;
}

/** Promtool stands beside Prometheus wherever it is packaged. */
test.skipIf(binary === null)('the alert rules of the launch are rules to Prometheus’s own tool', () => {
  const file = join(folder, 'rules.yml');
  writeFileSync(file, alertRules(theBlock()));
  const said = execFileSync((binary ?? '').replace(/prometheus$/, 'promtool'), ['check', 'rules', file], {
    encoding: 'utf8',
  });
  expect(said).toContain(`${theBlock().alerts.length} rules found`);
});

let node: RunningNode;
let repository: LaunchRepository;
let prometheus: RunningPrometheus;
let candidate: string;
let story: Story;

beforeAll(async () => {
  if (binary === null) return;
  const spec = theBlock();
  node = await startNode({ state: firstState.node, ranForMs: 20 * 60_000 });
  repository = await buildRepository(join(folder, 'the-block'), firstState.changes);
  candidate = await repository.bring(firstState.changes);
  const run = (port?: number) =>
    startPrometheus({
      binary,
      targets: [{ job: 'node', addresses: [node.address] }],
      rules: alertRules(spec),
      dir: join(folder, 'prometheus'),
      ...(port === undefined ? {} : { port }),
    });
  await prefill(binary, join(folder, 'prometheus'), node.history('node'));
  prometheus = await run();
  let newest = candidate;
  story = beginStory({
    setNode: node.set,
    commit: async (changes) => {
      newest = await repository.bring(changes);
      return newest;
    },
    startPrometheus: async () => {
      prometheus = await run(prometheus.port);
    },
    stopPrometheus: () => prometheus.stop(),
    moveCandidate: async () => {
      candidate = newest;
    },
  });
});
afterAll(async () => {
  await prometheus?.stop();
  await node?.stop();
  await outgoing.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The states of these items on a board that is looked at once. */
async function look(): Promise<{
  readonly board: BoardView;
  readonly states: Readonly<Record<string, string>>;
}> {
  const addresses = { prometheus: prometheus.url, node: node.url, repository: repository.path };
  const once = await checkOnce({ spec: theBlock(), addresses, ref: candidate }, { outgoing, now: Date.now });
  if (!once.ok) throw new Error(once.problem.message);
  const rows = once.value.tracks.flatMap((track) => track.items);
  return { board: once.value, states: Object.fromEntries(rows.map((row) => [row.id, row.state])) };
}

/** Looks until these items have these states; says what they had when they do not get there. */
async function until(wanted: Readonly<Record<string, string>>): Promise<BoardView> {
  let seen = await look();
  const some = () => Object.fromEntries(Object.keys(wanted).map((id) => [id, seen.states[id]]));
  for (let tries = 0; tries < 60 && JSON.stringify(some()) !== JSON.stringify(wanted); tries += 1) {
    await pause(500);
    seen = await look();
  }
  expect(some()).toEqual(wanted);
  return seen.board;
}

test.skipIf(binary === null)(
  'the demo begins with a board one can believe, and its story moves it',
  { timeout: 180_000 },
  async () => {
    const first = await until({
      'treasury-metrics': 'ready',
      'treasury-dashboard': 'ready',
      'execution-lag': 'ready',
      'treasury-alerts': 'ready',
      'runbook-treasury-stuck': 'ready',
      'energy-metrics': 'fail',
      'energy-dashboard': 'fail',
      'oracle-latency': 'ready',
      'energy-alerts': 'ready',
      'energy-governance': 'ready',
      'receipts-metrics': 'ready',
      'receipts-flowing': 'ready',
      'settlement-audit': 'fail',
      'gate-workflow': 'fail',
      'gate-gitlab': 'ready',
      'gate-required': 'claimed',
      'metrics-coverage': 'fail',
      'coverage-script': 'ready',
      'readiness-checklist': 'fail',
      'final-approval': 'claimed',
    });
    expect(first.readiness.kind).toBe('not-ready');

    await story.tell('emit-fee-metric');
    await story.tell('break-governance');
    await until({ 'energy-metrics': 'ready', 'energy-governance': 'fail', 'metrics-coverage': 'ready' });

    await story.tell('finish-files');
    await story.tell('tick-checklist');
    await until({ 'energy-dashboard': 'fail', 'readiness-checklist': 'fail' });
    await story.tell('move-candidate');
    await until({
      'energy-dashboard': 'ready',
      'gate-workflow': 'ready',
      'settlement-audit': 'ready',
      'readiness-checklist': 'ready',
    });

    await story.tell('break-oracle');
    await story.tell('break-receipts');
    await until({ 'oracle-latency': 'fail' });

    await story.tell('stop-prometheus');
    await until({ 'treasury-metrics': 'unknown', 'oracle-latency': 'unknown', 'energy-dashboard': 'ready' });
    await story.tell('fix-oracle');
    await story.tell('start-prometheus');
    await until({ 'treasury-metrics': 'ready', 'receipts-metrics': 'ready' });
  },
);
