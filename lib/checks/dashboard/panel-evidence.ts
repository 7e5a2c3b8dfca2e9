import { z } from 'zod';
import type { MetricPlace, PlaceSeen } from '#lib/domain/coverage.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import { verdictSchema } from '#lib/domain/verdict.ts';

/** What of a judgement of the kind `dashboard-file` says how each panel is. */
const decidingSchema = z.object({
  panels: z.record(z.string(), z.array(z.tuple([verdictSchema, z.string()]))),
  otherwise: z.record(z.string(), z.array(z.string())),
});
const readingsSchema = z.object({
  commit: z.string(),
  unseen: z.record(z.string(), z.array(z.string())),
});

/**
 * Whether a required panel is in the dashboard's file and shows a metric there, by what a `dashboard-file` check came
 * to. A panel that differs in something else, such as a bound, is there and says so.
 */
export function panelSeen(
  { verdict, sentence, deciding, readings }: Judgement,
  { title, name, as }: MetricPlace,
): PlaceSeen {
  const told = decidingSchema.safeParse(deciding);
  if (!told.success)
    return verdict === 'fail' ? { kind: 'missing', why: sentence } : { kind: 'dark', why: sentence };
  const faults = told.data.panels[title];
  if (!faults) return { kind: 'dark', why: `Its check has not looked for the ${name} yet.` };
  const read = readingsSchema.safeParse(readings);
  const where = `${name[0]?.toUpperCase()}${name.slice(1)}${read.success ? ` at ${read.data.commit.slice(0, 12)}` : ''}`;
  if (faults.length === 0 && (as.length > 0 || !told.data.otherwise[title]))
    return { kind: 'there', note: null };
  if (faults.length === 0)
    return { kind: 'dark', why: `${where} asks otherwise than the spec, which chooses by a pattern.` };
  const why = `${where}: ${faults.map(([, what]) => what).join(', ')}.`;
  if (faults.every(([how]) => how !== 'fail')) return { kind: 'dark', why };
  const shows = read.success && as.some((one) => !read.data.unseen[title]?.includes(one));
  return shows ? { kind: 'there', note: why } : { kind: 'missing', why };
}
