import type { GateSpec } from '#lib/domain/kit-spec.ts';

/**
 * How a run of the gate ends. `flaky`: a stride fails, and passes when it is run again. `by-paths`: a pull request's own
 * run, in which strides were left out because of its paths; main got no run, being pushed together with the next commit.
 */
export type RunEnd = 'passed' | 'failed' | 'flaky' | 'by-paths';

/** How the gate stands at both vendors. Plain data: the story changes it. */
export interface CiState {
  /** By a commit's place on main: its runs, the oldest first. Others have one that passed. */
  readonly runs: Readonly<Record<number, readonly RunEnd[]>>;
  /** Whether the gate is required on main. */
  readonly required: boolean;
}

/** How the runs on the commit at a place ended, the oldest first. */
export function runsOn(ci: CiState, at: number): readonly RunEnd[] {
  return ci.runs[at] ?? ['passed'];
}

/** One run of the gate, as both vendors tell it in words of their own. */
export interface GateRun {
  /** Of the commit on main. */
  readonly at: number;
  readonly number: number;
  readonly end: RunEnd;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly strides: readonly StrideRun[];
}

interface StrideRun {
  readonly id: string;
  readonly title: string;
  /** Of a flaky run: on its first attempt. */
  readonly first: 'passed' | 'failed' | 'skipped';
  readonly endedMs: number;
}

/** The stride that fails where one does. */
const weak = 'replay';

/** When a commit's first, second … run began, and which of all it is. Asked again, it says the same. */
export type Begun = (at: number, repeat: number) => { readonly number: number; readonly startedMs: number };

/** The runs on so many commits. Durations swing by run and stride within the gate's limits, always in the same way. */
export function gateRuns(gate: GateSpec, commits: number, ci: CiState, begun: Begun): readonly GateRun[] {
  const runs: GateRun[] = [];
  for (let at = 0; at < commits; at += 1) {
    for (const [repeat, end] of runsOn(ci, at).entries()) {
      const { number, startedMs } = begun(at, repeat);
      const strides = gate.strides.map(({ id, title, withinMs, paths }, place): StrideRun => {
        const share = 0.34 + 0.05 * ((number * 7 + place * 3) % 5);
        const first =
          end === 'by-paths' && paths.length > 0
            ? 'skipped'
            : id === weak && (end === 'failed' || end === 'flaky')
              ? 'failed'
              : 'passed';
        return { id, title, first, endedMs: startedMs + Math.round(withinMs * share) };
      });
      const endedMs = Math.max(...strides.map((stride) => stride.endedMs)) + 20_000;
      runs.push({ at, number, end, startedMs, endedMs, strides });
    }
  }
  return runs;
}
