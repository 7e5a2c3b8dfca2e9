import type { z } from 'zod';
import type { Faults } from './faults.ts';
import { sayUnknownKey } from './say-issues.ts';
import { keysOf, schemaAt } from './schema-walk.ts';
import type { Path, SpecNode } from './tree.ts';

/**
 * Says of every key that its schema does not know it, at any depth. A lax schema would drop such a key, and a
 * mistyped bound would silently not hold.
 */
export function sayUnknownKeys(
  faults: Faults,
  node: SpecNode,
  path: Path,
  schema: z.core.$ZodType,
  skip: ReadonlySet<string> = new Set(),
): void {
  if (node.kind === 'list') {
    for (const [index, child] of node.nodes.entries())
      descend(faults, child, [...path, index], schema, index);
    return;
  }
  if (node.kind === 'scalar') return;
  const known = keysOf(schema);
  for (const [key, { node: child }] of node.entries) {
    if (skip.has(key)) continue;
    if (known !== null && !known.includes(key)) sayUnknownKey(faults, [...path, key], schema);
    else descend(faults, child, [...path, key], schema, key);
  }
}

function descend(
  faults: Faults,
  node: SpecNode,
  path: Path,
  above: z.core.$ZodType,
  part: PropertyKey,
): void {
  const schema = schemaAt(above, [part]);
  if (schema !== null) sayUnknownKeys(faults, node, path, schema);
}
