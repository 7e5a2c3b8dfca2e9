import type { Observation, Question } from '#lib/domain/question.ts';
import { questionKey } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import type { House } from '#lib/server/house.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { askSource } from '#lib/sources/registry.ts';
import type { PlannedCheck } from './plan.ts';

/** A vendor's raw answer, redacted. */
export interface RawAnswer {
  readonly url: string;
  readonly body: string;
  readonly digest: string;
}

/** What one cycle over one physical source brought. */
export interface Asked {
  /** The observations of a planned check, in the order of its questions. */
  readonly of: (planned: PlannedCheck) => readonly Observation[];
  readonly observations: readonly Observation[];
  /** The vendor's raw answers, each with its digest (`sha256:…`). */
  readonly answers: readonly RawAnswer[];
  readonly requests: number;
}

/** The edge that asking needs. The command line has no database. */
export type AskingHouse = Pick<House, 'outgoing' | 'now'> & { readonly cacheDir?: string };

/**
 * Asks one physical source everything that its checks want to know, each question once, whoever asks it. Checks that
 * read a repository are asked for at their own launch's candidate.
 */
export async function ask(planned: readonly PlannedCheck[], house: AskingHouse): Promise<Asked> {
  const groups = Map.groupBy(planned, groupOf);
  const found = new Map<string, Observation>();
  const answers: RawAnswer[] = [];
  let requests = 0;
  for (const [group, checks] of groups) {
    const first = checks[0];
    if (!first?.source) continue;
    const questions = distinct(checks.flatMap((check) => check.questions));
    const collection = await askSource(merged(first.source, checks), questions, {
      outgoing: house.outgoing,
      now: house.now,
      commit: first.launch.head.candidate?.commit ?? null,
      ...(house.cacheDir ? { cacheDir: house.cacheDir } : {}),
    });
    const offset = answers.length;
    for (const observation of collection.observations) {
      const moved = {
        ...observation,
        answers: observation.answers.map((index) => index + offset),
      } as Observation;
      found.set(`${group} ${questionKey(observation.question)}`, moved);
    }
    answers.push(...collection.answers.map((one) => ({ ...one, digest: `sha256:${sha256(one.body)}` })));
    requests += collection.requests;
  }
  const of = (check: PlannedCheck) =>
    check.questions.map((question) => {
      const observation = found.get(`${groupOf(check)} ${questionKey(question)}`);
      if (!observation) throw new Error(`The source left a question unanswered: ${questionKey(question)}.`);
      return observation;
    });
  return { of, observations: [...found.values()], answers, requests };
}

/** Checks that one asking can serve: for a repository those at one commit, for Prometheus those with one build label. */
function groupOf({ source, launch }: PlannedCheck): string {
  if (source?.kind === 'repository') return launch.head.candidate?.commit ?? 'none';
  const build = source?.buildInfo;
  return build ? `${build.metric} ${build.label}` : '';
}

function merged(source: SourceSpec, checks: readonly PlannedCheck[]): SourceSpec {
  const timeoutMs = Math.max(...checks.map((check) => check.source?.timeoutMs ?? 0));
  return { ...source, timeoutMs };
}

function distinct(questions: readonly Question[]): Question[] {
  return [...new Map(questions.map((question) => [questionKey(question), question])).values()];
}
