import type { RunsView } from '#lib/domain/drift.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type {
  KitCorrectionView,
  KitFileState,
  KitFileView,
  KitTexts,
  KitView,
} from '#lib/domain/kit-view.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Result } from '#lib/domain/problem.ts';
import { type House, house } from '#lib/server/house.ts';
import { type CandidateFiles, candidateFiles } from './candidate-files.ts';
import { type Compared, compareKitFile, type Meant } from './compare-kit.ts';
import type { FileHere } from './compare-running.ts';
import { kitDrift } from './kit-drift.ts';
import { driftOf, kitSummary } from './kit-summary.ts';
import { kitFileOf, type LaunchKit, launchKit } from './launch-kit.ts';
import { placeKitFiles } from './place-kit-files.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';

/** Differences listed of one file; the rest is counted. */
const mostDifferences = 100;

/** The files that the spec yields, each beside what the repository has at the candidate's commit. */
export async function viewKit(id: string, at: House = house()): Promise<Result<KitView>> {
  const kit = await launchKit(id, at);
  if (!kit.ok) return kit;
  const { launch, files } = kit.value;
  const paths = files.map(({ path }) => path);
  const seen = await candidateFiles(launch, paths, at);
  const here = filesHere(kit.value, seen);
  const drift = await kitDrift(kit.value, here, at);
  const views = here.map((one) => fileView(one, drift.places.get(one.file.path) ?? []));
  const { source } = seen;
  return {
    ok: true,
    value: {
      at: new Date(at.now()).toISOString(),
      changesAt: drift.changesAtMs === null ? null : new Date(drift.changesAtMs).toISOString(),
      launch: launch.head,
      ...kitSummary(views),
      repository: source ? { title: source.title, address: source.address } : null,
      unread: seen.unread ? `${seen.unread.message} ${seen.unread.remedy}` : null,
      files: views.toSorted((one, other) => rankOf(one) - rankOf(other)),
      corrections: corrections(files),
    },
  };
}

/** A file of the kit with how it stands in the repository. */
interface FileSeen extends FileHere {
  readonly compared: Compared;
  readonly dashboard: string | null;
  readonly item: string | null;
}

/** How each file of the kit stands in the repository, in the kit's order. */
export function filesHere(kit: LaunchKit, { files: seen }: CandidateFiles): readonly FileSeen[] {
  const { launch, files } = kit;
  const planned = planLaunch(launch);
  return files.map((file) => {
    const readers = planned.filter(({ questions }) =>
      questions.some((one) => one.ask === 'file' && one.path === file.path),
    );
    const check = readers.find((one) => one.check.kind === 'kit-file');
    const onPurpose = meantBy(check);
    const repository = seen.get(file.path) ?? null;
    const compared = comparedOnce(file, repository, onPurpose);
    const dashboard = launch.spec.kit?.dashboards.find((one) => one.file === file.path)?.id ?? null;
    const item = (check ?? readers[0])?.item.id ?? null;
    return { file, repository, onPurpose, compared, state: compared.state, dashboard, item };
  });
}

/** A file's text beside the repository's, for reading and for comparing lines. */
export async function viewKitTexts(id: string, path: string, at: House = house()): Promise<Result<KitTexts>> {
  const kit = await launchKit(id, at);
  if (!kit.ok) return kit;
  const file = kitFileOf(kit.value, path);
  if (!file.ok) return file;
  const { files } = await candidateFiles(kit.value.launch, [path], at);
  const seen = files.get(path);
  const repository = seen?.text ?? null;
  const executable = seen?.executable ?? file.value.executable;
  const present = new Map(repository === null ? [] : [[path, { text: repository, executable }] as const]);
  const placed = placeKitFiles([file.value], present);
  const text = placed.ok ? (placed.value[0]?.file.text ?? null) : null;
  return { ok: true, value: { path, kit: file.value.text, repository, placed: text } };
}

const wanting: readonly KitFileState[] = ['missing', 'unreadable', 'differs'];

/** What wants something first: in the repository, then where it runs. */
function rankOf({ state, drift }: KitFileView): number {
  const first = wanting.indexOf(state);
  if (first >= 0) return first;
  if (drift === 'drifted') return 3;
  if (drift === 'unknown') return state === 'not-looked-at' ? 4 : 5;
  return state === 'on-purpose' ? 6 : 7;
}

function fileView({ file, compared, dashboard, item }: FileSeen, runs: readonly RunsView[]): KitFileView {
  const { path, title, part, executable, text } = file;
  return {
    path,
    title,
    part,
    executable,
    lines: text.split('\n').length - 1,
    state: compared.state,
    fact: compared.fact,
    differences: compared.differences.slice(0, mostDifferences),
    more: Math.max(0, compared.differences.length - mostDifferences),
    dashboard,
    item,
    runs,
    drift: driftOf(compared.state, runs),
  };
}

/** The newest comparison of each file: reading two documents takes longer than all else that the screen does. */
const comparisons = new WeakMap<
  KitFile,
  { readonly seen: FileAtCommit | null; readonly compared: Compared }
>();

/** What is meant stands in the spec that the file is of, so that the same file is always held against the same. */
function comparedOnce(file: KitFile, seen: FileAtCommit | null, onPurpose: readonly Meant[]): Compared {
  const known = comparisons.get(file);
  if (known && known.seen === seen) return known.compared;
  const compared = compareKitFile(file, seen, onPurpose);
  comparisons.set(file, { seen, compared });
  return compared;
}

/** What the check of a file lets differ, in its own parameters. */
function meantBy(check: PlannedCheck | undefined): readonly Meant[] {
  return check ? ((check.bound as { readonly onPurpose?: readonly Meant[] }).onPurpose ?? []) : [];
}

function corrections(files: readonly KitFile[]): readonly KitCorrectionView[] {
  const found = new Map<string, KitCorrectionView>();
  for (const { path, corrections } of files) {
    for (const { id, was, now, why } of corrections) {
      const before = found.get(id)?.files ?? [];
      found.set(id, { id, was, now, why, files: [...before, path] });
    }
  }
  return [...found.values()];
}
