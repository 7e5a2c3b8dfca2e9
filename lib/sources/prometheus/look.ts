import { isSilence, type SourceFailure } from '#lib/domain/failure.ts';
import type { TargetName } from '#lib/domain/observations/prometheus.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import type { Client } from './client.ts';
import { createLiveness, type Liveness, type SeriesState } from './liveness.ts';
import { readSamples, type Series } from './samples.ts';
import { alwaysAsked, type WindowRequest, windowRequests } from './window.ts';

/** A series and how it stood, by the `up` of its own answer. */
export interface Sighting {
  readonly series: Series;
  readonly stateFor: (freshWithinMs: number) => SeriesState;
}

/** What one window showed. */
export interface Look {
  readonly find: (name: string) => readonly Sighting[];
  /** Why the answer that would show this name is missing; null when it is there. */
  readonly failureOf: (name: string) => SourceFailure | null;
  readonly answers: readonly number[];
  readonly warnings: readonly string[];
  readonly down: (job: string | null) => readonly TargetName[];
  readonly targets: readonly (TargetName & { readonly up: boolean })[];
}

interface LookOptions {
  readonly windowMs: number;
  readonly buildInfo: SourceSpec['buildInfo'];
  readonly matchers: string;
}

/** Asks for all samples of these names over a window, in as few requests as they fit. */
export async function look(client: Client, names: readonly string[], options: LookOptions): Promise<Look> {
  const sightings = new Map<string, Sighting[]>();
  const failures = new Map<string, SourceFailure>();
  const answers: number[] = [];
  const warnings = new Set<string>();
  let first: Liveness | null = null;

  const ask = async (request: WindowRequest): Promise<void> => {
    const reply = await client.post('query', { query: request.query });
    if (reply.answer !== null) answers.push(reply.answer);
    if (!reply.ok) {
      if (reply.failure.status === 413 && request.names.length > 20) {
        await askAll(request.names, Math.ceil(request.query.length / 2));
        return;
      }
      for (const name of request.names) failures.set(name, reply.failure);
      return;
    }
    const read = readSamples(reply.data);
    if (!read.ok) {
      const message = `${client.title} answered with JSON that ${read.message}: it is not an answer of Prometheus.`;
      for (const name of request.names) failures.set(name, { ...malformed, message });
      return;
    }
    for (const text of reply.warnings) warnings.add(text);
    const ups = read.series.filter(({ name }) => name === 'up');
    const liveness = createLiveness(ups, reply.serverNowMs);
    // What stands in every request is taken from the first alone, or it would be counted once for each.
    const skip = first === null ? [] : alwaysAsked(options.buildInfo);
    first ??= liveness;
    for (const series of read.series) {
      if (skip.includes(series.name)) continue;
      const sighting: Sighting = {
        series,
        stateFor: (freshWithinMs) => liveness.stateOf(series, freshWithinMs),
      };
      const others = sightings.get(series.name);
      if (others) others.push(sighting);
      else sightings.set(series.name, [sighting]);
    }
  };
  const askAll = async (some: readonly string[], bytes?: number): Promise<void> => {
    await Promise.all(windowRequests(some, bytes === undefined ? options : { ...options, bytes }).map(ask));
  };
  await askAll(names);

  const liveness = first as Liveness | null;
  return {
    find: (name) => sightings.get(name) ?? [],
    failureOf: (name) => failures.get(name) ?? null,
    answers,
    warnings: [...warnings].slice(0, 3),
    down: (job) => liveness?.down(job) ?? [],
    targets: liveness?.targets ?? [],
  };
}

const malformed = { kind: 'malformed', status: 200, retryAt: null } as const;

/** Of a failure on the side: null when Prometheus lacks the endpoint (Thanos, Mimir), which must not stop the rest. */
export function unlessMissing(failure: SourceFailure): SourceFailure | null {
  return isSilence(failure) ? failure : null;
}
