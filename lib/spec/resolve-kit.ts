import type { CorrectionSpec, KitFiles, KitSpec } from '#lib/domain/kit-spec.ts';
import type { Draft, Reading } from './draft.ts';
import { type DashboardContext, resolveDashboards } from './resolve-dashboards.ts';
import { resolveGate } from './resolve-gate.ts';
import { resolveRunbooks } from './resolve-runbooks.ts';
import { type Path, placeOf } from './tree.ts';

/** Dashboards, gate, runbooks and corrections, and where their files stand. */
export function resolveKit(reading: Reading, draft: Draft, context: DashboardContext): KitSpec {
  const kit: KitSpec = {
    files: filesOf(draft),
    dashboards: resolveDashboards(reading, draft, context),
    gate: resolveGate(reading, draft),
    runbooks: resolveRunbooks(reading, draft),
    corrections: [...draft.corrections.entries].map(([id, entry]): CorrectionSpec => ({ id, ...entry })),
  };
  sayFilesTwice(reading, kit);
  return kit;
}

function filesOf({ kit }: Draft): KitFiles {
  return {
    alertRules: kit.alertRules ?? 'monitoring/alert.rules.yml',
    recordingRules: kit.recordingRules ?? 'monitoring/recording.rules.yml',
    ruleTests: kit.ruleTests ?? 'monitoring/rules.test.yml',
    coverageScript: kit.coverageScript ?? 'scripts/verify_metrics_coverage.sh',
    readme: kit.readme ?? 'docs/launch-kit.md',
    webBase: kit.webBase === undefined ? null : new URL(kit.webBase).href.replace(/\/+$/, ''),
  };
}

/** Runbooks may share a document; every other file of the kit is one thing's own. */
function sayFilesTwice(reading: Reading, { files, dashboards, gate, runbooks }: KitSpec): void {
  const { webBase: _, ...own } = files;
  const documents = new Map(runbooks.map(({ id, file }) => [file, ['runbooks', id, 'file'] as Path]));
  const all: (readonly [string, Path])[] = [
    ...Object.entries(own).map(([key, file]) => [file, ['kit', key]] as const),
    ...dashboards.map(({ id, file }) => [file, ['dashboards', id, 'file']] as const),
    ...(['github', 'gitlab'] as const).flatMap((vendor) => {
      const file = gate?.[vendor]?.file;
      return file ? [[file, ['gate', vendor, 'file']] as const] : [];
    }),
    ...(gate?.local ? [[gate.local, ['gate', 'local']] as const] : []),
    ...documents,
  ];
  const seen = new Map<string, readonly [string, Path]>();
  for (const [file, path] of all) {
    const folded = foldedPath(file);
    const first = seen.get(folded);
    if (first === undefined) {
      seen.set(folded, [file, path]);
      continue;
    }
    const { line } = placeOf(reading.root, first[1]);
    const alike = first[0] === file ? '' : ' on systems that take both names for one';
    const message = `\`${file}\` is already the file of \`${first[1].join('.')}\` (line ${line})${alike}.`;
    reading.faults.add(path, message, 'Give each its own file.');
  }
  for (const [file, path] of all) {
    const folder = foldersOf(foldedPath(file)).find((one) => seen.has(one));
    if (folder === undefined) continue;
    const message = `\`${file}\` cannot stand below \`${seen.get(folder)?.[0]}\`, which is a file of the kit itself.`;
    reading.faults.add(path, message, 'Name another folder.');
  }
}

/** A path as systems compare it that see no difference of letter case, or of how an accent is written. */
function foldedPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Every folder that a path goes through, the nearest last. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}
