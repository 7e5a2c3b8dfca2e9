import type { Json, JsonObject } from '#lib/domain/json.ts';

/** Where the repository's file says something else than the kit's. */
export interface FileDifference {
  readonly at: string;
  readonly kit: string | null;
  readonly repository: string | null;
  readonly isMeant: boolean;
}

/** Reads the differences of a `kit-file` check: what counts comes before what the spec allows. */
export function fileDifferences({ differs, meant }: JsonObject): readonly FileDifference[] {
  return [...rows(differs, false), ...rows(meant, true)];
}

function rows(given: Json | undefined, isMeant: boolean): readonly FileDifference[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((row) => {
    if (!Array.isArray(row) || typeof row[0] !== 'string') return [];
    const [at, kit, repository] = row;
    return [{ at, kit: text(kit), repository: text(repository), isMeant }];
  });
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
