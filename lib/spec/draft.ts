import type { z } from 'zod';
import { codePoint } from './characters.ts';
import { type Faults, type Names, refer } from './faults.ts';
import { documentKeys, documentSchema, sectionTitles } from './format.ts';
import { type GateEntry, gateSchema } from './format-gate.ts';
import {
  type CorrectionEntry,
  correctionSchema,
  type DashboardEntry,
  dashboardSchema,
  type KitFilesEntry,
  kitFilesSchema,
} from './format-kit.ts';
import {
  type CandidateEntry,
  candidateSchema,
  type DefaultsEntry,
  defaultsSchema,
  type LaunchEntry,
  type LengthsEntry,
  launchSchema,
  lengthsSchema,
  type PhaseEntry,
  phaseSchema,
  type RoleEntry,
  roleSchema,
} from './format-launch.ts';
import { type AlertEntry, alertSchema, type ThresholdEntry, thresholdSchema } from './format-metrics.ts';
import { type RunbookEntry, runbookSchema } from './format-runbooks.ts';
import { type SourceEntry, sourceSchema } from './format-sources.ts';
import { addIt } from './issue-words.ts';
import { sayIssues, sayKeyNotOf } from './say-issues.ts';
import { type Read, readId } from './scalars.ts';
import { keysOf, schemaAt } from './schema-walk.ts';
import { name } from './text.ts';
import { type MapNode, mapToJson, nodeAt, type Path, type SpecNode, toJson } from './tree.ts';
import { sayUnknownKeys } from './unknown-keys.ts';

/** A document under reading. */
export interface Reading {
  readonly root: SpecNode;
  readonly faults: Faults;
}

/** A section whose entries stand by id: all ids that are written, and the entries that could be read. */
export interface Section<T> {
  readonly names: Names;
  readonly entries: ReadonlyMap<string, T>;
}

/** The parts of a spec that stand by themselves, each read or null. */
export interface Draft {
  readonly launch: LaunchEntry | null;
  readonly candidate: CandidateEntry | null;
  readonly lengths: LengthsEntry | null;
  readonly defaults: DefaultsEntry;
  readonly networks: Section<string>;
  readonly phases: Section<PhaseEntry>;
  readonly roles: Section<RoleEntry>;
  readonly owners: Section<string>;
  readonly sources: Section<SourceEntry>;
  readonly thresholds: Section<ThresholdEntry>;
  readonly alerts: Section<AlertEntry>;
  readonly kit: KitFilesEntry;
  readonly dashboards: Section<DashboardEntry>;
  readonly gate: GateEntry | null;
  readonly runbooks: Section<RunbookEntry>;
  readonly corrections: Section<CorrectionEntry>;
}

/** Reads every part but metrics and tracks, and says what is wrong with each. */
export function readDraft(reading: Reading, root: MapNode): Draft {
  sayDocumentKeys(reading, root);
  const own = <T>(key: string, schema: z.ZodType<T>): T | null =>
    root.entries.has(key) ? readEntry(reading, [key], schema) : null;
  const section = <T>(key: keyof typeof sectionTitles, schema: z.ZodType<T>, readName = readId): Section<T> =>
    readSection(reading, key, sectionTitles[key], schema, readName);
  return {
    launch: own('launch', launchSchema),
    candidate: own('candidate', candidateSchema),
    lengths: own('lengths', lengthsSchema),
    defaults: own('defaults', defaultsSchema) ?? {},
    networks: section('networks', name('Its name on the board.')),
    phases: section('phases', phaseSchema, (input) => readId(input, '+')),
    roles: section('roles', roleSchema),
    owners: section('owners', name('Full name, as the board shows it.')),
    sources: section('sources', sourceSchema),
    thresholds: section('thresholds', thresholdSchema),
    alerts: section('alerts', alertSchema, readAlertName),
    kit: own('kit', kitFilesSchema) ?? {},
    dashboards: section('dashboards', dashboardSchema),
    gate: own('gate', gateSchema),
    runbooks: section('runbooks', runbookSchema),
    corrections: section('corrections', correctionSchema),
  };
}

