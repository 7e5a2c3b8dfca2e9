import { launchScreens } from '#components/frame/screens.ts';
import { needsNothing } from '#components/verdict/states.ts';
import type { ShapeName } from '#components/verdict/words.ts';
import { wordOf } from '#components/verdict/words.ts';
import type { BoardView, CoverageView } from '#lib/domain/view.ts';

/** One thing that can be found. */
export interface Entry {
  readonly key: string;
  readonly group: 'Items' | 'People' | 'Screens' | 'Commands' | 'Metrics';
  readonly title: string;
  /** What else it is found by. */
  readonly also: string;
  readonly shape: { readonly of: ShapeName; readonly label: string } | null;
  readonly isCode: boolean;
  readonly end: string | null;
  readonly keys: readonly string[];
  readonly run: () => void;
}

type Go = (href: string) => void;

const bare = { also: '', shape: null, isCode: false, end: null, keys: [] } as const;

/** Screens: a launch's, where one is open, and the list of launches. */
export function screenEntries(launch: string | null, go: Go): readonly Entry[] {
  const screens =
    launch === null
      ? []
      : launchScreens.map(({ title, key, path }) => ({
          title,
          href: `/launches/${launch}${path}`,
          keys: ['g', key],
        }));
  return [...screens, { title: 'Launches', href: '/', keys: ['g', 'l'] }].map(({ title, href, keys }) => ({
    ...bare,
    key: `screen ${title}`,
    group: 'Screens',
    title,
    keys,
    run: () => go(href),
  }));
}

/** What the palette can do at once. */
export function commandEntries(
  commands: readonly { readonly title: string; readonly run: () => void }[],
): readonly Entry[] {
  return commands.map(({ title, run }) => ({
    ...bare,
    key: `command ${title}`,
    group: 'Commands',
    title,
    run,
  }));
}

/** Items, each found by its id, owner and track as well. */
export function itemEntries(board: BoardView | undefined, launch: string, go: Go): readonly Entry[] {
  return (board?.tracks ?? []).flatMap((track) =>
    track.items.map((item) => ({
      ...bare,
      key: `item ${item.id}`,
      group: 'Items' as const,
      title: item.title,
      also: `${item.id} ${item.owner ?? ''} ${track.title}`,
      shape: { of: item.state, label: wordOf(item.state) },
      end: item.owner ?? track.title,
      run: () => go(`/launches/${launch}/items/${item.id}`),
    })),
  );
}

/** Owners, with what of theirs is open; each opens the board at their items. */
export function personEntries(board: BoardView | undefined, launch: string, go: Go): readonly Entry[] {
  const rows = (board?.tracks ?? []).flatMap(({ items }) => items);
  const owners = [...new Set(rows.flatMap(({ owner }) => owner ?? []))].sort();
  return owners.map((owner) => {
    const theirs = rows.filter((row) => row.owner === owner);
    const open = theirs.filter(({ state }) => !needsNothing(state)).length;
    return {
      ...bare,
      key: `person ${owner}`,
      group: 'People' as const,
      title: owner,
      end: `${open} of ${theirs.length} open`,
      run: () => go(`/launches/${launch}?owner=${encodeURIComponent(owner)}`),
    };
  });
}

/** Metrics of the coverage matrix. */
export function metricEntries(coverage: CoverageView | undefined, launch: string, go: Go): readonly Entry[] {
  return (coverage?.rows ?? []).map(({ metric, whole, group }) => ({
    ...bare,
    key: `metric ${metric}`,
    group: 'Metrics',
    title: metric,
    also: group,
    isCode: true,
    shape: whole ? { of: 'pass', label: 'Whole' } : { of: 'fail', label: 'With a hole' },
    run: () => go(`/launches/${launch}/coverage?metric=${encodeURIComponent(metric)}`),
  }));
}

const most = 40;
const groups: readonly Entry['group'][] = ['Items', 'People', 'Metrics', 'Screens', 'Commands'];

/**
 * What fits the words, best first: in a group by how well, and groups by their best. Without words everything is
 * listed, items first. Pure.
 */
export function find(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = entries
    .map((entry) => ({ entry, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank < none)
    .sort((a, b) => a.rank - b.rank);
  const bestOf = (group: Entry['group']) => fitting.find(({ entry }) => entry.group === group)?.rank ?? none;
  const order = [...groups].sort((a, b) => bestOf(a) - bestOf(b));
  return order.flatMap((group) =>
    fitting
      .filter(({ entry }) => entry.group === group)
      .slice(0, most)
      .map(({ entry }) => entry),
  );
}

const none = 9;

/** 0 begins with the words, 1 has them at the beginnings of words, 2 anywhere in its title, 3 elsewhere. */
function rankOf({ title, also }: Entry, words: readonly string[]): number {
  if (words.length === 0) return 0;
  const plain = title.toLowerCase();
  if (plain.startsWith(words.join(' '))) return 0;
  const parts = plain.split(/[\s_:,-]+/);
  if (words.every((word) => parts.some((part) => part.startsWith(word)))) return 1;
  if (words.every((word) => plain.includes(word))) return 2;
  const heap = `${plain} ${also.toLowerCase()}`;
  return words.every((word) => heap.includes(word)) ? 3 : none;
}
