import type { BindFault, BindResult } from '#lib/domain/check-kind.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { ItemSpec, Spec } from '#lib/domain/spec.ts';
import type { Level } from '#lib/domain/verdict.ts';

/** What an `items` check names, and what its rule works on. */
export interface ItemsNamed {
  readonly track?: string;
  readonly items?: readonly string[];
  readonly level?: Level;
}

export type ItemsBound = {
  /** Items that are judged by something else than `items`, each once, in the spec's order. */
  readonly leaves: readonly { readonly id: string; readonly title: string }[];
  /** Items that only sum up others. They count for themselves only while what they sum up is settled and they are not. */
  readonly sums: readonly {
    readonly id: string;
    readonly title: string;
    readonly leaves: readonly string[];
  }[];
};

/**
 * Finds the items that an `items` check rests on. Items that only sum up others are opened, so that a leaf under two
 * of them counts once. Unknown names and cycles come back as faults.
 */
export function resolveItems(named: ItemsNamed, spec: Spec): BindResult<ItemsBound> {
  const byId = new Map(spec.tracks.flatMap((track) => track.items).map((item) => [item.id, item]));
  const faults = namesNotThere(named, spec, byId);
  if (faults.length > 0) return { ok: false, faults };

  const children = new Map([...byId].map(([id, item]) => [id, childrenOf(item, spec, byId)]));
  const roots = itemsNamed(named, spec).filter((id) => byId.has(id));
  const cycle = findCycle(roots, children);
  if (cycle) {
    const path = named.track === undefined ? ['items'] : ['track'];
    const message = `these items wait for each other: ${cycle.join(' → ')}; take one of them out`;
    return { ok: false, faults: [{ path, message }] };
  }

  const reached = reach(roots, children, (id) => isSum(byId.get(id)));
  const inOrder = [...byId.values()].filter(({ id }) => reached.has(id));
  return {
    ok: true,
    bound: {
      leaves: inOrder.filter((item) => !isSum(item)).map(({ id, title }) => ({ id, title })),
      sums: inOrder.filter(isSum).map(({ id, title }) => ({
        id,
        title,
        leaves: [...reach([id], children, (child) => isSum(byId.get(child)))].filter(
          (child) => !isSum(byId.get(child)),
        ),
      })),
    },
  };
}

type ById = ReadonlyMap<string, ItemSpec>;

function namesNotThere(named: ItemsNamed, spec: Spec, byId: ById): BindFault[] {
  if (named.track !== undefined && !spec.tracks.some(({ id }) => id === named.track)) {
    const tracks = spec.tracks.map(({ id }) => id).join(', ');
    return [{ path: ['track'], message: `no track "${named.track}" in this spec; it has: ${tracks}` }];
  }
  return (named.items ?? []).flatMap((id, index) =>
    byId.has(id) ? [] : [{ path: ['items', index], message: `no item "${id}" in this spec` }],
  );
}

/** A track's own sum is not part of what it sums up: an item over its own track would otherwise wait for itself. */
function itemsNamed(named: ItemsNamed, spec: Spec): string[] {
  if (named.items) return [...named.items];
  const track = spec.tracks.find(({ id }) => id === named.track);
  return (track?.items ?? [])
    .filter((item) => item.level === (named.level ?? 'blocker'))
    .filter((item) => !sumsOf(item).some((sum) => sum.track === named.track))
    .map(({ id }) => id);
}

function childrenOf(item: ItemSpec, spec: Spec, byId: ById): string[] {
  return sumsOf(item).flatMap((sum) => itemsNamed(sum, spec).filter((id) => byId.has(id)));
}

function sumsOf(item: ItemSpec): ItemsNamed[] {
  return item.checks.filter(({ kind }) => kind === 'items').map(({ parameters }) => readNamed(parameters));
}

function isSum(item: ItemSpec | undefined): boolean {
  return item !== undefined && item.checks.length > 0 && item.checks.every(({ kind }) => kind === 'items');
}

/** Another check's parameters, not yet parsed: what is not as declared is left out here and reported there. */
function readNamed(parameters: JsonObject): ItemsNamed {
  const { track, items, level } = parameters;
  return {
    ...(typeof track === 'string' ? { track } : {}),
    ...(Array.isArray(items) ? { items: items.filter((id) => typeof id === 'string') } : {}),
    ...(level === 'blocker' || level === 'recommended' || level === 'optional' ? { level } : {}),
  };
}

type Children = ReadonlyMap<string, readonly string[]>;

function reach(roots: readonly string[], children: Children, opens: (id: string) => boolean): Set<string> {
  const reached = new Set<string>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    if (opens(id)) waiting.push(...(children.get(id) ?? []));
  }
  return reached;
}

/** The first cycle reachable from the roots, its first id repeated at its end; walks with a stack of its own. */
function findCycle(roots: readonly string[], children: Children): string[] | null {
  const done = new Set<string>();
  for (const root of roots) {
    const trail: { readonly id: string; next: number }[] = [{ id: root, next: 0 }];
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const child = (children.get(top.id) ?? [])[top.next];
      top.next += 1;
      if (child === undefined) {
        done.add(top.id);
        trail.pop();
        continue;
      }
      const at = trail.findIndex(({ id }) => id === child);
      if (at >= 0) return [...trail.slice(at).map(({ id }) => id), child];
      if (!done.has(child)) trail.push({ id: child, next: 0 });
    }
  }
  return null;
}
