import type { Outgoing } from '#lib/domain/outgoing.ts';
import type { Credential, Observation, Question, SourceContext } from '#lib/domain/question.ts';
import { questionKey } from '#lib/domain/question.ts';
import { readsCandidate, type SourceSpec } from '#lib/domain/spec.ts';
import type { House } from '#lib/server/house.ts';
import { askSource } from '#lib/sources/registry.ts';
import { AnswerBook, type RawAnswer } from './answer-book.ts';
import { askElsewhere, keyElsewhere, type Reach, type Wanted } from './ask-elsewhere.ts';
import { withNamesKnown } from './names-known.ts';
import type { PlannedCheck } from './plan.ts';

/** What one cycle over one physical source brought. */
export interface Asked {
  /** The observations of a planned check, in the order of its questions, then of those that followed. */
  readonly of: (planned: PlannedCheck) => readonly Observation[];
  /** All that the source itself said. */
  readonly observations: readonly Observation[];
  /** The vendor's raw answers, each with its digest (`sha256:…`). */
  readonly answers: readonly RawAnswer[];
  readonly requests: number;
  /** The latest instant before which the source asked not to be asked again; null where it named none. */
  readonly quietUntil: Date | null;
}

/** The edge that asking needs. The command line has no database. */
export type AskingHouse = Pick<House, 'outgoing' | 'now'> & { readonly cacheDir?: string };

/** A dashboard, its variables, those that rest on them, its panels: what follows goes no deeper. */
const mostRounds = 8;

/**
 * Asks one physical source everything that its checks want to know, each question once, whoever asks it. Checks that
 * read the candidate are asked for at their own launch's. What follows from answers is asked in further rounds; so is
 * what it has for other sources, and what it wants in place of what failed.
 */
export async function ask(
  planned: readonly PlannedCheck[],
  house: AskingHouse,
  credential: Credential | null,
  reach: Reach,
): Promise<Asked> {
  let quietUntilMs = 0;
  const outgoing: Outgoing = async (request) => {
    const reply = await house.outgoing(request);
    const retryAt = reply.ok ? reply.retryAt : reply.failure.retryAt;
    if (retryAt) quietUntilMs = Math.max(quietUntilMs, Date.parse(retryAt) || 0);
    return reply;
  };
  const { now, cacheDir } = house;
  const context = { outgoing, memory: house.outgoing, now, credential, ...(cacheDir ? { cacheDir } : {}) };
  const round = new Round(planned, context, reach);
  const questions = new Map(planned.map((check) => [check, check.questions]));
  const of = (check: PlannedCheck) =>
    (questions.get(check) ?? []).map((question) => round.answerTo({ check, question }));
  let growing = planned.filter(({ source }) => source !== null);
  for (let n = 0; n < mostRounds && growing.length > 0; n++) {
    await round.ask(
      growing.flatMap((check) => (questions.get(check) ?? []).map((question) => ({ check, question }))),
    );
    growing = growing.filter((check) => {
      const answered = of(check);
      if (answered.some(({ outcome }) => !outcome.ok)) return false;
      const all = [
        ...check.questions,
        ...check.kind
          .follows(answered, check.bound, check.check.source ?? '')
          .map((question) => withNamesKnown(question, check.launch.spec)),
      ];
      questions.set(check, all);
      return all.length > answered.length;
    });
  }
  const { answers, requests, observed: observations } = round.book;
  return {
    of,
    observations,
    answers,
    requests,
    quietUntil: quietUntilMs > 0 ? new Date(quietUntilMs) : null,
  };
}

type RoundContext = Omit<SourceContext, 'commit'>;

/** Asks questions that come in rounds, each once. */
class Round {
  readonly book = new AnswerBook();
  readonly #groups: ReadonlyMap<string, readonly PlannedCheck[]>;
  readonly #context: RoundContext;
  readonly #reach: Reach;
  /** What stands where a question failed, by that question's name. */
  readonly #instead = new Map<string, Wanted>();

  constructor(planned: readonly PlannedCheck[], context: RoundContext, reach: Reach) {
    this.#groups = Map.groupBy(planned, groupOf);
    this.#context = context;
    this.#reach = reach;
  }

  answerTo(wanted: Wanted): Observation {
    const other = this.#instead.size === 0 ? undefined : this.#instead.get(insteadKey(wanted));
    return this.book.get(keyOf(other ?? wanted));
  }

  async ask(wanted: readonly Wanted[]): Promise<void> {
    const unasked = this.#unasked(wanted);
    await this.#askAll(unasked);
    const others = wanted.flatMap((one): Wanted[] => {
      const observation = this.book.get(keyOf(one));
      if (observation.outcome.ok || this.#instead.has(insteadKey(one))) return [];
      const { check } = one;
      const question = check.kind.instead(observation, check.bound);
      if (!question) return [];
      this.#instead.set(insteadKey(one), { check, question });
      return [{ check, question }];
    });
    await this.#askAll(this.#unasked(others));
  }

  #unasked(wanted: readonly Wanted[]): readonly Wanted[] {
    const distinct = new Map(wanted.map((one) => [keyOf(one), one]));
    return [...distinct].flatMap(([key, one]) => (this.book.has(key) ? [] : [one]));
  }

  async #askAll(wanted: readonly Wanted[]): Promise<void> {
    const own = Map.groupBy(wanted.filter(isOwn), ({ check }) => groupOf(check));
    for (const [group, some] of own) await this.#askOwn(group, some);
    const others = Map.groupBy(
      wanted.filter((one) => !isOwn(one)),
      serverOf,
    );
    for (const some of others.values()) {
      const keys = new Map(some.map((one) => [one.question, keyOf(one)]));
      const brought = await askElsewhere(some, this.#reach, this.#context.now());
      this.book.take(brought, (question) => keys.get(question) ?? '');
    }
  }

  async #askOwn(group: string, wanted: readonly Wanted[]): Promise<void> {
    const checks = this.#groups.get(group) ?? [];
    const [first] = checks;
    if (!first?.source) return;
    const commit = first.launch.head.candidate?.commit ?? null;
    const questions = wanted.map(({ question }) => question);
    const brought = await askSource(merged(first.source, checks), questions, { ...this.#context, commit });
    this.book.observed.push(...this.book.take(brought, (question) => ownKey(group, question)));
  }
}

function keyOf(wanted: Wanted): string {
  return isOwn(wanted) ? ownKey(groupOf(wanted.check), wanted.question) : keyElsewhere(wanted);
}

function ownKey(group: string, question: Question): string {
  return `${group} ${questionKey(question)}`;
}

/** What stands in place of a failure is each check's own affair. */
function insteadKey(wanted: Wanted): string {
  const { launch, item, check } = wanted.check;
  return JSON.stringify([launch.head.id, item?.id, check.id, keyOf(wanted)]);
}

function serverOf({ check: { launch }, question: { source } }: Wanted): string {
  return JSON.stringify([launch.sources.get(source)?.key ?? launch.head.id, source]);
}

function isOwn({ check, question }: Wanted): boolean {
  return question.source === check.check.source;
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
