import { digestOf } from '#lib/canonical/digest.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { KitFileState } from '#lib/domain/kit-view.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { ProposalBase, ProposedFile } from '#lib/domain/proposal.ts';
import type { ProposalFileView } from '#lib/domain/proposal-view.ts';
import type { SourceContext } from '#lib/domain/question.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { askSource, proposalBase } from '#lib/sources/registry.ts';
import type { LaunchKit } from './launch-kit.ts';
import { placeKitFiles, wholeTextOf } from './place-kit-files.ts';
import { refusal } from './problems.ts';
import type { Target } from './proposal-target.ts';
import { filesHere } from './view-kit.ts';

/** A file of the kit held against the base: what would be written, or why nothing can be. */
export interface PreparedFile {
  readonly kit: KitFile;
  readonly act: ProposalFileView['act'];
  readonly says: string;
  /** Null where nothing is to be written. */
  readonly file: ProposedFile | null;
}

export interface Prepared {
  readonly base: ProposalBase;
  readonly files: readonly PreparedFile[];
  readonly same: number;
}

/**
 * Reads the base and holds the kit against it: documents are merged over its own text, whatever the candidate has. It
 * talks to the source, so it stands in no transaction.
 */
export async function prepareProposal(
  kit: LaunchKit,
  { source }: Target,
  context: Omit<SourceContext, 'commit'>,
): Promise<Result<Prepared>> {
  const base = await proposalBase(source, candidateRef(kit), { ...context, commit: null });
  if (!base.ok) return refusal('source-failed', base.failure.message);
  const paths = new Set(kit.files.flatMap(({ path }) => [path, ...foldersOf(path)]));
  const questions = [...paths].map((path) => ({ ask: 'file', source: source.id, path }) as const);
  const { observations } = await askSource(source, questions, { ...context, commit: base.value.commit });
  const seen = new Map<string, FileAtCommit>();
  for (const { question, outcome } of observations) {
    if (!outcome.ok) return refusal('source-failed', outcome.failure.message);
    if (question.ask === 'file') seen.set(question.path, outcome.value as FileAtCommit);
  }
  const here = filesHere(kit, { source, files: seen, unread: null });
  const good = new Set<KitFileState>(['same', 'on-purpose']);
  const differing = here.filter(({ state }) => !good.has(state));
  const files = differing.map(({ file, compared: { fact } }) => prepare(file, fact, seen));
  const order: readonly PreparedFile['act'][] = ['add', 'change', 'none'];
  return {
    ok: true,
    value: {
      base: base.value,
      files: order.flatMap((act) => files.filter((one) => one.act === act)),
      same: here.length - differing.length,
    },
  };
}

/** The ref that the candidate is taken from, a branch by its short name; null where none is named. */
export function candidateRef({ launch }: LaunchKit): string | null {
  const ref = launch.head.candidate?.ref ?? launch.spec.candidate?.ref ?? null;
  return ref?.replace(/^refs\/heads\//, '') ?? null;
}

/** The files that a proposal is made of; those that are missing where none are named. */
export function chosenFiles(
  { files }: Prepared,
  paths: readonly string[] | undefined,
): Result<readonly ProposedFile[]> {
  const wanted = new Set(paths ?? files.filter(({ act }) => act === 'add').map(({ kit }) => kit.path));
  for (const path of wanted) {
    const prepared = files.find(({ kit }) => kit.path === path);
    if (prepared?.file) continue;
    const why = prepared?.says ?? 'the kit has no such file, or the repository has it as it is';
    return refusal('conflict', `“${path.slice(0, 200)}” cannot be proposed: ${why}.`, 'Look again.');
  }
  return {
    ok: true,
    value: files.flatMap(({ kit, file }) => (file && wanted.has(kit.path) ? [file] : [])),
  };
}

/** The digest of what is proposed, whatever its base: the same files to be written have the same. */
export function digestOfFiles(files: readonly ProposedFile[]): string {
  const told = files.map(({ path, executable, text }) => ({ path, executable, text: sha256(text) }));
  return digestOf(
    told.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    sha256,
  );
}

/** The branch of a proposal, named by its digest. */
export function branchOf(files: readonly ProposedFile[]): string {
  return `big-green/kit-${digestOfFiles(files).slice('sha256:'.length, 'sha256:'.length + 8)}`;
}

function prepare(kit: KitFile, fact: string, seen: ReadonlyMap<string, FileAtCommit>): PreparedFile {
  const none = (says: string): PreparedFile => ({ kit, act: 'none', says, file: null });
  const blocked = foldersOf(kit.path).find(
    (path) => !['folder', 'absent'].includes(seen.get(path)?.found ?? ''),
  );
  if (blocked !== undefined) return none(`${blocked} is a ${seen.get(blocked)?.found} there, and no folder`);
  const there = seen.get(kit.path);
  if (!there) return none(fact);
  const { path, text, executable } = kit;
  if (there.found === 'absent') {
    if (there.alike !== null) return none(`${there.alike} is there, which differs in letter case alone`);
    const says = executable ? `${kit.title}, which can be run` : kit.title;
    return { kit, act: 'add', says, file: { path, text, executable, was: null } };
  }
  if (there.found !== 'file' || there.text === null) return none(fact);
  const was = { text: wholeTextOf(there), executable: there.executable ?? executable };
  const placed = placeKitFiles([kit], new Map([[path, was]]));
  if (!placed.ok) return none(placed.message);
  const [one] = placed.value;
  if (!one || (one.file.text === was.text && one.file.executable === was.executable)) return none(fact);
  const says = one.merged?.slice(`${path}: `.length) ?? `${kit.title}: ${fact}`;
  return { kit, act: 'change', says, file: { ...one.file, was: { executable: was.executable } } };
}

/** The folders above a path, the outermost first. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
