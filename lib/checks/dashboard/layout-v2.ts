import type { Json } from '#lib/domain/json.ts';
import { isObject, listAt, objectAt, textAt } from './json-at.ts';

/** Where the layout of schema v2 places an element. */
export interface Place {
  /** The row or tab that it stands in. */
  readonly row: string | null;
  /** The variable that it, or its row, is repeated for. */
  readonly repeat: string | null;
}

/**
 * Every element that the layout places, by name: grids, automatic grids, rows and tabs, in one another. Null when there
 * is no layout that could be read.
 */
export function placesOf(layout: Json | undefined): ReadonlyMap<string, Place> | null {
  if (!isObject(layout)) return null;
  const places = new Map<string, Place>();
  const waiting: { readonly spec: Json; readonly within: Place }[] = [
    { spec: layout.spec ?? {}, within: { row: null, repeat: null } },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { spec, within } = next;
    for (const item of ['items', 'rows', 'tabs', 'elements'].flatMap((key) => listAt(spec, key))) {
      const inner = objectAt(item, 'spec') ?? {};
      const repeat = textAt(objectAt(inner, 'repeat') ?? {}, 'value') ?? within.repeat;
      const element = textAt(objectAt(inner, 'element') ?? {}, 'name');
      if (element !== null) places.set(element, { row: within.row, repeat });
      else {
        const row = textAt(inner, 'title') || within.row;
        // A row in a grid, as the alpha had it, lists what it holds by itself.
        waiting.push({ spec: objectAt(inner, 'layout', 'spec') ?? inner, within: { row, repeat } });
      }
    }
  }
  return places;
}
