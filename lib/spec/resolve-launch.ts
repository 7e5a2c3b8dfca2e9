import { type RoleSpec, readsCandidate, type Spec } from '#lib/domain/spec.ts';
import { type Draft, type Reading, sayUnknown } from './draft.ts';

/** Instants, phases and candidate: do they go together? Roles and owners: is each its own? */
export function resolveLaunch(
  reading: Reading,
  draft: Draft,
): Pick<Spec, 'launch' | 'candidate' | 'lengths'> {
  const { faults } = reading;
  sayPhaseOrder(reading, draft);
  const { launch, lengths } = draft;
  const first = [...draft.phases.entries.values()][0];
  if (launch && first && Date.parse(launch.target.at) < Date.parse(first.at)) {
    const message = `The target comes before the first phase (${plain(first.at)}), so no blocker would be due by it.`;
    faults.add(['launch', 'target', 'at'], message, 'Move the target, or let a phase begin by it.');
  }
  return {
    launch: {
      id: launch?.id ?? '',
      title: launch?.title ?? '',
      target: { at: launch?.target.at ?? new Date(0).toISOString(), block: launch?.target.block ?? null },
    },
    candidate: resolveCandidate(reading, draft),
    // Only what is said in epochs or blocks rests on these, and that is a fault where they are not given.
    lengths: { epochMs: lengths?.epoch ?? 600_000, blockMs: lengths?.block ?? 1000 },
  };
}

function plain(instant: string): string {
  return instant.replace('.000Z', 'Z');
}

function sayPhaseOrder({ faults }: Reading, draft: Draft): void {
  let before: { id: string; at: string } | null = null;
  if (draft.phases.names.names.size === 0) {
    faults.add(
      ['phases'],
      '`phases` is empty, so no item could be due.',
      'Add one, such as `launch`.',
      'key',
    );
  }
  for (const [id, { at }] of draft.phases.entries) {
    if (before && Date.parse(at) <= Date.parse(before.at)) {
      const message = `The phase \`${id}\` does not come after \`${before.id}\`, which begins at ${plain(before.at)}.`;
      faults.add(
        ['phases', id, 'at'],
        message,
        'List phases in the order of time, each later than the one before.',
      );
    }
    before = { id, at };
  }
}

/** The kinds of source that hold commits. */
const holders = '`repository`, `github` or `gitlab`';

function resolveCandidate(reading: Reading, draft: Draft): Spec['candidate'] {
  const { candidate } = draft;
  if (candidate === null) return null;
  const path = ['candidate', 'source'];
  sayUnknown(reading, path, draft.sources.names);
  const named = candidate.source === undefined ? undefined : draft.sources.entries.get(candidate.source);
  if (named && !readsCandidate(named.kind)) {
    const message = `\`${candidate.source}\` is a ${named.kind}; a candidate is taken from a repository.`;
    reading.faults.add(path, message, `Name a source of kind ${holders}.`);
  }
  if (candidate.source !== undefined) return { source: candidate.source, ref: candidate.ref };
  const sources = [...draft.sources.entries];
  const own = sources.filter(([, { kind }]) => kind === 'repository');
  // Where Git itself is given, vendors that have the same repository are there for their CI.
  const repositories = own.length > 0 ? own : sources.filter(([, { kind }]) => readsCandidate(kind));
  const [only] = repositories;
  if (only && repositories.length === 1) return { source: only[0], ref: candidate.ref };
  const ids = repositories.map(([id]) => `\`${id}\``).join(' or ');
  const remedy = repositories.length > 0 ? `Add \`source\`: ${ids}.` : `Add a source of kind ${holders}.`;
  if (repositories.length > 0 || !reading.faults.under(['sources'])) {
    reading.faults.add(
      ['candidate'],
      'Which repository the candidate is taken from is not clear.',
      remedy,
      'key',
    );
  }
  return null;
}

/** Roles; two with one abbreviation could not be told apart on the board. */
export function resolveRoles({ faults }: Reading, draft: Draft): RoleSpec[] {
  const seen = new Map<string, string>();
  return [...draft.roles.entries].map(([id, { title, abbreviation }]) => {
    const other = seen.get(abbreviation);
    if (other !== undefined) {
      const message = `\`${abbreviation}\` already stands for the role \`${other}\`.`;
      faults.add(['roles', id, 'abbreviation'], message, 'Give each role its own letters.');
    }
    seen.set(abbreviation, id);
    return { id, title, abbreviation };
  });
}

/** Owners: two with one name could not be told apart on the board. */
export function sayOwnersTwice({ faults }: Reading, draft: Draft): void {
  const seen = new Map<string, string>();
  for (const [id, person] of draft.owners.entries) {
    const other = seen.get(person);
    if (other !== undefined) {
      faults.add(
        ['owners', id],
        `\`${other}\` already is ${person}.`,
        'Keep one of the two, or tell them apart.',
      );
    }
    seen.set(person, id);
  }
}
