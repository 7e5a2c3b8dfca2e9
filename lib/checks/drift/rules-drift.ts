import type { DriftDifference, DriftKind } from '#lib/domain/drift.ts';
import { writeDuration } from '#lib/domain/duration.ts';
import { shown } from '../metrics/words.ts';
import { pairUp } from './pairs.ts';
import { QueryMeanings } from './query-meanings.ts';
import type { RuleRead } from './rules-read.ts';

/** Annotations that people name a runbook's address by. */
const runbookKeys = new Set(['runbook_url', 'runbook']);

/**
 * Where rules that a Prometheus has loaded say something else than a file's. Of what it has loaded besides, only what
 * stands in a group of the file's, or came from a file of its name, is held against it: other people have rules there
 * too. Pure; takes time in proportion to the rules.
 *
 * @param path of the file, by whose last part Prometheus names it
 */
export function rulesDrift(
  file: readonly RuleRead[],
  loaded: readonly RuleRead[],
  path: string,
): readonly DriftDifference[] {
  const kinds = new Set(file.map(({ kind }) => kind));
  const groups = new Set(file.map(({ group }) => group));
  const names = new Set(file.map(({ name }) => name));
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  const concerned = loaded.filter(
    (rule) =>
      kinds.has(rule.kind) && (groups.has(rule.group) || names.has(rule.name) || rule.file === fileName),
  );
  const {
    pairs,
    file: gone,
    runs: added,
  } = pairUp(file, concerned, [
    (rule) => `${idOf(rule)}\n${rule.group}`,
    idOf,
    (rule) => `${rule.kind} ${rule.name}\n${rule.group}`,
    ({ kind, name }) => `${kind} ${name}`,
  ]);
  const keyOf = namedOnce(file, added);
  const meanings = new QueryMeanings();
  return [
    ...pairs.flatMap(([one, other]) => ruleDrift(one, other, keyOf(one), meanings)),
    ...gone.map((rule) => whole(rule, 'rule-gone', keyOf(rule))),
    ...added.map((rule) => whole(rule, 'rule-added', `+${keyOf(rule)}`)),
  ];
}

/** An alert's name may stand twice: as a warning, and as critical. */
function idOf({ kind, name, labels }: RuleRead): string {
  return `${kind} ${name} ${labels?.severity ?? ''}`;
}

function namedOnce(...lists: readonly (readonly RuleRead[])[]): (rule: RuleRead) => string {
  const keys = new Map<RuleRead, string>();
  for (const rules of lists) {
    const met = new Map<string, number>();
    for (const rule of rules) {
      const number = (met.get(idOf(rule)) ?? 0) + 1;
      met.set(idOf(rule), number);
      keys.set(rule, `${idOf(rule)} ${number}`);
    }
  }
  return (rule) => keys.get(rule) ?? idOf(rule);
}

function placeOf({ group, name }: RuleRead): string {
  return `groups › “${group}” › rules › “${name}”`;
}

function whole(rule: RuleRead, kind: 'rule-gone' | 'rule-added', key: string): DriftDifference {
  const isGone = kind === 'rule-gone';
  const content = clip(rule.expr);
  return {
    kind,
    key,
    subject: shown(rule.name),
    at: placeOf(rule),
    file: isGone ? content : null,
    runs: isGone ? null : content,
    says: isGone ? 'rule is not loaded' : `rule is loaded in the group “${shown(rule.group)}”`,
  };
}

function ruleDrift(
  file: RuleRead,
  loaded: RuleRead,
  key: string,
  meanings: QueryMeanings,
): readonly DriftDifference[] {
  const found: DriftDifference[] = [];
  const add = (kind: DriftKind, part: string, one: string | null, other: string | null, says: string) =>
    found.push({
      kind,
      key: `${key}\n${part}`,
      subject: shown(file.name),
      at: `${placeOf(file)} › ${part}`,
      file: one === null ? null : clip(one),
      runs: other === null ? null : clip(other),
      says,
    });
  if (file.expr !== loaded.expr && meanings.of(file.expr) !== meanings.of(loaded.expr))
    add('rule-expression', 'expr', file.expr, loaded.expr, 'expression changed');
  if (file.group !== loaded.group)
    add('rule-group', 'group', file.group, loaded.group, `rule is in the group “${shown(loaded.group)}”`);
  const lengths = (part: string, kind: DriftKind, one: number | null, other: number | null, word: string) => {
    if (one === null || other === null || one === other) return;
    const [from, to] = [writeLength(one), writeLength(other)];
    add(kind, part, from, to, `${word} is ${to}, not ${from}`);
  };
  lengths('for', 'rule-for', file.forMs, loaded.forMs, '“for”');
  lengths(
    'keep_firing_for',
    'rule-keeps-firing',
    file.keepFiringForMs,
    loaded.keepFiringForMs,
    '“keep_firing_for”',
  );
  const [ours, theirs] = [file.labels, loaded.labels];
  for (const [label, one, other] of ours && theirs ? apart(ours, theirs) : []) {
    const isSeverity = label === 'severity';
    const word = isSeverity ? 'severity' : `label ${shown(label)}`;
    const kind = isSeverity ? 'rule-severity' : 'rule-label';
    add(kind, `labels › ${label}`, one, other, `${word} is ${say(other)}, not ${say(one)}`);
  }
  for (const [name, one, other] of apart(file.annotations, loaded.annotations)) {
    const isRunbook = runbookKeys.has(name);
    const says = isRunbook ? 'runbook link changed' : `annotation ${shown(name)} changed`;
    add(isRunbook ? 'rule-runbook' : 'rule-annotation', `annotations › ${name}`, one, other, says);
  }
  return found;
}

type Texts = Readonly<Record<string, string>>;

function apart(one: Texts, other: Texts): readonly (readonly [string, string | null, string | null])[] {
  const plain = (text: string | undefined) => (text === undefined ? null : text.replace(/\s+/g, ' ').trim());
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.flatMap((name) => {
    const [ours, theirs] = [plain(one[name]), plain(other[name])];
    return ours === theirs ? [] : [[name, ours, theirs] as const];
  });
}

function say(text: string | null): string {
  return text === null ? 'none' : `“${shown(text)}”`;
}

function writeLength(ms: number): string {
  return ms === 0 ? 'none' : writeDuration(ms);
}

function clip(text: string): string {
  return shown(text.replace(/\s+/g, ' ').trim(), 2000);
}
