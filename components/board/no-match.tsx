import { wordInSentence } from '#components/verdict/words.ts';
import { type Choice, type Choices, type Filter, isFiltering } from './filter.ts';

interface Props {
  readonly filter: Filter;
  readonly choices: Choices;
  readonly hidden: number;
  readonly clear: () => void;
}

/** Nothing to show: the filter is the reason, says so, and is undone in one key. */
export function NoMatch({ filter, choices, hidden, clear }: Props) {
  if (!isFiltering(filter)) {
    return (
      <div className="mt-6">
        <h2 className="text-[1rem]">This spec holds no item</h2>
        <p className="mt-1 text-ink-2">
          Nothing can be ready without one: add items to the spec and adopt it again.
        </p>
      </div>
    );
  }
  return (
    <div className="mt-6" role="status">
      <h2 className="text-[1rem]">No item {conditionsOf(filter, choices).join(' and ')}</h2>
      <p className="mt-1 mb-3 text-ink-2">{hidden} items are hidden by the filter.</p>
      <button type="button" className="button" onClick={clear}>
        Clear filter <kbd>Esc</kbd>
      </button>
    </div>
  );
}

function conditionsOf(filter: Filter, choices: Choices): readonly string[] {
  const named = (id: string | null, among: readonly Choice[], says: (title: string) => string): string[] =>
    id === null ? [] : [says(among.find((choice) => choice.id === id)?.title ?? id)];
  return [
    ...(filter.states.length > 0 ? [`is ${filter.states.map(wordInSentence).join(' or ')}`] : []),
    ...named(filter.track, choices.tracks, (title) => `stands in ${title}`),
    ...named(filter.owner, choices.owners, (title) => `belongs to ${title}`),
    ...named(filter.role, choices.roles, (title) => `waits for ${title}`),
    ...named(filter.source, choices.sources, (title) => `reads ${title}`),
    ...(filter.changed ? ['changed within a day'] : []),
    ...(filter.text === '' ? [] : [`says “${filter.text}”`]),
  ];
}
