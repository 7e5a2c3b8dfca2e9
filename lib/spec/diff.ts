import { canonicalJson } from '#lib/canonical/canonical.ts';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { CheckSpec, ItemSpec, Spec, ThresholdSpec } from '#lib/domain/spec.ts';

/** What a new version of a spec changes. `where` names an item, an item's check or a threshold by its id. */
export interface SpecDiff {
  readonly added: readonly ItemSpec[];
  readonly removed: readonly ItemSpec[];
  readonly levels: readonly { readonly before: ItemSpec; readonly after: ItemSpec }[];
  /** Items of both whose checks or sign-off rule differ. */
  readonly changed: readonly ItemSpec[];
  /** Bounds, counts of signatures and checks of blockers that ask for less than before. */
  readonly loosened: readonly { readonly where: string; readonly words: string }[];
}

/** What changed from one version of a spec to the next. Pure. */
export function diffSpecs(before: Spec, after: Spec): SpecDiff {
  const old = itemsOf(before);
  const now = itemsOf(after);
  const pairs = [...old.values()].flatMap((item) => {
    const same = now.get(item.id);
    return same ? [{ before: item, after: same }] : [];
  });
  return {
    added: [...now.values()].filter(({ id }) => !old.has(id)),
    removed: [...old.values()].filter(({ id }) => !now.has(id)),
    levels: pairs.filter((pair) => pair.before.level !== pair.after.level),
    changed: pairs.filter((pair) => ruleOf(pair.before) !== ruleOf(pair.after)).map((pair) => pair.after),
    loosened: [
      ...pairs.filter((pair) => pair.before.level === 'blocker').flatMap(loosenedItem),
      ...loosenedThresholds(before.thresholds ?? [], after.thresholds ?? []),
    ],
  };
}

/** Ids of the blockers that a new version takes away, and of those that it makes less than blockers. */
export function weakened({ removed, levels, loosened }: SpecDiff): {
  readonly removedBlockers: string[];
  readonly demoted: string[];
  readonly loosened: string[];
} {
  return {
    removedBlockers: removed.filter(({ level }) => level === 'blocker').map(({ id }) => id),
    demoted: levels.filter((pair) => pair.before.level === 'blocker').map((pair) => pair.after.id),
    loosened: loosened.map(({ where }) => where),
  };
}

/** The changes as sentences, what weakens the spec first. */
export function diffWords(diff: SpecDiff): string[] {
  const named = ({ title, id, level }: ItemSpec) => `“${title}” (${id}, ${level})`;
  const weaker = (pair: SpecDiff['levels'][number]) => pair.before.level === 'blocker';
  const levels = [...diff.levels].sort((a, b) => Number(weaker(b)) - Number(weaker(a)));
  const [blockers, others] = [true, false].map((is) =>
    diff.removed.filter(({ level }) => (level === 'blocker') === is),
  );
  return [
    ...(blockers ?? []).map((item) => `Blocker removed: ${named(item)}.`),
    ...levels.map((pair) => {
      const what = weaker(pair) ? 'Blocker demoted' : 'Level changed';
      return `${what}: “${pair.after.title}” (${pair.after.id}) from ${pair.before.level} to ${pair.after.level}.`;
    }),
    ...diff.loosened.map(({ where, words }) => `Loosened: ${where}, ${words}.`),
    ...(others ?? []).map((item) => `Item removed: ${named(item)}.`),
    ...diff.added.map((item) => `Item added: ${named(item)}.`),
    ...diff.changed.map((item) => `Rule changed: ${named(item)}.`),
  ];
}

function itemsOf(spec: Spec): Map<string, ItemSpec> {
  return new Map(spec.tracks.flatMap(({ items }) => items.map((item) => [item.id, item] as const)));
}

function ruleOf({ checks, signOff }: ItemSpec): string {
  const rules = checks.map(({ line: _line, ...rule }): Json => ({ ...rule, confirm: { ...rule.confirm } }));
  return canonicalJson({ rules, signOff: { ...signOff } });
}

