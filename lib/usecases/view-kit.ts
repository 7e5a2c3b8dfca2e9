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
import type { Verdict } from '#lib/domain/verdict.ts';
import { type House, house } from '#lib/server/house.ts';
import { type CandidateFiles, candidateFiles } from './candidate-files.ts';
import { type Compared, compareKitFile, type Meant } from './compare-kit.ts';
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
  const views = kitFileViews(kit.value, seen);
  const { source } = seen;
  return {
    ok: true,
    value: {
      at: new Date(at.now()).toISOString(),
      changesAt: null,
      launch: launch.head,
      ...summary(views),
      repository: source ? { title: source.title, address: source.address } : null,
      unread: seen.unread ? `${seen.unread.message} ${seen.unread.remedy}` : null,
      files: order.flatMap((state) => views.filter((view) => view.state === state)),
      corrections: corrections(files),
    },
  };
}

/** How each file of the kit stands, in its order. */
export function kitFileViews(kit: LaunchKit, seen: CandidateFiles): readonly KitFileView[] {
  const planned = planLaunch(kit.launch);
  return kit.files.map((file) => fileView(file, seen, planned, kit));
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

const order: readonly KitFileState[] = [
  'missing',
  'unreadable',
  'differs',
  'not-looked-at',
  'on-purpose',
  'same',
];

function fileView(
  file: KitFile,
  { files }: CandidateFiles,
  planned: readonly PlannedCheck[],
  { launch }: LaunchKit,
): KitFileView {
  const { path, title, part, executable, text } = file;
  const readers = planned.filter(({ questions }) =>
    questions.some((one) => one.ask === 'file' && one.path === path),
  );
  const check = readers.find((one) => one.check.kind === 'kit-file');
  const compared = comparedOnce(file, files.get(path) ?? null, meantBy(check));
  const dashboard = launch.spec.kit?.dashboards.find((one) => one.file === path);
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
    dashboard: dashboard?.id ?? null,
    item: (check ?? readers[0])?.item.id ?? null,
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

function summary(files: readonly KitFileView[]): Pick<KitView, 'title' | 'sentence' | 'verdict'> {
  const count = (...states: KitFileState[]) => files.filter(({ state }) => states.includes(state)).length;
  const total = files.length;
  if (total === 0) {
    const sentence =
      'The spec declares no dashboards, gate, runbooks or alerts, so there is nothing to write.';
    return { title: 'Kit: no files', sentence, verdict: 'unknown' };
  }
  const good = count('same', 'on-purpose');
  const dark = count('not-looked-at', 'unreadable');
  const bad = count('differs', 'missing');
  const said = (number: number, one: string, several: string) =>
    number === 0 ? [] : [`${number} ${number === 1 ? one : several}`];
  const parts = [
    ...said(count('differs'), 'differs', 'differ'),
    ...said(count('missing'), 'is missing', 'are missing'),
    ...said(count('unreadable'), 'cannot be read', 'cannot be read'),
    ...said(count('not-looked-at'), 'was not compared', 'were not compared'),
  ];
  const verdict: Verdict = bad > 0 ? 'fail' : dark > 0 ? 'unknown' : 'pass';
  const meant = said(count('on-purpose'), 'differs on purpose', 'differ on purpose');
  const besides = [...parts, ...meant].join(', ') || 'No file differs';
  const sentence = `${besides}. Files are compared by what they say: layout, order of keys and comments do not count.`;
  return { title: `Kit: ${good} of ${total} files as the spec has them`, sentence, verdict };
}
