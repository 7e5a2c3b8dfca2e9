'use client';

import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { stateOrder } from '#components/verdict/states.ts';
import { groupings, type Order, sortings } from './arrange.ts';
import { everything, type Filter } from './filter.ts';

const parsers = {
  state: parseAsArrayOf(parseAsStringLiteral(stateOrder)).withDefault([]),
  track: parseAsString,
  owner: parseAsString,
  role: parseAsString,
  source: parseAsString,
  q: parseAsString.withDefault(''),
  changed: parseAsBoolean.withDefault(false),
  group: parseAsStringLiteral(groupings).withDefault('track'),
  sort: parseAsStringLiteral(sortings).withDefault('open'),
};

/** The filter and order of a board, kept in the URL so that a link shows the same rows. */
export function useFilter() {
  const [{ state, q, group, sort, ...rest }, setState] = useQueryStates(parsers);
  const filter: Filter = { ...rest, states: state, text: q };
  const order: Order = { group, sort };
  const setFilter = (next: Partial<Filter>): void => {
    const { states, text, ...others } = next;
    void setState({
      ...others,
      ...(states === undefined ? {} : { state: [...states] }),
      ...(text === undefined ? {} : { q: text }),
    });
  };
  return {
    filter,
    order,
    setFilter,
    setOrder: (next: Partial<Order>): void => void setState(next),
    clear: (): void => setFilter(everything),
  };
}