function loosenedItem({ before, after }: SpecDiff['levels'][number]): SpecDiff['loosened'][number][] {
  const gone = before.checks.filter(({ id }) => !after.checks.some((check) => check.id === id));
  const bounds = before.checks.flatMap((check) => {
    const same = after.checks.find(({ id, kind }) => id === check.id && kind === check.kind);
    return same ? loosenedCheck(`${before.id}/${check.id}`, check, same) : [];
  });
  const signatures = Object.entries(before.signOff).flatMap(([role, count]) => {
    const left = after.signOff[role] ?? 0;
    return left < count
      ? [{ where: before.id, words: `${role} signs ${left} times where it was ${count}` }]
      : [];
  });
  return [
    ...gone.map(({ id }) => ({ where: `${before.id}/${id}`, words: 'the check is gone' })),
    ...bounds,
    ...signatures,
  ];
}

const upper = ['atMost', 'below'];
const lower = ['atLeast', 'above'];

function loosenedCheck(where: string, before: CheckSpec, after: CheckSpec): SpecDiff['loosened'][number][] {
  const [old, now] = [boundsOf(before.parameters.is), boundsOf(after.parameters.is)];
  const bounds = [...upper, ...lower].flatMap((name) => {
    const [was, is] = [old[name], now[name]];
    if (was === undefined || is === was) return [];
    // A bound that is written in another way is a changed rule; only the same one can be told to be looser.
    if (is === undefined) return [];
    const looser = upper.includes(name) ? is > was : is < was;
    return looser ? [{ where, words: `${name} ${is} where it was ${was}` }] : [];
  });
  const known = new Set(meantIn(before.parameters));
  const meant = meantIn(after.parameters).filter((at) => !known.has(at));
  return [
    ...bounds,
    ...loosenedCounts(where, before.parameters, after.parameters),
    ...meant.map((at) => ({ where, words: `${at} may differ` })),
  ];
}

/** Least numbers that checks ask for beside `is`. Coverage that says none asks for every metric. */
const least = ['atLeast', 'commands', 'minBytes'];

function loosenedCounts(
  where: string,
  before: JsonObject,
  after: JsonObject,
): SpecDiff['loosened'][number][] {
  return least.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (typeof is !== 'number') return [];
    if (was === undefined && name === 'atLeast')
      return [{ where, words: `atLeast ${is} where it was every one` }];
    return typeof was === 'number' && is < was ? [{ where, words: `${name} ${is} where it was ${was}` }] : [];
  });
}

/** Places where a file of the kit may differ. */
function meantIn({ onPurpose }: JsonObject): readonly string[] {
  if (!Array.isArray(onPurpose)) return [];
  return onPurpose.flatMap((one: Json) =>
    typeof one === 'object' && one !== null && 'at' in one && typeof one.at === 'string' ? [one.at] : [],
  );
}

function boundsOf(is: Json | undefined): Readonly<Record<string, number>> {
  if (typeof is !== 'object' || is === null || Array.isArray(is)) return {};
  return Object.fromEntries(
    Object.entries(is).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  );
}

function loosenedThresholds(
  before: readonly ThresholdSpec[],
  after: readonly ThresholdSpec[],
): SpecDiff['loosened'][number][] {
  return before.flatMap((old) => {
    const now = after.find(({ id }) => id === old.id);
    if (!now) return [{ where: old.id, words: 'the threshold is gone' }];
    // Bounds of another side cannot be told to be looser.
    if (now.side !== old.side) return [];
    return (['warning', 'critical'] as const).flatMap((severity) => {
      const [was, is] = [old[severity], now[severity]];
      if (was === null) return [];
      if (is === null) return [{ where: old.id, words: `${severity} ${old.side} ${was} is gone` }];
      const looser = old.side === 'above' ? is > was : is < was;
      return looser ? [{ where: old.id, words: `${severity} ${old.side} ${is} where it was ${was}` }] : [];
    });
  });
}