function sayDocumentKeys({ faults }: Reading, root: MapNode): void {
  for (const key of root.entries.keys()) {
    if (!documentKeys.includes(key)) sayKeyNotOf(faults, [key], 'spec', new Set(documentKeys));
  }
  for (const key of ['format', 'launch', 'phases', 'tracks']) {
    if (root.entries.has(key)) continue;
    faults.add([key], `\`${key}\` is missing.`, addIt(key, schemaAt(documentSchema, [key])), 'key');
  }
  const format = root.entries.get('format')?.node;
  if (format && (format.kind !== 'scalar' || format.value !== 'big-green/v1')) {
    faults.add(['format'], 'This is not a format that Big Green reads.', 'Write `big-green/v1`.');
  }
}

/** Reads what stands at a path by a schema, and says what is wrong; null then. Keys in `skip` are read elsewhere. */
export function readEntry<T>(
  { root, faults }: Reading,
  path: Path,
  schema: z.ZodType<T>,
  skip: ReadonlySet<string> = new Set(),
): T | null {
  const node = nodeAt(root, path);
  if (node === null) return null;
  sayUnknownKeys(faults, node, path, schema, skip);
  const known = keysOf(schema);
  const without = (key: string): boolean => skip.has(key) || (known !== null && !known.includes(key));
  const value =
    node.kind === 'map' ? mapToJson(node, new Set([...node.entries.keys()].filter(without))) : toJson(node);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  sayIssues(faults, { root, base: path, schema }, parsed.error.issues);
  return null;
}

function readSection<T>(
  reading: Reading,
  key: string,
  what: string,
  schema: z.ZodType<T>,
  readName: (input: unknown) => Read<string>,
): Section<T> {
  const entries = new Map<string, T>();
  const names = new Set<string>();
  const map = mapAt(reading, [key]);
  const open = map ? map.entries.size === 0 && key === 'phases' : unread(reading, key);
  for (const id of map?.entries.keys() ?? []) {
    const path = [key, id];
    names.add(sayName(reading, path, readName(id)));
    const entry = readEntry(reading, path, schema);
    if (entry !== null) entries.set(id, entry);
  }
  return { names: { what, names, open }, entries };
}

/** Whether a section is at fault as a whole: mistyped, or not a map. */
export function unread({ root, faults }: Reading, key: string): boolean {
  return faults.isExcused([key]) || nodeAt(root, [key]) !== null;
}

/** Says what is wrong with an id, at the id. Gives the id that others refer to: the sound one, if it was meant. */
export function sayName({ faults }: Reading, path: Path, read: Read<string>): string {
  const written = String(path.at(-1));
  if (read.ok) return written;
  faults.add(path, read.message, read.remedy, 'key');
  return read.near ?? written;
}

/** The map at a path; null, and said, when something else stands there. */
export function mapAt({ root, faults }: Reading, path: Path): MapNode | null {
  const node = nodeAt(root, path);
  if (node === null || node.kind === 'map') return node;
  const key = String(path.at(-1));
  if (node.kind === 'scalar' && node.value === null) {
    faults.add(path, `\`${key}\` is empty.`, 'Fill it, or remove the key.', 'key');
  } else {
    faults.add(
      path,
      `\`${key}\` wants a map of names.`,
      'Write each entry as `name:`, indented, without `- `.',
    );
  }
  return null;
}

/** Says so when what is named at a path does not exist. */
export function sayUnknown({ root, faults }: Reading, path: Path, names: Names): void {
  refer(root, faults, path, names);
}

function readAlertName(input: unknown): Read<string> {
  const text = String(input);
  if (/^[A-Za-z_][A-Za-z0-9_]{0,199}$/.test(text)) return { ok: true, value: text };
  const foreign = [...text].find((character) => character > '~');
  const what = foreign === undefined ? '' : ` It holds ${codePoint(foreign)}.`;
  const remedy = 'Write letters, digits and `_`, such as `TreasuryBacklogHigh`.';
  return { ok: false, message: `\`${text.slice(0, 100)}\` is not a name for an alert.${what}`, remedy };
}
