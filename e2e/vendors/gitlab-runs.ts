import type { GitlabWorld, WorldJob } from '#e2e/gitlab/world.ts';
import type { GateRun } from './gate-runs.ts';
import type { Shown } from './github-runs.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/** Has GitLab's mirror hold these runs of the gate on these commits, as pipelines of its own. */
export function showOnGitlab(world: GitlabWorld, { gate, commits, runs }: Shown): void {
  world.pipelines = runs.map((run) => ({
    id: 80_000 + run.number,
    commit: commits[run.at] ?? '',
    ref: run.end === 'by-paths' ? 'refs/merge-requests/7/head' : 'main',
    status: run.end === 'failed' ? 'failed' : 'success',
    source: run.end === 'by-paths' ? 'merge_request_event' : 'push',
    createdAt: iso(run.startedMs - 15_000),
    updatedAt: iso(run.endedMs),
    startedAt: iso(run.startedMs),
    finishedAt: iso(run.endedMs),
    duration: Math.round((run.endedMs - run.startedMs) / 1000),
    yamlErrors: null,
  }));
  world.jobs = runs.flatMap((run) => jobsOf(gate.name, run));
}

/** A stride that failed first and was run again stands twice, the older one retried. One left out by paths is not there. */
function jobsOf(gate: string, run: GateRun): readonly WorldJob[] {
  const told = run.strides
    .filter(({ first }) => first !== 'skipped')
    .flatMap(({ id, first, endedMs }): Told[] => {
      const once = { name: id, startedMs: run.startedMs, endedMs };
      if (run.end === 'flaky' && first === 'failed')
        return [
          { ...once, failed: true, retried: true },
          { ...once, failed: false, retried: false },
        ];
      return [{ ...once, failed: first === 'failed', retried: false }];
    });
  const last: Told = {
    name: gate,
    startedMs: run.endedMs - 20_000,
    endedMs: run.endedMs,
    failed: run.end === 'failed',
    retried: false,
  };
  return [...told, last].map(({ name, startedMs, endedMs, failed, retried }, index) => ({
    id: (80_000 + run.number) * 100 + index,
    pipeline: 80_000 + run.number,
    name,
    status: failed ? 'failed' : 'success',
    allowFailure: false,
    failureReason: failed ? 'script_failure' : null,
    startedAt: iso(startedMs),
    finishedAt: iso(endedMs),
    retried,
    downstream: null,
  }));
}

interface Told {
  readonly name: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly failed: boolean;
  readonly retried: boolean;
}
