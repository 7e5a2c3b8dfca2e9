import { z } from 'zod';
import type { BindFault } from '#lib/domain/check-kind.ts';
import { durationPattern, readDuration } from '#lib/domain/duration.ts';
import type { MetricDeclaration, Spec } from '#lib/domain/spec.ts';
import { parsePromql, readsSeries } from '../promql/parse.ts';

/** A duration as it is written (`30s`, `10m`); it stays as written, so that it can be read again. */
export const durationText = z
  .string()
  .superRefine((text, context) => {
    const read = readDuration(text);
    if (!read.ok) context.addIssue({ code: 'custom', message: `${read.message} ${read.remedy}` });
  })
  .meta({ pattern: durationPattern, examples: ['10m'] });

/** Milliseconds of a duration that `durationText` let pass. */
export function msOf(text: string): number {
  const read = readDuration(text);
  if (!read.ok) throw new Error(`not a duration: ${text}`);
  return read.ms;
}

const values = z.array(z.string().max(500)).max(1000);

/** What a check may say of a metric itself, in the form of the spec's inventory. */
export const inlineFields = {
  type: z
    .enum(['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset', 'untyped'])
    .exactOptional()
    .describe('Its type, held against what the target says.'),
  labels: z
    .record(z.string(), z.strictObject({ required: values.exactOptional(), allowed: values.exactOptional() }))
    .exactOptional()
    .describe('Labels that each series must carry; each required value must have a live series.'),
  minSeries: z.int().min(1).max(1_000_000).exactOptional().describe('Live series wanted at least.'),
  absentUntilFirst: z
    .boolean()
    .exactOptional()
    .describe('Its series appear with the first event: until then it passes when its target declares it.'),
  freshWithin: durationText.exactOptional().describe('A last sample older than this is not fresh.'),
  job: z.string().min(1).max(500).exactOptional().describe('The Prometheus job that is to emit it.'),
  quietWhen: z
    .string()
    .min(1)
    .max(10_000)
    .exactOptional()
    .describe('PromQL: where this holds, NaN or no data is right, because nothing happened.'),
};
const inlineSchema = z.object(inlineFields);
export type InlineFields = z.infer<typeof inlineSchema>;

/** A metric as the spec declares it, in a form that evidence can digest. */
export type Declared = {
  readonly name: string;
  readonly type: MetricDeclaration['type'];
  readonly group: string | null;
  readonly labels: readonly {
    readonly name: string;
    readonly required: readonly string[];
    readonly allowed: readonly string[];
  }[];
  readonly minSeries: number;
  readonly absentUntilFirst: boolean;
  readonly freshWithinMs: number;
  readonly job: string | null;
  readonly quietWhen: string | null;
};

const nothingSaid: Omit<Declared, 'name'> = {
  type: null,
  group: null,
  labels: [],
  minSeries: 1,
  absentUntilFirst: false,
  freshWithinMs: 60_000,
  job: null,
  quietWhen: null,
};

/** Declarations by name: a spec never changes, and an inventory of thousands is bound one metric at a time. */
const inventories = new WeakMap<Spec, ReadonlyMap<string, MetricDeclaration>>();

/** The inventory's declaration of a metric; the first, where a name stands twice. */
export function declarationIn(spec: Spec, name: string): MetricDeclaration | undefined {
  let byName = inventories.get(spec);
  if (!byName) {
    byName = new Map([...spec.metrics].reverse().map((one) => [one.name, one]));
    inventories.set(spec, byName);
  }
  return byName.get(name);
}

/** A declaration of the spec without its prose: a better help text does not make evidence new. */
export function declaredOf(metric: MetricDeclaration): Declared {
  const { name, type, group, minSeries, absentUntilFirst, freshWithinMs, job, quietWhen } = metric;
  const labels = metric.labels.map(({ name, required, allowed }) => ({ name, required, allowed }));
  return { name, type, group, labels, minSeries, absentUntilFirst, freshWithinMs, job, quietWhen };
}

/** The inventory's declaration, or none, with what the check says itself over it. */
export function withInline(
  name: string,
  inventory: MetricDeclaration | undefined,
  said: InlineFields,
): Declared {
  const base = inventory ? declaredOf(inventory) : { name, ...nothingSaid };
  const { labels, freshWithin, ...rest } = said;
  return {
    ...base,
    ...rest,
    ...(freshWithin === undefined ? {} : { freshWithinMs: msOf(freshWithin) }),
    ...(labels === undefined
      ? {}
      : {
          labels: Object.entries(labels).map(([label, { required = [], allowed = [] }]) => ({
            name: label,
            required,
            allowed,
          })),
        }),
  };
}

/** What is wrong with an expression that a check is to ask; null when it can be asked. */
export function promqlFault(expr: string, path: BindFault['path'], what: string): BindFault | null {
  const parse = parsePromql(expr);
  if (!parse.ok) return { path, message: parse.message };
  if (readsSeries(parse.top)) return null;
  return { path, message: `${what} reads no metric, so it says the same whatever happens` };
}

/** The name among those known that was most likely meant; null when none is near. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(name.length / 4)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const distance = distanceBetween(name, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein's distance, one row at a time. */
function distanceBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swapped));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A fault for a metric that the inventory does not have. */
export function unknownMetric(name: string, path: BindFault['path'], spec: Spec): BindFault {
  const near = nearest(
    name,
    spec.metrics.map((metric) => metric.name),
  );
  const meant = near === null ? '' : `; did you mean \`${near}\`?`;
  return { path, message: `the spec declares no metric \`${name.slice(0, 200)}\`${meant}` };
}
