import type { SourceFailure } from '#lib/domain/failure.ts';
import type { MetricType } from '#lib/domain/spec.ts';
import type { Client } from './client.ts';
import { familiesIn } from './families.ts';

/** What targets say of their metrics' types. */
export interface Metadata {
  /** None when nobody says. */
  readonly typesOf: (name: string) => readonly MetricType[];
  /** Why it could not be read; null when it was read, or when this kind of server does not keep it. */
  readonly failure: SourceFailure | null;
  readonly answers: readonly number[];
  /** True when it was read a while ago, and not asked for now. */
  readonly served: boolean;
}

export const noMetadata: Metadata = { typesOf: () => [], failure: null, answers: [], served: false };

/**
 * How long the types that a source told may serve again. They change when a target is deployed anew, and all names'
 * metadata is the largest answer of a cycle and the slowest: a busy source is asked for it once in four cycles.
 */
export function typesServeForMs(everyMs: number): number {
  return Math.min(60_000, 4 * everyMs);
}

/**
 * Asks for the metadata of all metrics: one request, whatever the number of names. None when they were told at most
 * `servesForMs` ago.
 */
export async function askMetadata(client: Client, servesForMs = 0): Promise<Metadata> {
  const reply = await client.get('metadata', {}, servesForMs);
  const answers = reply.answer === null ? [] : [reply.answer];
  if (!reply.ok) return { ...noMetadata, failure: reply.failure, answers };
  const read = familiesIn(reply.data);
  if (read === null) {
    const message = `${client.title} answered with metadata of a shape that is not Prometheus’s.`;
    return {
      ...noMetadata,
      failure: { kind: 'malformed', message, status: 200, retryAt: null },
      answers,
    };
  }
  return { typesOf: (name) => typesIn(read.types, name), failure: null, answers, served: reply.served };
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
