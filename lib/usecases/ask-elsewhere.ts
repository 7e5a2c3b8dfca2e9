import type { Result } from '#lib/domain/problem.ts';
import { type Observation, type Question, questionKey } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { askSource } from '#lib/sources/registry.ts';
import type { Brought } from './answer-book.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import type { PlannedCheck } from './plan.ts';
import type { ReachedSource } from './reach-source.ts';

/** What it takes to ask another source of a launch than the one whose turn it is, or why that is not asked. */
export type Reach = (launch: LaunchInForce, source: SourceSpec) => Promise<Result<ReachedSource>>;

/** A question of a check. */
export interface Wanted {
  readonly check: PlannedCheck;
  readonly question: Question;
}

/** Names a question by the server it goes to: launches that share one share the answer. */
export function keyElsewhere({ check, question }: Wanted): string {
  const { launch } = check;
  const server = launch.sources.get(question.source)?.key ?? `${launch.head.id}/${question.source}`;
  return `elsewhere ${server} ${questionKey(question)}`;
}

/** Asks one other source everything that checks of this turn want from it; its own turns and health are as they were. */
export async function askElsewhere(wanted: readonly Wanted[], reach: Reach, nowMs: number): Promise<Brought> {
  const questions = wanted.map(({ question }) => question);
  const [first] = wanted;
  if (!first) return { observations: [], answers: [], requests: 0 };
  const { launch } = first.check;
  const source = launch.spec.sources.find(({ id }) => id === first.question.source);
  if (!source)
    throw new Error(`A check asks the source ${first.question.source}, which its spec does not have.`);
  const reached = await reach(launch, source);
  if (reached.ok) return askSource(reached.value.source, questions, reached.value.context);
  const { message } = reached.problem;
  // Nobody asked: that is silence, as for whoever reads the source itself.
  const failure = { kind: 'unreachable', message, status: null, retryAt: null } as const;
  const when = { observedAt: new Date(nowMs).toISOString(), tookMs: 0, answers: [] };
  const observations = questions.map(
    (question) => ({ question, ...when, outcome: { ok: false, failure } }) as Observation,
  );
  return { observations, answers: [], requests: 0 };
}
