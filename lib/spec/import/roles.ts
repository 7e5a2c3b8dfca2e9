import type { Signer } from './sign-off.ts';
import { Taken } from './taken.ts';
import { cut, normal, slug, words } from './wording.ts';

export interface DraftRole {
  readonly id: string;
  readonly title: string;
  readonly abbreviation: string;
  /** Where the document names it; null for one that was added. */
  readonly line: number | null;
  /** Names that stand beside it. */
  readonly names: readonly string[];
}

const mostRoles = 100;
const general = new Set([
  'system',
  'ready',
  'lead',
  'ok',
  'for',
  'the',
  'and',
  'of',
  'team',
  'approval',
  'owner',
]);

/** Roles out of those who sign; with one to lead tracks that none of them is for. */
export function rolesOf(signers: readonly Signer[]): readonly DraftRole[] {
  const ids = new Taken();
  const letters = new Taken();
  const merged = [...Map.groupBy(signers, ({ title }) => normal(title)).values()].slice(0, mostRoles);
  const named = merged.flatMap((same): DraftRole[] => {
    const [first] = same;
    if (!first) return [];
    return [
      {
        id: ids.take(slug(first.title)),
        title: cut(first.title, 200),
        abbreviation: abbreviation(first.title, letters),
        line: first.line,
        names: same.flatMap(({ name }) => name ?? []),
      },
    ];
  });
  if (named.some(({ title }) => normal(title) === 'release manager')) return named;
  const id = ids.take('release-manager');
  const title = 'Release manager';
  return [...named, { id, title, abbreviation: abbreviation(title, letters), line: null, names: [] }];
}

/** Finds the role that a track's title names, else the release manager. */
export function leadFinder(roles: readonly DraftRole[]): (title: string) => string {
  const named = roles.map((role) => {
    const own = [...words(role.title)].filter((word) => !general.has(word));
    return { id: role.id, words: own };
  });
  const usual = roles.find((role) => normal(role.title) === 'release manager') ?? roles[0];
  return (title) => {
    const own = words(title);
    let best = { id: usual?.id ?? '', shared: 0 };
    for (const role of named) {
      const shared = role.words.filter((word) => own.has(word)).length;
      if (shared > best.shared) best = { id: role.id, shared };
    }
    return best.id;
  };
}

/** Two to four capitals that no other role has: first letters of its words, else the first that are free. */
function abbreviation(title: string, taken: Taken): string {
  const parts = title
    .normalize('NFKD')
    .toUpperCase()
    .split(/[^A-Z]+/)
    .filter((part) => part !== '');
  const initials = parts.map((part) => part.charAt(0)).join('');
  const all = parts.join('');
  for (const text of [
    initials.slice(0, 4),
    initials.slice(0, 3),
    all.slice(0, 2),
    all.slice(0, 3),
    all.slice(0, 4),
  ])
    if (text.length >= 2 && !taken.has(text)) {
      taken.add(text);
      return text;
    }
  for (let count = 0; ; count += 1) {
    const text = String.fromCharCode(
      65 + (Math.floor(count / 676) % 26),
      65 + (Math.floor(count / 26) % 26),
      65 + (count % 26),
    );
    if (taken.has(text)) continue;
    taken.add(text);
    return text;
  }
}
