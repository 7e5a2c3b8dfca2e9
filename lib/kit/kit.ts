import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { coverageScriptFiles } from './coverage-script/files.ts';
import { dashboardFiles } from './dashboard/dashboard-files.ts';
import { gateFiles } from './gate/files.ts';
import { readmeFile } from './readme.ts';
import { ruleFiles } from './rules/files.ts';
import { runbookFiles } from './runbook/files.ts';

/** What makes the files of each part. */
const parts: readonly ((spec: Spec) => readonly KitFile[])[] = [
  dashboardFiles,
  gateFiles,
  ruleFiles,
  runbookFiles,
  coverageScriptFiles,
];

/** Every file that a spec yields, by path: the same bytes from the same spec, on every run and machine. */
export function kitFiles(spec: Spec): readonly KitFile[] {
  const files = parts.flatMap((part) => part(spec)).sort(byPath);
  const readme = readmeFile(spec, files);
  return readme === null ? files : [...files, readme].sort(byPath);
}

/** By code units, which no locale changes. */
function byPath(one: KitFile, other: KitFile): number {
  return one.path < other.path ? -1 : Number(one.path > other.path);
}
