/** An entry as identity sees it. */
export interface Known {
  /** Numbers that stand for its words, each once. */
  readonly words: () => readonly number[];
  /** Numbers that stand for the text, and for what it has in common with other wordings of it. */
  readonly wording: number;
  readonly normal: number;
  /** Numbers that stand for the titles of the sections and entries around it: as written, and normal. */
  readonly place: number;
  readonly normalPlace: number;
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
  const keys: readonly ((one: Known) => number)[] = [
    (one) => keyOf(one.wording, one.place),
    (one) => keyOf(one.wording, one.normalPlace),
    (one) => keyOf(one.normal, one.normalPlace),
    (one) => one.wording,
    (one) => one.normal,
  ];
  let left = [...before.keys()];
  let fresh = [...now.keys()];
  for (const key of keys) {
    pair({ before, left }, { now, fresh }, key, found, taken);
    left = left.filter((index) => !taken.has(index));
    fresh = fresh.filter((index) => found[index] === null);
    if (left.length === 0 || fresh.length === 0) return found;
  }
  pairAlike(before, now, found, taken);
  return found;
}

function pair(
  { before, left }: { readonly before: readonly Known[]; readonly left: readonly number[] },
  { now, fresh }: { readonly now: readonly Known[]; readonly fresh: readonly number[] },
  key: (one: Known) => number,
  found: (number | null)[],
  taken: Set<number>,
): void {
  const first = new Map<number, number>();
  /** For an entry, the next one behind it with the same key; -1 where there is none. */
  const next = new Int32Array(before.length).fill(-1);
  for (let at = left.length - 1; at >= 0; at -= 1) {
    const index = left[at] ?? 0;
    const one = before[index];
    if (one === undefined) continue;
    const own = key(one);
    next[index] = first.get(own) ?? -1;
    first.set(own, index);
  }
  for (const index of fresh) {
    const one = now[index];
    if (one === undefined) continue;
    const own = key(one);
    const match = first.get(own) ?? -1;
    if (match < 0) continue;
    first.set(own, next[match] ?? -1);
    found[index] = match;
    taken.add(match);
  }
}

/** One number for two that are each below 2^26: a history has fewer wordings than that. */
function keyOf(wording: number, place: number): number {
  return wording * 2 ** 26 + place;
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
  const old = left.map(([index, one]) => ({ index, words: one.words(), place: one.normalPlace }));
  const having = new Map<number, number[]>();
  for (const [at, one] of old.entries()) {
    for (const word of one.words) {
      const list = having.get(word);
      if (list) list.push(at);
      else having.set(word, [at]);
    }
  }
  const common: number[] = [];
  for (const { words } of before)
    for (const word of words()) {
      for (let at = common.length; at <= word; at += 1) common.push(0);
      common[word] = (common[word] ?? 0) + 1;
    }
  const weigh = (word: number): number => Math.log(1 + before.length / (common[word] || 1)) + 0.1;
  const weight = (all: readonly number[]): number => all.reduce((sum, word) => sum + weigh(word), 0);
  const weights = old.map((one) => weight(one.words));
  const pairs: Likeness[] = [];
  for (const [index, one] of fresh) {
    const own = one.words();
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
  own: readonly number[],
  having: ReadonlyMap<number, readonly number[]>,
  weigh: (word: number) => number,
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
