import type { z } from 'zod';

type AnySchema = z.core.$ZodType;

/** The schemas a value may have, with what wraps them (optional, default, pipe, union …) taken off. */
function unwrap(schema: AnySchema): readonly AnySchema[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
    case 'success':
      return unwrap(def.innerType);
    case 'pipe':
      return unwrap(def.in);
    case 'lazy':
      return unwrap(def.getter());
    case 'union':
      return def.options.flatMap(unwrap);
    case 'intersection':
      return [...unwrap(def.left), ...unwrap(def.right)];
    default:
      return [schema];
  }
}

/** The schema at a path; null where none says anything. */
export function schemaAt(schema: AnySchema, path: readonly PropertyKey[]): AnySchema | null {
  const [part, ...rest] = path;
  if (part === undefined) return schema;
  for (const option of unwrap(schema)) {
    const child = childOf(option, part);
    const found = child === null ? null : schemaAt(child, rest);
    if (found !== null) return found;
  }
  return null;
}

function childOf(schema: AnySchema, part: PropertyKey): AnySchema | null {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'object') return def.shape[String(part)] ?? null;
  if (def.type === 'record') return def.valueType;
  if (def.type === 'array') return def.element;
  if (def.type === 'tuple' && typeof part === 'number') return def.items[part] ?? def.rest ?? null;
  return null;
}

/** The keys a map may have; null where any may stand. */
export function keysOf(schema: AnySchema): readonly string[] | null {
  const keys = new Set<string>();
  for (const option of unwrap(schema)) {
    const { def } = (option as z.core.$ZodTypes)._zod;
    if (def.type === 'object') {
      const open = def.catchall !== undefined && (def.catchall as z.core.$ZodTypes)._zod.def.type !== 'never';
      if (open) return null;
      for (const key of Object.keys(def.shape)) keys.add(key);
    } else if (
      def.type === 'record' ||
      def.type === 'any' ||
      def.type === 'unknown' ||
      def.type === 'custom'
    ) {
      return null;
    }
  }
  return keys.size > 0 ? [...keys] : null;
}

/** What a schema's author says of it: title, description, examples. */
export function saidOf(schema: AnySchema): { title?: string; description?: string; examples?: unknown[] } {
  const own = (schema as z.ZodType).meta?.() ?? {};
  const inner = unwrap(schema)[0];
  const below = inner && inner !== schema ? ((inner as z.ZodType).meta?.() ?? {}) : {};
  const wrapped = wrappedSaid(schema);
  return { ...below, ...wrapped, ...own } as { title?: string; description?: string; examples?: unknown[] };
}

/** A described schema keeps its words on itself; `optional()` around it has none. */
function wrappedSaid(schema: AnySchema): object {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type !== 'optional' && def.type !== 'default') return {};
  return (def.innerType as z.ZodType).meta?.() ?? {};
}
