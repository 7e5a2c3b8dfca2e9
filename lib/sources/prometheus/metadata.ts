import type { SourceFailure } from '#lib/domain/failure.ts';
import type { MetricType } from '#lib/domain/spec.ts';
import type { Client } from './client.ts';

/** What targets say of their metrics' types. */
export interface Metadata {
  /** None when nobody says. */
  readonly typesOf: (name: string) => readonly MetricType[];
  /** Why it could not be read; null when it was read, or when this kind of server does not keep it. */
  readonly failure: SourceFailure | null;
  readonly answers: readonly number[];
}

export const noMetadata: Metadata = { typesOf: () => [], failure: null, answers: [] };

/** Types as Prometheus writes them: https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metric-metadata */
const types: Readonly<Record<string, MetricType>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  gaugehistogram: 'histogram',
  summary: 'summary',
  info: 'info',
  stateset: 'stateset',
  unknown: 'untyped',
  untyped: 'untyped',
};

/** Asks for the metadata of all metrics: one request, whatever the number of names. */
export async function askMetadata(client: Client): Promise<Metadata> {
  const reply = await client.get('metadata');
  const answers = reply.answer === null ? [] : [reply.answer];
  if (!reply.ok) return { ...noMetadata, failure: reply.failure, answers };
  const read = readMetadata(reply.data);
  if (read === null) {
    const message = `${client.title} answered with metadata of a shape that is not Prometheus’s.`;
    return {
      ...noMetadata,
      failure: { kind: 'malformed', message, status: 200, retryAt: null },
      answers,
    };
  }
  return { typesOf: (name) => typesIn(read, name), failure: null, answers };
}

/** Types by family; null for another shape. */
export function readMetadata(data: unknown): ReadonlyMap<string, readonly MetricType[]> | null {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const read = new Map<string, readonly MetricType[]>();
  for (const [name, entries] of Object.entries(data)) {
    if (!Array.isArray(entries)) return null;
    const found = new Set<MetricType>();
    for (const entry of entries) {
      if (typeof entry?.type !== 'string') return null;
      const type = Object.hasOwn(types, entry.type) ? types[entry.type] : undefined;
      if (type) found.add(type);
    }
    read.set(name, [...found].sort());
  }
  return read;
}

/** OpenMetrics names the family without the suffix that its samples carry. */
function typesIn(read: ReadonlyMap<string, readonly MetricType[]>, name: string): readonly MetricType[] {
  const own = read.get(name);
  if (own) return own;
  for (const [suffix, type] of [
    ['_total', 'counter'],
    ['_info', 'info'],
  ] as const) {
    if (!name.endsWith(suffix)) continue;
    const family = read.get(name.slice(0, -suffix.length));
    if (family?.includes(type)) return family;
  }
  return [];
}
