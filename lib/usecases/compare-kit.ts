import {
  beginsAt,
  type Difference,
  modeDifferences,
  sayDifference,
} from '#lib/checks/kit-file/difference.ts';
import { differences } from '#lib/checks/kit-file/differences.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { KitDifference, KitFileState } from '#lib/domain/kit-view.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { consequenceOf } from '#lib/kit/consequence.ts';
import { gatherDifferences } from '#lib/kit/gather-differences.ts';

/** A place where the spec says that a file is meant to differ. */
export interface Meant {
  readonly at: string;
  readonly why: string;
}

/** How a file of the kit stands against the repository's. */
export interface Compared {
  readonly state: KitFileState;
  readonly fact: string;
  readonly differences: readonly KitDifference[];
}

/** Compares a file of the kit with what the repository has, by meaning. `seen` is null when it was not read. Pure. */
export function compareKitFile(
  file: KitFile,
  seen: FileAtCommit | null,
  onPurpose: readonly Meant[],
): Compared {
  const bare = (state: KitFileState, fact: string): Compared => ({ state, fact, differences: [] });
  if (!seen) return bare('not-looked-at', 'Not compared');
  const commit = seen.commit.slice(0, 7);
  if (seen.found === 'absent') {
    const alike = seen.alike === null ? '' : `; ${seen.alike} differs in letter case alone`;
    return bare('missing', `Not in the repository at ${commit}${alike}`);
  }
  if (seen.found !== 'file') return bare('unreadable', `It is a ${seen.found} there, and no file`);
  if (seen.text === null) return bare('unreadable', whyNoText(seen));
  const mode = modeDifferences(file.executable, seen.executable);
  if (seen.text === file.text && mode.length === 0) return bare('same', 'Byte for byte');
  const compared = differences(file, seen.text);
  if (!compared.ok) return bare('unreadable', capital(compared.fault));
  if (compared.value.length + mode.length === 0) return bare('same', 'Lines differ, meaning does not');
  // Lines are told one by one: each has its number, and a part of a document has few.
  const isOfLines = file.format === 'shell' || file.format === 'markdown';
  const told = (some: readonly Difference[]) => (isOfLines ? some : gatherDifferences(some));
  // By the single value, as the check decides it, and only then gathered: of a part that is gone one may be meant.
  const meantBy = ({ at }: Difference) => onPurpose.find((one) => beginsAt(at, one.at));
  const every = [...mode, ...compared.value];
  const slips = told(every.filter((one) => !meantBy(one))).toSorted((one, other) => rank(one) - rank(other));
  const meant = onPurpose.flatMap((purpose) =>
    told(every.filter((one) => meantBy(one) === purpose)).map((one) => view(one, true, purpose.why)),
  );
  const views = [...slips.map((one) => view(one, false, consequenceOf(file.format, one))), ...meant];
  if (slips.length === 0) {
    return { state: 'on-purpose', fact: `${counted(meant.length)} that the spec allows`, differences: views };
  }
  const besides = meant.length > 0 ? `, and ${meant.length} on purpose` : '';
  return {
    state: 'differs',
    fact: `${counted(slips.length)}${besides}: ${slips[0] ? sayDifference(slips[0]) : ''}`,
    differences: views,
  };
}

/** What says something else comes before what is missing, and that before what is too much. */
function rank({ kit, repository }: Difference): number {
  if (kit !== null && repository !== null) return 0;
  return repository === null ? 1 : 2;
}

function view({ at, kit, repository }: Difference, meant: boolean, why: string): KitDifference {
  return { at, kit, repository, meant, why };
}

function whyNoText({ whyNoText: why }: FileAtCommit): string {
  if (why === 'too-large') return 'It is over 1 MiB, and was not read';
  return why === 'lfs-pointer' ? 'It is a pointer of Git LFS, and not the file' : 'It is binary, and no text';
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'difference' : 'differences'}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
