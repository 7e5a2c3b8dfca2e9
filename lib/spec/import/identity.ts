import { words } from './wording.ts';

/** An entry as identity sees it. */
export interface Known {
  readonly text: string;
  readonly normal: string;
  /** Titles of the sections and entries around it, as one key: as written, and as `normal` has them. */
  readonly place: string;
  readonly normalPlace: string;
}

/** How many of the other version an entry is held against, at most. */
const mostCandidates = 60;
/** Of entries that share one word so many are looked at: a word in hundreds of them tells little. */
const mostHaving = 200;
const alikeEnough = 0.55;

/**
 * For each entry now, the index of the one before that it is; null for a new one. By the same text at the same place,
 * then the same text, then the same wording at the same place, then the same wording, then likeness: words in common,
 * rare ones weighing more (Dice's coefficient over inverse document frequencies), at the same place more than elsewhere.
 */
export function identify(before: readonly Known[], now: readonly Known[]): readonly (number | null)[] {
  const found: (number | null)[] = now.map(() => null);
  const taken = new Set<number>();
  const keys: readonly ((one: Known) => string)[] = [
    (one) => `${one.text}\0${one.place}`,
    (one) => `${one.text}\0${one.normalPlace}`,
    (one) => `${one.normal}\0${one.normalPlace}`,
    (one) => one.text,
    (one) => one.normal,
  ];
  for (const keyOf of keys) pair(before, now, keyOf, found, taken);
  pairAlike(before, now, found, taken);
  return found;
}

function pair(
  before: readonly Known[],
  now: readonly Known[],
  keyOf: (one: Known) => string,
  found: (number | null)[],
  taken: Set<number>,
): void {
  const waiting = new Map<string, number[]>();
  for (let index = before.length - 1; index >= 0; index -= 1) {
    const one = before[index];
    if (one === undefined || taken.has(index)) continue;
    const key = keyOf(one);
    const list = waiting.get(key);
    if (list) list.push(index);
    else waiting.set(key, [index]);
  }
  if (waiting.size === 0) return;
  for (const [index, one] of now.entries()) {
    if (found[index] !== null) continue;
    const match = waiting.get(keyOf(one))?.pop();
    if (match === undefined) continue;
    found[index] = match;
    taken.add(match);
  }
}

interface Likeness {
  readonly before: number;
  readonly now: number;
  readonly score: number;
}

function pairAlike(
  before: readonly Known[],
  now: readonly Known[],
  found: (number | null)[],
  taken: Set<number>,
): void {
  const left = [...before.entries()].filter(([index]) => !taken.has(index));
  const fresh = [...now.entries()].filter(([index]) => found[index] === null);
  if (left.length === 0 || fresh.length === 0) return;
  const old = left.map(([index, one]) => ({ index, words: words(one.text), place: one.normalPlace }));
  const having = new Map<string, number[]>();
  for (const [at, one] of old.entries()) {
    for (const word of one.words) {
      const list = having.get(word);
      if (list) list.push(at);
      else having.set(word, [at]);
    }
  }
  const common = new Map<string, number>();
  for (const { text } of before)
    for (const word of words(text)) common.set(word, (common.get(word) ?? 0) + 1);
  const weigh = (word: string): number => Math.log(1 + before.length / (common.get(word) ?? 1)) + 0.1;
  const weight = (all: ReadonlySet<string>): number => [...all].reduce((sum, word) => sum + weigh(word), 0);
  const weights = old.map((one) => weight(one.words));
  const pairs: Likeness[] = [];
  for (const [index, one] of fresh) {
    const own = words(one.text);
    const total = weight(own);
    for (const [candidate, shared] of candidatesFor(own, having, weigh)) {
      const other = old[candidate];
      if (!other) continue;
      const alike = (2 * shared) / (total + (weights[candidate] ?? 0));
      const score = alike + (other.place === one.normalPlace ? 0.1 : 0);
      if (score >= alikeEnough) pairs.push({ before: other.index, now: index, score });
    }
  }
  pairs.sort((one, other) => other.score - one.score || one.now - other.now || one.before - other.before);
  for (const one of pairs) {
    if (found[one.now] !== null || taken.has(one.before)) continue;
    found[one.now] = one.before;
    taken.add(one.before);
  }
}

/** Entries before that share the rarest words, with the weight of what they share. */
function candidatesFor(
  own: ReadonlySet<string>,
  having: ReadonlyMap<string, readonly number[]>,
  weigh: (word: string) => number,
): ReadonlyMap<number, number> {
  const shared = new Map<number, number>();
  const rarest = [...own]
    .filter((word) => having.has(word))
    .sort((one, other) => (having.get(one)?.length ?? 0) - (having.get(other)?.length ?? 0))
    .slice(0, 40);
  for (const word of rarest) {
    const weightOf = weigh(word);
    for (const at of (having.get(word) ?? []).slice(0, mostHaving)) {
      const sum = shared.get(at);
      if (sum !== undefined) shared.set(at, sum + weightOf);
      else if (shared.size < mostCandidates) shared.set(at, weightOf);
    }
  }
  return shared;
}
