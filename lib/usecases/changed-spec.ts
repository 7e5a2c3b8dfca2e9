import type { Problem, Result } from '#lib/domain/problem.ts';
import type { SourceSpec, Spec } from '#lib/domain/spec.ts';
import type { Reader } from '#lib/server/database.ts';
import {
  addSource,
  type CheckToName,
  editSource,
  type SourceChange,
  type SourceToAdd,
} from '#lib/spec/edit-source.ts';
import { meant } from '#lib/spec/faults.ts';
import { canonicalSpec } from '#lib/spec/read.ts';
import { type LaunchInForce, launchInForce } from './launch-in-force.ts';
import { planLaunch } from './plan.ts';
import { noSuchLaunch, refusal } from './problems.ts';
import { readSpec } from './read-spec.ts';
import { addressTrouble, isPlain } from './source-addresses.ts';
import { specMeanwhile } from './spec-meanwhile.ts';

/** A change of one source in a launch's spec, made over the version that was looked at. */
export interface SpecChange {
  readonly launch: string;
  /** The digest of that version. */
  readonly over: string;
  readonly change:
    | { readonly add: SourceToAdd }
    | { readonly edit: { readonly source: string; readonly values: SourceChange } };
}

/** A launch's spec with one source changed, read and found to say nothing else than before beside that. */
export interface ChangedSpec {
  readonly launch: LaunchInForce;
  readonly name: string;
  readonly before: string;
  readonly text: string;
  readonly spec: Spec;
  readonly source: SourceSpec;
  /** Checks that say which source they read, where there was only one before. */
  readonly named: readonly CheckToName[];
}

/** Makes the text of a launch's spec in which one source is changed or added. Changes nothing that is kept. */
export async function changedSpec(
  db: Reader,
  { launch: id, over, change }: SpecChange,
): Promise<Result<ChangedSpec>> {
  const launch = await launchInForce(db, id);
  if (!launch) return noSuchLaunch(id);
  const meanwhile = await specMeanwhile(db, launch, over);
  if (meanwhile) return { ok: false, problem: meanwhile };
  const problem = 'add' in change ? addTrouble(change.add) : editTrouble(launch.spec, change.edit);
  if (problem) return { ok: false, problem };
  const version = await db.specVersion.findUniqueOrThrow({ where: { digest: over } });
  const { sourceText: before, sourceName: name } = version;
  const edited = 'add' in change ? addSource(before, change.add, checksOf(launch, change.add)) : null;
  const text =
    'edit' in change ? editSource(before, change.edit.source, change.edit.values) : (edited?.text ?? null);
  if (text === null) return byHand('Its text is laid out so that this cannot be changed in it by itself.');
  const read = readSpec(text, name);
  if (!read.ok) return unreadable(read.problem);
  const { spec } = read.value;
  const sourceId = 'add' in change ? change.add.id : change.edit.source;
  const source = spec.sources.find((one) => one.id === sourceId);
  if (!source || without(spec, sourceId) !== without(launch.spec, sourceId))
    return byHand('What is written there is said of other parts of the spec too.');
  if (canonicalSpec(spec) === canonicalSpec(launch.spec))
    return refusal('invalid-input', 'The spec says that already: nothing changes.');
  return { ok: true, value: { launch, name, before, text, spec, source, named: edited?.named ?? [] } };
}

/** Checks that could read a source of its kind, with the one that they read. */
function checksOf(launch: LaunchInForce, { kind }: SourceToAdd): CheckToName[] {
  return planLaunch(launch).flatMap(({ kind: { sourceKinds }, item, check }) => {
    const index = item.checks.indexOf(check);
    const { source } = check;
    return source !== null && sourceKinds.includes(kind)
      ? [{ track: item.track, item: item.id, index, source }]
      : [];
  });
}

/** All that a spec says but of one source, and but what its checks take from it: their network, and their age. */
function without(spec: Spec, id: string): string {
  const others = spec.sources.filter((source) => source.id !== id);
  const tracks = spec.tracks.map((track) => ({
    ...track,
    items: track.items.map((item) => ({
      ...item,
      checks: item.checks.map((check) =>
        check.source === id ? { ...check, network: null, maxAgeMs: 0 } : check,
      ),
    })),
  }));
  return canonicalSpec({ ...spec, sources: others, tracks });
}

function addTrouble({ kind, address, ...texts }: SourceToAdd): Problem | null {
  const fault = addressTrouble(kind, address);
  if (fault)
    return refusal('invalid-input', `The address is not used: ${fault.message}`, fault.remedy).problem;
  return textTrouble(Object.values(texts));
}

function editTrouble(
  spec: Spec,
  { source, values }: { readonly source: string; readonly values: SourceChange },
): Problem | null {
  const ids = new Set(spec.sources.map(({ id }) => id));
  if (!ids.has(source))
    return refusal('not-found', `The spec has no source “${source}”.`, meant(source, ids)).problem;
  return textTrouble(Object.values(values));
}

/** Every text stands on one line of the spec, and holds nothing that a reader cannot see. */
function textTrouble(texts: readonly (string | null | undefined)[]): Problem | null {
  const isWrong = (text: string | null | undefined) =>
    typeof text === 'string' &&
    (text.trim() === '' || text.length > 200 || /[\t\r\n]/.test(text) || !isPlain(text));
  if (!texts.some(isWrong)) return null;
  const message = 'A value is empty, longer than 200 characters, or holds what cannot be seen.';
  return refusal('invalid-input', message, 'Type it on one line.').problem;
}

function byHand(why: string): Extract<Result<never>, { ok: false }> {
  return refusal('refused', why, 'Change the file in its repository, and adopt that version.');
}

/** The reader's own words for a value that it does not take; lines are those of the changed text. */
function unreadable({ faults, message }: Problem): Extract<Result<never>, { ok: false }> {
  const [first, ...more] = faults;
  if (!first) return refusal('invalid-input', message);
  const also = more.length > 0 ? ` And ${more.length} more.` : '';
  return refusal('invalid-input', `${first.message} (\`${first.path}\`)${also}`, first.remedy);
}
