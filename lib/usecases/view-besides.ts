import { z } from 'zod';
import { coverageBesides, type NamesLook } from '#lib/board/coverage-besides.ts';
import { metricNamesIn } from '#lib/checks/promql/names.ts';
import type { CoverageBesides } from '#lib/domain/coverage-besides.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { CoverageReader } from './coverage-readers.ts';
import { namesKnown } from './names-known.ts';
import type { LaunchNow } from './view-board.ts';

const readingsSchema = z.object({
  names: z.object({
    jobs: z.array(z.string()),
    used: z.array(z.string()),
    unknown: z.array(z.string()),
    more: z.number(),
    cut: z.boolean(),
    unread: z.string().nullable(),
  }),
});

/** Names by the text of a rule's query: the same rules are read with every news. */
const parsed = new Map<string, readonly string[]>();
const mostParsed = 5000;
/** A longer query is none that a person wrote, and takes the grammar as much longer. */
const longest = 10_000;

/** What is used and emitted by nobody, and what is emitted and used nowhere, from the newest readings. */
export function viewBesides(
  { launch }: LaunchNow,
  readers: readonly CoverageReader[],
  queries: readonly string[],
): CoverageBesides {
  const inventories = readers.filter(({ planned }) => planned.check.kind === 'metric-coverage');
  return coverageBesides(inventories.map(lookOf), {
    used: namesKnown(launch.spec).used,
    inRules: new Set(queries.flatMap(namesIn)),
  });
}

function lookOf({ dark, judgement }: CoverageReader): NamesLook {
  return dark === null ? { dark, names: namesRead(judgement) } : { dark };
}

function namesRead(judgement: Judgement | null) {
  const read = readingsSchema.safeParse(judgement?.readings);
  return read.success ? read.data.names : null;
}

function namesIn(query: string): readonly string[] {
  const known = parsed.get(query);
  if (known || query.length > longest) return known ?? [];
  const read = metricNamesIn(query);
  const names = read.ok ? read.names : [];
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(query, names);
  return names;
}
