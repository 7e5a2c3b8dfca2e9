import type { CheckCatalogue, RegisteredCheck } from '#lib/domain/check-kind.ts';
import { writeDuration } from '#lib/domain/duration.ts';
import type { CheckSpec, Confirm, SourceSpec } from '#lib/domain/spec.ts';
import { type Draft, type Reading, readEntry } from './draft.ts';
import { meant } from './faults.ts';
import { type CheckCommon, checkCommonKeys, checkCommonSchema } from './format-tracks.ts';
import { sourceOf } from './resolve-check-source.ts';
import { sayIssues, sayKeyNotOf } from './say-issues.ts';
import { keysOf } from './schema-walk.ts';
import { type MapNode, mapToJson, nodeAt, type Path, placeOf, textAt } from './tree.ts';
import { sayUnknownKeys } from './unknown-keys.ts';

/** What a check is read against. */
export interface CheckContext {
  readonly catalogue: CheckCatalogue;
  readonly sources: readonly SourceSpec[];
  /** Where each check stands that could be read; filled on the way. */
  readonly checkPaths: Map<CheckSpec, Path>;
}

/** Reads the checks of an item, as far as each can be read. */
export function readChecks(reading: Reading, draft: Draft, context: CheckContext, item: Path): CheckSpec[] {
  const path = [...item, 'checks'];
  const list = nodeAt(reading.root, path);
  const { faults } = reading;
  if (list?.kind !== 'list') {
    if (list === null)
      faults.add(path, '`checks` is missing: without one the item can never be ready.', addOne, 'key');
    else
      faults.add(path, '`checks` wants a list.', 'Begin each check with `- kind: …`, on a line of its own.');
    return [];
  }
  if (list.nodes.length === 0) {
    faults.add(path, '`checks` is empty: without one the item can never be ready.', addOne, 'key');
  }
  const ids = new Map<string, number>();
  return list.nodes.flatMap((node, index) => {
    const at = [...path, index];
    if (node.kind === 'map') return readCheck(reading, draft, context, { node, path: at, ids }) ?? [];
    faults.add(at, 'A check is a map of keys.', 'Write `- kind: …`, and its other keys below it.');
    return [];
  });
}

const addOne = 'Add at least one check.';

interface Written {
  readonly node: MapNode;
  readonly path: Path;
  /** Ids of the item's checks so far, with the number of their line. */
  readonly ids: Map<string, number>;
}

function readCheck(
  reading: Reading,
  draft: Draft,
  context: CheckContext,
  written: Written,
): CheckSpec | null {
  const { node, path } = written;
  const kindId = textAt(reading.root, [...path, 'kind']);
  const kind = kindId === null ? null : (context.catalogue.get(kindId) ?? null);
  if (kindId !== null && kind === null) {
    const remedy = meant(kindId, new Set(context.catalogue.keys()));
    reading.faults.add([...path, 'kind'], `\`${kindId}\` is no kind of check.`, remedy);
  }
  if (!node.entries.has('kind')) {
    const remedy = `Add \`kind\`. ${meant('', new Set(context.catalogue.keys()))}`;
    reading.faults.add([...path, 'kind'], '`kind` is missing.', remedy, 'key');
  }
  const others = new Set([...node.entries.keys()].filter((key) => !checkCommonKeys.has(key)));
  const common = readEntry(reading, path, checkCommonSchema, others);
  const fit = kind === null ? false : readParameters(reading, kind, written);
  const id = checkId(reading, written, kindId);
  const source = kind === null ? null : sourceOf(reading, draft, context.sources, { path, kind });
  if (common === null || kind === null || !fit) return null;
  if (common.confirm !== undefined && common.for !== undefined) {
    reading.faults.add(
      [...path, 'for'],
      'A check has either `confirm` or `for`.',
      'Remove one of them.',
      'key',
    );
  }
  const check: CheckSpec = {
    id,
    kind: kind.meta.id,
    source: source?.id ?? null,
    network: common.network ?? source?.network ?? null,
    maxAgeMs: maxAgeOf(reading, draft, path, common, source),
    confirm: confirmOf(common, draft),
    parameters: mapToJson(node, checkCommonKeys),
    line: placeOf(reading.root, path).line,
  };
  context.checkPaths.set(check, path);
  return check;
}

/** The kind's parameters: its own schema accepts them, and it knows every key. */
function readParameters(reading: Reading, kind: RegisteredCheck, { node, path }: Written): boolean {
  const { root, faults } = reading;
  const schema = kind.parameters;
  const known = keysOf(schema);
  const apart = new Set(checkCommonKeys);
  for (const key of node.entries.keys()) {
    if (apart.has(key) || known === null || known.includes(key)) continue;
    const names = new Set([...known, ...checkCommonKeys]);
    sayKeyNotOf(faults, [...path, key], `\`${kind.meta.id}\` check`, names);
    apart.add(key);
  }
  sayUnknownKeys(faults, node, path, schema, apart);
  const parsed = schema.safeParse(mapToJson(node, apart));
  if (!parsed.success) sayIssues(faults, { root, base: path, schema }, parsed.error.issues);
  return parsed.success && !faults.under(path);
}

/** As written, else the kind, with a number from the second on. */
function checkId({ root, faults }: Reading, { path, ids }: Written, kind: string | null): string {
  const written = textAt(root, [...path, 'id']);
  const { line } = placeOf(root, path);
  if (written !== null) {
    const first = ids.get(written);
    if (first !== undefined) {
      const message = `\`${written}\` is already a check of this item, on line ${first}.`;
      faults.add([...path, 'id'], message, 'Give each check of an item an id of its own.');
    }
    ids.set(written, line);
    return written;
  }
  const base = kind ?? 'check';
  let id = base;
  for (let count = 2; ids.has(id); count += 1) id = `${base}-${count}`;
  ids.set(id, line);
  return id;
}

const defaultMaxAgeMs = 300_000;
/** What a person states, and what is summed up from other items, does not grow old by the minute. */
const withoutSourceMaxAgeMs = 30 * 86_400_000;

/** Evidence that is older than its source is asked would be stale between any two askings. */
function maxAgeOf(
  { faults }: Reading,
  draft: Draft,
  path: Path,
  common: CheckCommon,
  source: SourceSpec | null,
): number {
  if (source === null) return common.maxAge ?? withoutSourceMaxAgeMs;
  const { everyMs } = source;
  const maxAgeMs = common.maxAge ?? draft.defaults.maxAge ?? Math.max(defaultMaxAgeMs, 3 * everyMs);
  if (maxAgeMs > everyMs) return maxAgeMs;
  const message = `Evidence would be too old after ${writeDuration(maxAgeMs)}, and its source \`${source.id}\` is asked every ${writeDuration(everyMs)}.`;
  const at = common.maxAge === undefined ? path : [...path, 'maxAge'];
  faults.add(at, message, `Write \`maxAge: ${writeDuration(3 * everyMs)}\` or more, or ask more often.`);
  return maxAgeMs;
}

function confirmOf(common: CheckCommon, draft: Draft): Confirm {
  if (common.for !== undefined) return { kind: 'duration', forMs: common.for };
  return { kind: 'observations', count: common.confirm ?? draft.defaults.confirm ?? 2 };
}
