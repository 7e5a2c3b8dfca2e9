import type { DriftDifference, RunsDifference, RunsState } from '#lib/domain/drift.ts';
import type { KitFileState } from '#lib/domain/kit-view.ts';

/** A file's three places, two by two. */
export interface ThreePlaces {
  /** What runs, against the kit's file. */
  readonly kitRuns: readonly DriftDifference[];
  /** The repository's file against the kit's, by the same measure; null where it could not be read. */
  readonly kitRepository: readonly DriftDifference[] | null;
  /** What runs, against the repository's file; null likewise. */
  readonly repositoryRuns: readonly DriftDifference[] | null;
  readonly repository: KitFileState;
  /** Whether the spec means a place of the file to differ. */
  readonly isMeant: (at: string) => boolean;
  /** Grafana, Prometheus: whose it is. */
  readonly where: string;
  /** "holds", "has loaded" */
  readonly verb: string;
}

export interface WayRound {
  readonly state: Extract<RunsState, 'same' | 'on-purpose' | 'drifted'>;
  readonly fact: string;
  readonly way: string;
  readonly differences: readonly RunsDifference[];
}

/** Tells of three places which one says something else, and what to do about it. Pure. */
export function wayRound(places: ThreePlaces): WayRound {
  const differences = threefold(places);
  const drifted = differences.filter((one) => isDrift(one, places.kitRepository !== null));
  const meant = differences.length - drifted.length - differences.filter(isRepositorysAlone).length;
  const [first] = drifted;
  if (first) {
    const fact = `${counted(drifted.length)}: ${first.subject}: ${first.says}`;
    const way = `${wayOf(drifted, first, places)}${sayUndeployed(differences)}`;
    return { state: 'drifted', fact, way, differences };
  }
  const way = waySame(places, differences);
  if (meant > 0)
    return { state: 'on-purpose', fact: `${counted(meant)} that the spec allows`, way, differences };
  return { state: 'same', fact: 'As the kit has it', way, differences };
}

/**
 * What runs says something else than was agreed: than the kit, where the spec does not let the repository differ; and
 * where it does, than the repository.
 */
function isDrift({ odd, meant }: RunsDifference, isRepositoryRead: boolean): boolean {
  return meant ? isRepositoryRead && odd !== 'kit' : odd !== 'repository';
}

/** The repository's file is wrong and nobody deployed it: that is told of the repository. */
function isRepositorysAlone({ odd, meant }: RunsDifference): boolean {
  return odd === 'repository' && !meant;
}

function threefold(places: ThreePlaces): readonly RunsDifference[] {
  const { kitRuns, kitRepository, isMeant } = places;
  const inRepository = new Map((kitRepository ?? []).map((one) => [one.key, one]));
  const apart = partsApart(places);
  const gone = new Set((kitRepository ?? []).flatMap((one) => (isGone(one) ? [one.subject] : [])));
  const running = kitRuns.map(({ key, at, subject, says, file, runs }): RunsDifference => {
    const there = inRepository.get(key);
    // Of a panel or rule that the repository lacks it says nothing, and so does not stand by the kit either.
    if (!there && gone.has(subject))
      return { subject, says, kit: file, repository: null, runs, odd: null, meant: isMeant(at) };
    const repository = there ? there.runs : file;
    const odd = kitRepository === null ? null : !there ? 'runs' : apart.has(partOf(there)) ? null : 'kit';
    const known = kitRepository === null ? null : repository;
    return { subject, says, kit: file, repository: known, runs, odd, meant: isMeant(at) };
  });
  const told = new Set(kitRuns.map(({ key }) => key));
  const undeployed = (kitRepository ?? []).flatMap(
    ({ key, at, subject, says, file, runs }): RunsDifference[] =>
      told.has(key)
        ? []
        : [{ subject, says, kit: file, repository: runs, runs: file, odd: 'repository', meant: isMeant(at) }],
  );
  return [...running, ...undeployed];
}

function isGone({ kind }: DriftDifference): boolean {
  return kind === 'panel-gone' || kind === 'rule-gone';
}

