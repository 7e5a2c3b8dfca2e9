import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import type { BoardView } from '#lib/domain/view.ts';
import { environment } from '#lib/server/env.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { checkOnce } from '#lib/usecases/check-once.ts';
import { firstState, type StoryState } from '../story/state.ts';
import { tell } from '../story/steps.ts';
import { type Surroundings, startSurroundings, theBlock } from './surroundings.ts';

/** For a slow machine: each begins a Prometheus and waits until its rules were evaluated. */
const patient = { timeout: 90_000 };
const binary = await findPrometheus(environment().prometheusBin);
const folder = mkdtempSync(join(tmpdir(), 'demo-surroundings-'));
const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
let surroundings: Surroundings | undefined;
afterEach(() => surroundings?.stop());
afterAll(async () => {
  await outgoing.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As they would be had they been so for the last twenty minutes. */
async function begin(name: string, state: StoryState): Promise<Surroundings> {
  surroundings = await startSurroundings({
    folder: join(folder, name),
    prometheusBinary: binary,
    node: state.node,
    changes: state.changes,
    rules: state.rules,
    vendors: state,
  });
  return surroundings;
}

function stateAfter(...names: readonly string[]): StoryState {
  return names.reduce((state, name) => {
    const told = tell(name, state);
    return 'state' in told ? told.state : state;
  }, firstState);
}

/** Looks at the board until these items have these states; says what they had when they do not get there. */
async function until(
  wanted: Readonly<Record<string, string>>,
  { addresses, tokens }: Surroundings,
): Promise<BoardView> {
  const spec = await theBlock();
  for (let tries = 0; ; tries += 1) {
    const once = await checkOnce(
      { spec, addresses, tokens: new Map(Object.entries(tokens)), ref: 'main' },
      { outgoing, now: Date.now },
    );
    if (!once.ok) throw new Error(once.problem.message);
    const rows = once.value.tracks.flatMap((track) => track.items).filter(({ id }) => id in wanted);
    const states = Object.fromEntries(rows.map(({ id, state }) => [id, state]));
    if (tries === 40 || Object.keys(wanted).every((id) => states[id] === wanted[id])) {
      expect(states).toEqual(wanted);
      return once.value;
    }
    await pause(250);
  }
}

test.skipIf(binary === null && !environment().ci)(
  'the demo begins with a board one can believe',
  patient,
  async () => {
    const begun = await begin('beginning', firstState);
    const board = await until(
      {
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
        'gate-runs': 'ready',
        'gate-required': 'ready',
        'gate-gitlab-runs': 'ready',
        'treasury-grafana': 'ready',
        'energy-grafana': 'fail',
        'metrics-coverage': 'fail',
        'coverage-script': 'ready',
        'readiness-checklist': 'fail',
        'final-approval': 'claimed',
      },
      begun,
    );
    expect(board.readiness.kind).toBe('not-ready');
    const rules = execFileSync(
      (binary ?? '').replace(/prometheus$/, 'promtool'),
      ['check', 'rules', join(folder, 'beginning', 'prometheus', 'alert.rules.yml')],
      { encoding: 'utf8' },
    );
    expect(rules).toContain(`${(await theBlock()).alerts.length} rules found`);
  },
);

test.skipIf(binary === null && !environment().ci)('its good end is ready for review', patient, async () => {
  const board = await until(
    { 'success-criteria': 'ready' },
    await begin(
      'end',
      stateAfter('break gate', 'lose metrics', 'fail gate run', 'drop required', 'lose panel', 'finish'),
    ),
  );
  expect(board.readiness.kind).toBe('ready-for-review');
});

test.skipIf(binary === null && !environment().ci)(
  'what the story breaks is red on the board',
  patient,
  async () => {
    const broken = stateAfter(
      'break oracle',
      'break gate',
      'break governance',
      'stall receipts',
      'lose metrics',
      'fail gate run',
      'drop required',
      'move threshold',
      'move dashboard',
    );
    await until(
      {
        'oracle-latency': 'fail',
        'gate-workflow': 'fail',
        'energy-governance': 'fail',
        'receipts-flowing': 'fail',
        'treasury-metrics': 'fail',
        'gate-runs': 'fail',
        'gate-required': 'fail',
        'treasury-grafana': 'fail',
        'energy-grafana': 'fail',
      },
      await begin('broken', broken),
    );
  },
);
