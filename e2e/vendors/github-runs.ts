import type { GithubWorld, WorldJob } from '#e2e/github/world.ts';
import type { GateSpec } from '#lib/domain/kit-spec.ts';
import type { GateRun } from './gate-runs.ts';

const actions = { id: 15_368, name: 'GitHub Actions' };
const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** Has GitHub hold these runs of the gate on these commits, and require the gate on main or not. */
export function showOnGithub(
  world: GithubWorld,
  { gate, commits, runs }: Shown,
  { required }: { readonly required: boolean },
): void {
  world.workflows = [{ id: 11, name: gate.name, path: gate.github?.file ?? '', state: 'active' }];
  world.runs = runs.map((run) => {
    const attempts =
      run.end === 'flaky' ? [jobsOf(gate, run, 1), jobsOf(gate, run, 2)] : [jobsOf(gate, run, 1)];
    return {
      id: 30_000 + run.number,
      workflow: 11,
      commit: commits[run.at] ?? '',
      branch: run.end === 'by-paths' ? 'runbooks' : 'main',
      number: run.number,
      attempt: attempts.length,
      event: run.end === 'by-paths' ? 'pull_request' : 'push',
      status: 'completed',
      conclusion: run.end === 'failed' ? 'failure' : 'success',
      startedAt: iso(run.startedMs),
      updatedAt: iso(run.endedMs),
      attempts,
    };
  });
  world.checks = runs.map((run) => ({
    name: gate.name,
    commit: commits[run.at] ?? '',
    at: iso(run.endedMs),
    app: actions,
  }));
  world.protection.set('main', { checks: null, shownToAll: false });
  const checks = required ? [{ context: gate.name, app: actions.id }] : [];
  world.rules.set('main', { checks, workflows: [] });
}

/** What both vendors are shown. */
export interface Shown {
  readonly gate: GateSpec;
  /** Ids of the commits on main, by their place. */
  readonly commits: readonly string[];
  readonly runs: readonly GateRun[];
}

function jobsOf(gate: GateSpec, run: GateRun, attempt: number): readonly WorldJob[] {
  const strides = run.strides.map(({ title, first, endedMs }) => {
    const end = attempt > 1 && first === 'failed' ? 'passed' : first;
    return job(title, run.startedMs, endedMs, end);
  });
  const failed = strides.some(({ conclusion }) => conclusion === 'failure');
  return [
    job('Choose strides', run.startedMs - 12_000, run.startedMs, 'passed'),
    ...strides,
    job(gate.name, run.endedMs - 20_000, run.endedMs, failed ? 'failed' : 'passed'),
  ];
}

const conclusions = { passed: 'success', failed: 'failure', skipped: 'skipped' } as const;

function job(name: string, startedMs: number, endedMs: number, end: keyof typeof conclusions): WorldJob {
  const conclusion = conclusions[end];
  return { name, status: 'completed', conclusion, startedAt: iso(startedMs), completedAt: iso(endedMs) };
}
