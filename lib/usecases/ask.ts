import type { Outgoing } from '#lib/domain/outgoing.ts';
import type { Credential, Observation, Question } from '#lib/domain/question.ts';
import { questionKey } from '#lib/domain/question.ts';
import { readsCandidate, type SourceSpec } from '#lib/domain/spec.ts';
import type { House } from '#lib/server/house.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { askSource } from '#lib/sources/registry.ts';
import {
  type AskedElsewhere,
  askElsewhere,
  keyElsewhere,
  type QuestionElsewhere,
  type Reach,
} from './ask-elsewhere.ts';
import type { PlannedCheck } from './plan.ts';

/** A vendor's raw answer, redacted. */
export interface RawAnswer {
  readonly url: string;
  readonly body: string;
  readonly digest: string;
}

/** What one cycle over one physical source brought. */
export interface Asked {
  /** The observations of a planned check, in the order of its questions, then of those that followed. */
  readonly of: (planned: PlannedCheck) => readonly Observation[];
  readonly observations: readonly Observation[];
  /** The vendor's raw answers, each with its digest (`sha256:…`). */
  readonly answers: readonly RawAnswer[];
  readonly requests: number;
  /** The latest instant before which the source asked not to be asked again; null where it named none. */
  readonly quietUntil: Date | null;
}

/** The edge that asking needs. The command line has no database. */
export type AskingHouse = Pick<House, 'outgoing' | 'now'> & { readonly cacheDir?: string };

/**
 * Asks one physical source everything that its checks want to know, each question once, whoever asks it. Checks that
 * read the candidate are asked for at their own launch's. What follows from answers is asked in a second round; what
 * that has for other sources, or wants in place of what failed, of those after it.
 */
export async function ask(
  planned: readonly PlannedCheck[],
  house: AskingHouse,
  credential: Credential | null,
  reach: Reach,
): Promise<Asked> {
  const groups = Map.groupBy(planned, groupOf);
  const found = new Map<string, Observation>();
  const answers: RawAnswer[] = [];
  let requests = 0;
  let quietUntilMs = 0;
  const outgoing: Outgoing = async (request) => {
    const reply = await house.outgoing(request);
    const retryAt = reply.ok ? reply.retryAt : reply.failure.retryAt;
    if (retryAt) quietUntilMs = Math.max(quietUntilMs, Date.parse(retryAt) || 0);
    return reply;
  };
  const following = new Map<PlannedCheck, readonly Question[]>();
  const instead = new Map<PlannedCheck, ReadonlyMap<Question, Question>>();
  const elsewhere = new Map<string, Observation>();
  const answerTo = (check: PlannedCheck, question: Question): Observation => {
    const observation = isOwn(check, question)
      ? found.get(`${groupOf(check)} ${questionKey(question)}`)
      : elsewhere.get(keyElsewhere({ check, question }));
    if (!observation) throw new Error(`The source left a question unanswered: ${questionKey(question)}.`);
    return observation;
  };
  const keep = (
    to: Map<string, Observation>,
    keyOf: (question: Question) => string,
    more: AskedElsewhere,
  ) => {
    const offset = answers.length;
    for (const one of more.observations) {
      const moved = { ...one, answers: one.answers.map((index) => index + offset) } as Observation;
      to.set(keyOf(one.question), moved);
    }
    answers.push(...more.answers.map((one) => ({ ...one, digest: `sha256:${sha256(one.body)}` })));
    requests += more.requests;
  };
  for (const [group, checks] of groups) {
    const first = checks[0];
    if (!first?.source) continue;
    const source = merged(first.source, checks);
    const context = {
      outgoing,
      memory: house.outgoing,
      now: house.now,
      commit: first.launch.head.candidate?.commit ?? null,
      credential,
      ...(house.cacheDir ? { cacheDir: house.cacheDir } : {}),
    };
    const askAll = async (questions: readonly Question[]) => {
      keep(
        found,
        (question) => `${group} ${questionKey(question)}`,
        await askSource(source, questions, context),
      );
    };
    await askAll(distinct(checks.flatMap((check) => check.questions)));
    for (const check of checks) {
      const answered = check.questions.map((question) => answerTo(check, question));
      const more = answered.every(({ outcome }) => outcome.ok)
        ? check.kind.follows(answered, check.bound, check.check.source ?? '')
        : [];
      if (more.length > 0) following.set(check, more);
    }
    const more = distinct(
      checks.flatMap((check) => (following.get(check) ?? []).filter((question) => isOwn(check, question))),
    );
    const unasked = more.filter((question) => !found.has(`${group} ${questionKey(question)}`));
    if (unasked.length > 0) await askAll(unasked);
  }
  const askOthers = async (wanted: readonly QuestionElsewhere[]) => {
    const unasked = new Map(wanted.map((one) => [keyElsewhere(one), one]));
    for (const key of elsewhere.keys()) unasked.delete(key);
    const bySource = Map.groupBy(unasked.values(), ({ check, question }) =>
      JSON.stringify([
        check.launch.sources.get(question.source)?.key ?? check.launch.head.id,
        question.source,
      ]),
    );
    for (const same of bySource.values()) {
      const keys = new Map(same.map((one) => [one.question, keyElsewhere(one)]));
      keep(elsewhere, (question) => keys.get(question) ?? '', await askElsewhere(same, reach, house.now()));
    }
  };
  await askOthers(
    [...following].flatMap(([check, questions]) =>
      questions.filter((one) => !isOwn(check, one)).map((question) => ({ check, question })),
    ),
  );
  for (const [check, questions] of following) {
    const others = questions.flatMap((question): [Question, Question][] => {
      const observation = answerTo(check, question);
      const other = observation.outcome.ok ? null : check.kind.instead(observation, check.bound);
      return other ? [[question, other]] : [];
    });
    instead.set(check, new Map(others));
  }
  await askOthers(
    [...instead].flatMap(([check, others]) => [...others.values()].map((question) => ({ check, question }))),
  );
  const of = (check: PlannedCheck) =>
    [...check.questions, ...(following.get(check) ?? [])].map((question) =>
      answerTo(check, instead.get(check)?.get(question) ?? question),
    );
  const quietUntil = quietUntilMs > 0 ? new Date(quietUntilMs) : null;
  return { of, observations: [...found.values()], answers, requests, quietUntil };
}

function isOwn({ check }: PlannedCheck, { source }: Question): boolean {
  return source === check.source;
}

/** Checks that one asking can serve: for a repository those at one commit, for Prometheus those with one build label. */
function groupOf({ source, launch }: PlannedCheck): string {
  if (source && readsCandidate(source.kind)) return launch.head.candidate?.commit ?? 'none';
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
