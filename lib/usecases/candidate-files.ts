import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Observation } from '#lib/domain/question.ts';
import { readsCandidate, type SourceSpec } from '#lib/domain/spec.ts';
import { standingKey } from '#lib/domain/standing.ts';
import { readObservations } from '#lib/evidence/observation-store.ts';
import type { House } from '#lib/server/house.ts';
import { askSource } from '#lib/sources/registry.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';
import { reachSource } from './reach-source.ts';

/** Files of the launch's repository as its candidate has them. */
export interface CandidateFiles {
  readonly source: SourceSpec | null;
  readonly files: ReadonlyMap<string, FileAtCommit>;
  /** Why one or more could not be read; null when all were. */
  readonly unread: { readonly message: string; readonly remedy: string } | null;
}

/** A page waits for a repository no longer than this. */
const longestMs = 5000;
const stillHere = 'The files of the kit are here all the same.';
/** In characters of their texts. */
const mostKept = 32 * 1024 * 1024;

/** Files by source, commit and path: what a commit holds never changes. */
const kept = new Map<string, FileAtCommit>();
let lengthKept = 0;

/**
 * Reads files at the candidate's commit: what checks have read from their evidence, the rest from the repository in
 * one go, outside any transaction. Never the work tree.
 */
export async function candidateFiles(
  launch: LaunchInForce,
  paths: readonly string[],
  at: House,
): Promise<CandidateFiles> {
  const source = repositoryOf(launch);
  const none = { source, files: new Map<string, FileAtCommit>() };
  if (!source) {
    const remedy = 'Name the repository under `sources` and under `candidate` in the spec.';
    return { ...none, unread: { message: 'The spec names no repository to compare with.', remedy } };
  }
  const commit = launch.head.candidate?.commit ?? null;
  if (commit === null) {
    const message = 'No candidate is pinned, so there is no commit to compare with.';
    return { ...none, unread: { message, remedy: 'Pin one on the board.' } };
  }
  const keyOf = (path: string) => `${source.address} ${commit} ${path}`;
  const files = new Map<string, FileAtCommit>();
  for (const path of paths) {
    const known = kept.get(keyOf(path));
    if (known) files.set(path, known);
  }
  const wanted = () => paths.filter((path) => !files.has(path));
  for (const file of await fromEvidence(launch, source, wanted(), at)) {
    if (file.commit === commit) files.set(file.path, file);
  }
  const unread = await fromRepository(launch, source, wanted(), files, at);
  for (const [path, file] of files) keep(keyOf(path), file);
  return { source, files, unread };
}

/**
 * Where the candidate is taken from, be it Git itself or a vendor that has the repository, else the first repository
 * there is; at the address this installation has.
 */
export function repositoryOf(launch: LaunchInForce): SourceSpec | null {
  const { sources, candidate } = launch.spec;
  const source =
    sources.find(({ id, kind }) => id === candidate?.source && readsCandidate(kind)) ??
    sources.find(({ kind }) => kind === 'repository');
  return source ? { ...source, address: launch.sources.get(source.id)?.address ?? source.address } : null;
}

async function fromEvidence(
  launch: LaunchInForce,
  source: SourceSpec,
  paths: readonly string[],
  at: House,
): Promise<readonly FileAtCommit[]> {
  if (paths.length === 0) return [];
  const wanted = new Set(paths);
  const readers = planLaunch(launch).filter(
    ({ check, questions }) =>
      check.source === source.id && questions.some((one) => one.ask === 'file' && wanted.has(one.path)),
  );
  if (readers.length === 0) return [];
  const keyOf = ({ item, check }: PlannedCheck) => ({
    launch: launch.head.id,
    item: item.id,
    check: check.id,
  });
  const seen = await readObservations(at.db, readers.map(keyOf));
  return readers
    .flatMap(({ item, check }) => seen.get(standingKey(item.id, check.id)) ?? [])
    .flatMap((observation) => fileOf(observation) ?? [])
    .filter(({ path }) => wanted.has(path));
}

async function fromRepository(
  launch: LaunchInForce,
  source: SourceSpec,
  paths: readonly string[],
  files: Map<string, FileAtCommit>,
  at: House,
): Promise<CandidateFiles['unread']> {
  if (paths.length === 0) return null;
  const reached = await reachSource(launch, source, at);
  if (!reached.ok) return { message: reached.problem.message, remedy: stillHere };
  const bounded = { ...reached.value.source, timeoutMs: Math.min(source.timeoutMs, longestMs) };
  const questions = paths.map((path) => ({ ask: 'file', source: source.id, path }) as const);
  const { observations } = await askSource(bounded, questions, reached.value.context);
  for (const observation of observations) {
    const file = fileOf(observation);
    if (file) files.set(file.path, file);
  }
  const failed = observations.find(({ outcome }) => !outcome.ok);
  if (!failed || failed.outcome.ok) return null;
  return { message: failed.outcome.failure.message, remedy: stillHere };
}

function fileOf({ question, outcome }: Observation): FileAtCommit | null {
  return question.ask === 'file' && outcome.ok ? (outcome.value as FileAtCommit) : null;
}

/** Keeps a file, the newest asked for last; the oldest go first. */
function keep(key: string, file: FileAtCommit): void {
  forget(key);
  kept.set(key, file);
  lengthKept += lengthOf(key, file);
  for (const oldest of kept.keys()) {
    if (lengthKept <= mostKept) break;
    forget(oldest);
  }
}

function forget(key: string): void {
  const file = kept.get(key);
  if (file && kept.delete(key)) lengthKept -= lengthOf(key, file);
}

function lengthOf(key: string, { text }: FileAtCommit): number {
  return key.length + (text?.length ?? 0);
}
