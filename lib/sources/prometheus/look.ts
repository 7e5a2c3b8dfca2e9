import { isSilence, type SourceFailure } from '#lib/domain/failure.ts';
import type { TargetName } from '#lib/domain/observations/prometheus.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import type { Client } from './client.ts';
import { createLiveness, type Liveness, type SeriesState } from './liveness.ts';
import { readSamples } from './samples.ts';
import type { Series } from './series.ts';
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
  /** By the server's clock; null when nothing was answered. */
  readonly serverNowMs: number | null;
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
  let serverNowMs: number | null = null;

  const keep = (series: readonly Series[], nowMs: number): void => {
    const ups = series.filter(({ name }) => name === 'up');
    const liveness = createLiveness(ups, nowMs);
    // What stands in every request is taken from the first alone, or it would be counted once for each.
    const skip = first === null ? [] : alwaysAsked(options.buildInfo);
    first ??= liveness;
    for (const one of series) {
      if (skip.includes(one.name)) continue;
      const sighting: Sighting = {
        series: one,
        stateFor: (freshWithinMs) => liveness.stateOf(one, freshWithinMs),
      };
      const others = sightings.get(one.name);
      if (others) others.push(sighting);
      else sightings.set(one.name, [sighting]);
    }
  };
  const ask = async (request: WindowRequest, halvings: number): Promise<void> => {
    const reply = await client.post('query', { query: request.query });
    if (reply.answer !== null) answers.push(reply.answer);
    const read = reply.ok ? readSamples(reply.data) : null;
    if (reply.ok && read?.ok) {
      for (const text of reply.warnings) warnings.add(text);
      serverNowMs ??= reply.serverNowMs;
      keep(read.series, reply.serverNowMs);
      return;
    }
    const failure = reply.ok ? notSamples(client, read?.ok === false ? read.message : '') : reply.failure;
    if (isTooMuch(failure) && request.names.length > 20 && halvings < mostHalvings) {
      const bytes = Math.ceil(request.query.length / 2);
      // One after the other: a server that sends too much for anything must not do so many times at once.
      for (const half of windowRequests(request.names, { ...options, bytes })) {
        if (half.names.some((name) => failures.get(name)?.kind === 'too-large')) continue;
        await ask(half, halvings + 1);
      }
      return;
    }
    const lost = isTooMuch(failure) ? names.filter((name) => !sightings.has(name)) : request.names;
    for (const name of lost) failures.set(name, failure);
  };
  await Promise.all(windowRequests(names, options).map((request) => ask(request, 0)));

  const liveness = first as Liveness | null;
  return {
    find: (name) => sightings.get(name) ?? [],
    failureOf: (name) => failures.get(name) ?? null,
    answers,
    warnings: [...warnings].slice(0, 3),
    down: (job) => liveness?.down(job) ?? [],
    targets: liveness?.targets ?? [],
    serverNowMs,
  };
}

/** After so many, a sixty-fourth of what fits one request is still too much: more is not tried. */
const mostHalvings = 6;

/** Too long a query for a proxy between (413), or an answer larger than is read. */
function isTooMuch({ kind, status }: SourceFailure): boolean {
  return status === 413 || kind === 'too-large';
}

function notSamples(client: Client, why: string): SourceFailure {
  const message = `${client.title} answered with JSON that ${why}: it is not an answer of Prometheus.`;
  return { kind: 'malformed', message, status: 200, retryAt: null };
}

/** Of a failure on the side: null when Prometheus lacks the endpoint (Thanos, Mimir), which must not stop the rest. */
export function unlessMissing(failure: SourceFailure): SourceFailure | null {
  return isSilence(failure) ? failure : null;
}
