import type { RunsState, RunsView } from '#lib/domain/drift.ts';
import type { KitFileDrift, KitFileState, KitFileView, KitView } from '#lib/domain/kit-view.ts';
import type { Verdict } from '#lib/domain/verdict.ts';

/** Whether a file's places disagree. What was not seen may have drifted: it is never told as none. Pure. */
export function driftOf(repository: KitFileState, runs: readonly RunsView[]): KitFileDrift {
  const isAnywhere = (...states: readonly RunsState[]) => runs.some(({ state }) => states.includes(state));
  if (repository === 'differs' || repository === 'missing' || isAnywhere('drifted', 'missing'))
    return 'drifted';
  if (repository === 'unreadable' || repository === 'not-looked-at' || isAnywhere('unknown', 'unread'))
    return 'unknown';
  return 'none';
}

/** What a kit comes to: in the repository, and where its files run. Pure. */
export function kitSummary(files: readonly KitFileView[]): Pick<KitView, 'title' | 'sentence' | 'verdict'> {
  if (files.length === 0) {
    const sentence =
      'The spec declares no dashboards, gate, runbooks or alerts, so there is nothing to write.';
    return { title: 'Kit: no files', sentence, verdict: 'unknown' };
  }
  const count = (...states: KitFileState[]) => files.filter(({ state }) => states.includes(state)).length;
  const inRepository = [
    ...said(count('differs'), 'differs', 'differ'),
    ...said(count('missing'), 'is missing', 'are missing'),
    ...said(count('unreadable'), 'cannot be read', 'cannot be read'),
    ...said(count('not-looked-at'), 'was not compared', 'were not compared'),
    ...said(count('on-purpose'), 'differs on purpose', 'differ on purpose'),
  ];
  const sentence = [
    sayDrift(files),
    `In the repository ${inRepository.join(', ') || 'none differs'}${sayRunning(files)}.`,
    'Files are compared by what they say: layout, order of keys and comments do not count.',
  ].join(' ');
  const good = count('same', 'on-purpose');
  return {
    title: `Kit: ${good} of ${files.length} files in the repository as the spec has them`,
    sentence,
    verdict: verdictOf(files),
  };
}

function verdictOf(files: readonly KitFileView[]): Verdict {
  if (files.some(({ drift }) => drift === 'drifted')) return 'fail';
  return files.some(({ drift }) => drift === 'unknown') ? 'unknown' : 'pass';
}

/** Of the files that run somewhere, each counted once, by the worst of its places. */
function sayRunning(files: readonly KitFileView[]): string {
  const worst = files.flatMap(({ runs }) => runs[0]?.state ?? []);
  if (worst.length === 0) return '';
  const count = (...states: RunsState[]) => worst.filter((state) => states.includes(state)).length;
  const parts = [
    ...said(count('drifted'), 'differs', 'differ'),
    ...said(count('missing'), 'is missing there', 'are missing there'),
    ...said(count('unknown'), 'is unknown', 'are unknown'),
    ...said(count('unread'), 'is read by no check', 'are read by no check'),
    ...said(count('same', 'on-purpose'), 'is as agreed', 'are as agreed'),
  ];
  return `; of ${worst.length} that run in Grafana or Prometheus ${parts.join(', ')}`;
}

/** Each file once: those of which some places disagree, and those of which nobody can say that none do. */
function sayDrift(files: readonly KitFileView[]): string {
  const count = (drift: KitFileDrift) => files.filter((file) => file.drift === drift).length;
  const [drifted, unknown] = [count('drifted'), count('unknown')];
  if (drifted + unknown === 0) return 'No file has drifted.';
  const has = drifted === 1 ? 'has' : 'have';
  const dark = unknown === 0 ? '' : `of ${unknown} nobody can tell`;
  if (drifted === 0) return `No drift is seen, and ${dark}.`;
  return `${drifted} of ${files.length} files ${has} drifted${dark === '' ? '' : `, and ${dark}`}.`;
}

function said(number: number, one: string, several: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : several}`];
}