/** What of the repository's file does not run as it stands there, by its names in the kit. */
function partsApart({ kitRepository, repositoryRuns }: ThreePlaces): ReadonlySet<string> {
  const names = new Map(
    (kitRepository ?? []).flatMap(({ kind, subject, runs }) =>
      kind === 'panel-renamed' && runs !== null ? [[runs, subject] as const] : [],
    ),
  );
  return new Set(
    (repositoryRuns ?? []).map((one) => partOf({ ...one, subject: names.get(one.subject) ?? one.subject })),
  );
}

function partOf({ subject, kind }: Pick<DriftDifference, 'subject' | 'kind'>): string {
  return `${subject}\n${kind}`;
}

const fromSpec = 'or take the change into the spec';

function wayOf(drifted: readonly RunsDifference[], first: RunsDifference, places: ThreePlaces): string {
  const { where, verb, repository } = places;
  const isAll = (odd: RunsDifference['odd']) => drifted.every((one) => one.odd === odd);
  const told = `${first.subject}: ${first.says}${instead(first)}`;
  const besides = drifted.length > 1 ? `, and ${drifted.length - 1} more` : '';
  if (places.kitRepository === null) {
    const why =
      repository === 'missing' ? 'The repository has no such file' : 'The repository’s file was not read';
    return `${why}; ${where} ${verb} something else than the kit: ${told}${besides}. Deploy the kit’s file, ${fromSpec}.`;
  }
  if (isAll('runs')) {
    return `${agreed(repository)}; ${where} ${verb} something else: ${told}${besides}. Deploy the file again, ${fromSpec}.`;
  }
  if (isAll('kit'))
    return `${where} ${verb} what the repository’s file says, and the kit says something else: ${told}${besides}. Put the file right and deploy it, ${fromSpec}.`;
  if (isAll('repository'))
    return `What the spec allows the repository was not deployed: ${told}${besides}. Deploy the file.`;
  const count = (odd: RunsDifference['odd']) => drifted.filter((one) => one.odd === odd).length;
  const parts = [
    [count('runs'), `in ${where} alone`],
    [count('kit'), `in the repository and in ${where}`],
    [count('repository'), 'allowed and not deployed'],
    [count(null), 'otherwise in each of the three'],
  ].flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]));
  return `Places disagree in more than one way: ${parts.join(', ')}. Put the repository’s file right first, then deploy it.`;
}

function agreed(repository: KitFileState): string {
  if (repository === 'same') return 'The repository is as the kit has it';
  return repository === 'on-purpose'
    ? 'The repository is as agreed'
    : 'There the repository is as the kit has it';
}

/** What differs in the repository alone, where something else has drifted. */
function sayUndeployed(differences: readonly RunsDifference[]): string {
  const count = differences.filter(isRepositorysAlone).length;
  if (count === 0) return '';
  return ` ${count} more ${count === 1 ? 'stands' : 'stand'} in the repository alone, not deployed.`;
}

/** From what to what, for what is short enough to be read in a sentence and was not said yet. */
function instead({ kit, runs, says }: RunsDifference): string {
  if (kit === null || runs === null || kit.length + runs.length > 60) return '';
  return says.endsWith(' changed') ? ` (${runs} instead of ${kit})` : '';
}

function waySame({ where, verb, repository }: ThreePlaces, differences: readonly RunsDifference[]): string {
  const undeployed = differences.filter(isRepositorysAlone);
  const [first] = undeployed;
  if (first) {
    const besides = undeployed.length > 1 ? `, and ${undeployed.length - 1} more` : '';
    return `${where} ${verb} what the kit says; the repository’s file says something else and nobody deployed it: ${first.subject}: ${first.says}${besides}. Put the file right before somebody does, ${fromSpec}.`;
  }
  switch (repository) {
    case 'same':
      return `The repository and ${where} are as the kit has it.`;
    case 'on-purpose':
      return `The repository and ${where} are as the kit has it, but for what the spec allows.`;
    case 'missing':
      return `${where} ${verb} what the kit says, and the repository has no such file. Commit it, so that the next deployment does not undo it.`;
    case 'differs':
      return `${where} ${verb} what the kit says, in all that is compared; the repository’s file differs besides.`;
    case 'unreadable':
    case 'not-looked-at':
      return `${where} ${verb} what the kit says; the repository’s file was not read.`;
  }
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'difference' : 'differences'}`;
}
