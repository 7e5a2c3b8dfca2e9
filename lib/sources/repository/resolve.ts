import { type CommitSeen, parseCommit } from './commit.ts';
import { type Answer, failed } from './failure.ts';
import type { ObjectReader } from './objects.ts';
import type { RefNames } from './ref.ts';

type Names = Extract<RefNames, { kind: 'names' }>;

/** The commit that a ref means in a repository on this machine. Asks by full names, so none can be an expression. */
export async function resolveHere(ref: string, names: Names, reader: ObjectReader): Promise<Answer<string>> {
  for (const some of [names.names, names.fallback]) {
    const found = new Map<string, string>();
    for (const name of some) {
      const read = await reader.read(`${name}^{commit}`);
      if (!read.ok) return read;
      if (read.value !== 'missing') found.set(name, read.value.oid);
    }
    const chosen = choose(ref, found);
    if (chosen) return chosen;
  }
  return noSuchRef(ref);
}

/** One commit out of what names led to; null when they led nowhere. A tag and a branch may agree. */
export function choose(ref: string, found: ReadonlyMap<string, string>): Answer<string> | null {
  const [first, ...others] = new Set(found.values());
  if (first === undefined) return null;
  if (others.length === 0) return { ok: true, value: first };
  const full = [...found.keys()].join(' or ');
  return failed('refused', `“${ref}” is both a tag and a branch, on different commits; write ${full}.`);
}

/** The failure that a name which the repository does not have comes to. */
export function noSuchRef(ref: string): Answer<never> {
  const short = /^[0-9a-f]{4,39}$/i.test(ref) ? '; a commit is written with all its digits' : '';
  return failed('not-found', `The repository has no branch or tag “${ref}”${short}.`);
}

/** Reads a commit by its id; `lacking` says what a clone without it should be told. */
export async function readCommit(
  commit: string,
  reader: ObjectReader,
  lacking: string,
): Promise<Answer<CommitSeen>> {
  const read = await reader.read(commit);
  if (!read.ok) return read;
  if (read.value === 'missing') return failed('not-found', lacking);
  if (read.value.type !== 'commit' || read.value.content === null)
    return failed('not-found', `${commit.slice(0, 12)} is a ${read.value.type}, not a commit.`);
  const seen = parseCommit(commit, read.value.content);
  return seen
    ? { ok: true, value: seen }
    : failed('malformed', `Commit ${commit.slice(0, 12)} cannot be read.`);
}
