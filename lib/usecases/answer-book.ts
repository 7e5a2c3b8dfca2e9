import type { Observation, Question } from '#lib/domain/question.ts';
import { sha256 } from '#lib/server/sha256.ts';

/** A vendor's raw answer, redacted. */
export interface RawAnswer {
  readonly url: string;
  readonly body: string;
  readonly digest: string;
}

/** What one asking brought. */
export interface Brought {
  readonly observations: readonly Observation[];
  readonly answers: readonly { readonly url: string; readonly body: string }[];
  readonly requests: number;
}

/** All that the askings of one cycle brought, by the names under which it was asked. */
export class AnswerBook {
  readonly answers: RawAnswer[] = [];
  /** All that the source itself said; what others did is kept by its name alone. */
  readonly observed: Observation[] = [];
  requests = 0;
  readonly #found = new Map<string, Observation>();

  has(key: string): boolean {
    return this.#found.has(key);
  }

  /** @throws when nobody answered: each source answers each question, if only by a failure */
  get(key: string): Observation {
    const observation = this.#found.get(key);
    if (!observation) throw new Error(`The source left a question unanswered: ${key}.`);
    return observation;
  }

  /** Takes what an asking brought; its raw answers keep their places behind those before them. */
  take(brought: Brought, keyOf: (question: Question) => string): readonly Observation[] {
    const offset = this.answers.length;
    const moved = brought.observations.map(
      (one) => ({ ...one, answers: one.answers.map((index) => index + offset) }) as Observation,
    );
    for (const one of moved) this.#found.set(keyOf(one.question), one);
    this.answers.push(...brought.answers.map((one) => ({ ...one, digest: `sha256:${sha256(one.body)}` })));
    this.requests += brought.requests;
    return moved;
  }
}
