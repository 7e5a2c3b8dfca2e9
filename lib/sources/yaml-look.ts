import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';
import { shown } from './as-told.ts';

/** A place in a YAML document of somebody else's, looked at where it stands; what is not there is nothing. */
export interface Look {
  readonly isMap: boolean;
  readonly isNothing: boolean;
  /** A tag that is written there and that YAML itself does not know: GitLab's `!reference`. */
  readonly tag: string | null;
  readonly get: (key: string) => Look;
  readonly entries: () => [string, Look][];
  readonly items: () => Look[];
  /** A scalar as it is written in JSON; null for anything else. */
  readonly text: () => string | null;
  readonly texts: () => string[];
}

/** As many members of a map or list as are looked at: a document with more in one place is not read at all. */
const most = 500;

/** Reads a YAML document, whatever is in it, or says why not in words that go on after “it”. Never throws. */
export function lookAtYaml(
  text: string,
): { readonly ok: true; readonly root: Look } | { readonly ok: false; readonly why: string } {
  try {
    const document = parseDocument(text, {
      prettyErrors: false,
      uniqueKeys: false,
      version: '1.2',
      schema: 'core',
      resolveKnownTags: false,
      merge: false,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error)
      return { ok: false, why: `is not sound YAML (${shown(error.message.split('\n')[0] ?? '', 120)})` };
    if (isTooWide(document)) return { ok: false, why: `has over ${most} members in one place` };
    return { ok: true, root: lookInto(document)(document.contents) };
  } catch {
    return { ok: false, why: 'is nested too deep to be read' };
  }
}

function isTooWide(document: Document): boolean {
  let isWide = false;
  visit(document, {
    Collection: (_key, node) => {
      isWide ||= node.items.length > most;
      return isWide ? visit.BREAK : undefined;
    },
  });
  return isWide;
}

/**
 * An alias is followed when it is met, so that a bomb of them costs nothing. It stands for the last of its name before
 * it: a name may be given again further on (https://yaml.org/spec/1.2.2/#71-alias-nodes).
 */
function lookInto(document: Document): (node: unknown) => Look {
  const anchors = new Map<string, Node>();
  const meant = new Map<unknown, Node | undefined>();
  visit(document, {
    Alias: (_key, node) => {
      meant.set(node, anchors.get(node.source));
    },
    Value: (_key, node) => {
      if (node.anchor) anchors.set(node.anchor, node);
    },
  });
  const look = (given: unknown): Look => {
    const node = isAlias(given) ? meant.get(given) : given;
    const items = isSeq(node) ? node.items : [];
    const pairs = isMap(node) ? node.items : [];
    const value = isScalar(node) ? node.value : null;
    const text = value === null || typeof value === 'object' ? null : String(value);
    return {
      isMap: isMap(node),
      isNothing: node === null || node === undefined || (isScalar(node) && node.value === null),
      tag: (isMap(node) || isSeq(node) || isScalar(node)) && node.tag?.startsWith('!') ? node.tag : null,
      get: (key) => look(pairs.findLast((pair) => isScalar(pair.key) && pair.key.value === key)?.value),
      entries: () =>
        pairs.flatMap(({ key, value: member }) =>
          isScalar(key) && key.value !== null ? [[String(key.value), look(member)] as [string, Look]] : [],
        ),
      items: () => items.map(look),
      text: () => text,
      texts: () =>
        text !== null
          ? [shown(text, 60)]
          : items.flatMap((item) => (isScalar(item) ? [shown(String(item.value), 60)] : [])),
    };
  };
  return look;
}

/** One place over another, as Ruby's `deep_merge` has it: maps are merged key by key, and all else is the upper one. */
export function mergedLooks(below: Look, above: Look): Look {
  if (above.isNothing) return below;
  if (!above.isMap || !below.isMap) return above;
  return {
    ...above,
    get: (key) => mergedLooks(below.get(key), above.get(key)),
    entries: () => {
      const own = new Map(above.entries());
      const merged = below.entries().map(([key, look]): [string, Look] => {
        const over = own.get(key);
        own.delete(key);
        return [key, over ? mergedLooks(look, over) : look];
      });
      return [...merged, ...own];
    },
  };
}
