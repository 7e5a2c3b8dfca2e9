import type { LabelDeclaration, MetricDeclaration } from '#lib/domain/spec.ts';
import { foreignCharacters } from './characters.ts';
import { type Draft, mapAt, type Reading, readEntry, sayName, unread } from './draft.ts';
import type { Faults, Names } from './faults.ts';
import { type MetricEntry, metricSchema } from './format-metrics.ts';
import { type Read, readId } from './scalars.ts';
import { type Path, placeOf } from './tree.ts';

/** The inventory: every name that is written, the groups, and the declarations that could be read. */
export interface Inventory {
  readonly names: Names;
  readonly groups: ReadonlySet<string>;
  readonly metrics: readonly MetricDeclaration[];
}

/** Reads the metrics, group by group. */
export function readInventory(reading: Reading, draft: Draft): Inventory {
  const metrics: MetricDeclaration[] = [];
  const firsts = new Map<string, Path>();
  const names = new Set<string>();
  const root = mapAt(reading, ['metrics']);
  const groups = root?.entries ?? new Map();
  for (const group of groups.keys()) {
    sayName(reading, ['metrics', group], readId(group));
    for (const metric of mapAt(reading, ['metrics', group])?.entries.keys() ?? []) {
      const path = ['metrics', group, metric];
      names.add(sayName(reading, path, readMetricName(metric))).add(metric);
      const first = firsts.get(metric);
      if (first) sayTwice(reading, path, first);
      else firsts.set(metric, path);
      const entry = readEntry(reading, path, metricSchema);
      if (entry === null || first) continue;
      names.add(sayContradictions(reading, path, metric, entry));
      metrics.push(declare(metric, group, entry, draft));
    }
  }
  const open = root === null && unread(reading, 'metrics');
  return {
    names: { what: 'metric', names, open },
    groups: new Set(groups.keys()),
    metrics,
  };
}

function sayTwice({ root, faults }: Reading, path: Path, first: Path): void {
  const { line } = placeOf(root, first, 'key');
  const message = `\`${path.at(-1)}\` is already declared, in the group \`${first[1]}\` on line ${line}.`;
  faults.add(path, message, 'Keep it in one group.', 'key');
}

function declare(name: string, group: string, entry: MetricEntry, { defaults }: Draft): MetricDeclaration {
  return {
    name,
    type: entry.type ?? null,
    group,
    help: entry.help ?? null,
    labels: Object.entries(entry.labels ?? {}).map(
      ([label, { required = [], allowed = [] }]): LabelDeclaration => {
        return { name: label, required, allowed };
      },
    ),
    minSeries: entry.minSeries ?? 1,
    absentUntilFirst: entry.absentUntilFirst ?? false,
    freshWithinMs: entry.freshWithin ?? defaults.freshWithin ?? 60_000,
    job: entry.job ?? defaults.job ?? null,
    quietWhen: entry.quietWhen ?? null,
  };
}

/** Prometheus's rule for names (https://prometheus.io/docs/concepts/data_model), and the dots that OpenTelemetry sends. */
function readMetricName(name: string): Read<string> {
  if (/^[A-Za-z_:][A-Za-z0-9_:./-]{0,499}$/.test(name)) return { ok: true, value: name };
  const foreign = foreignCharacters(name);
  const near = (foreign?.plain ?? name)
    .trim()
    .replace(/[^A-Za-z0-9_:./-]/g, '_')
    .replace(/^[^A-Za-z_:]/, '_');
  const message = `\`${name.slice(0, 100)}\` is not a metric's name${foreign ? `: it ${foreign.message}` : ''}.`;
  return {
    ok: false,
    message,
    remedy: `Write it as the node emits it, such as \`${near.slice(0, 100)}\`.`,
    near,
  };
}

/** Says what does not go together. Gives the name that others refer to. */
function sayContradictions({ faults }: Reading, path: Path, name: string, entry: MetricEntry): string {
  const base = name.replace(/_(bucket|sum|count)$/, '');
  if (entry.type === 'histogram' && base !== name) {
    const message = `\`${name}\` is a part of a histogram.`;
    faults.add(path, message, `Declare \`${base}\`: its parts are found under it.`, 'key');
  }
  const counts = entry.type === 'counter' || entry.type === 'histogram' || entry.type === 'summary';
  if (entry.absentUntilFirst === true && !counts) {
    const message = 'Only what counts events can be absent until the first.';
    faults.add([...path, 'absentUntilFirst'], message, 'Add `type: counter`, or remove this.', 'key');
  }
  for (const [label, { required = [], allowed = [] }] of Object.entries(entry.labels ?? {})) {
    sayLabel(faults, [...path, 'labels', label], required, allowed);
  }
  return entry.type === 'histogram' ? base : name;
}

function sayLabel(faults: Faults, path: Path, required: readonly string[], allowed: readonly string[]): void {
  const label = String(path.at(-1));
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,199}$/.test(label)) {
    faults.add(path, `\`${label}\` is not a label's name.`, 'Write Latin letters, digits and `_`.', 'key');
  }
  const seen = new Set<string>();
  for (const [index, value] of [...required, ...allowed].entries()) {
    const at = index < required.length ? ['required', index] : ['allowed', index - required.length];
    const remedy =
      index < required.length || !required.includes(value)
        ? 'Remove it.'
        : 'Required values are allowed: remove it here.';
    if (seen.has(value)) faults.add([...path, ...at], `\`${value}\` stands twice.`, remedy);
    seen.add(value);
  }
}
