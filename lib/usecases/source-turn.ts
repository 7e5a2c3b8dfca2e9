import { isSilence, type SourceFailure } from '#lib/domain/failure.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Observation } from '#lib/domain/question.ts';
import type { Asked } from './ask.ts';
import type { SourceRow } from './source-views.ts';

/** How a source answered: not at all, with what cannot be used, or as it should. */
type SourceSaid = 'silent' | 'nonsense' | 'answered';

/** What an asking did to a physical source. */
export interface SourceTurn {
  readonly row: SourceRow & { readonly failure: SourceFailure | null };
  readonly requests: number;
  /** Null when its health is as before. */
  readonly event: `source.${SourceSaid}` | null;
  readonly data: JsonObject;
}

/**
 * A source is silent when none of its questions was answered; one question that it refuses (a query it cannot parse,
 * a path that is not there) is that check's affair. Pure.
 */
export function sourceTurn(
  cycle: { readonly key: string; readonly asked: Asked; readonly everyMs: number },
  before: SourceRow | undefined,
  nowMs: number,
): SourceTurn {
  const at = new Date(nowMs);
  const failure = failureOf(cycle.asked.observations);
  const is = failure === null ? 'answered' : isSilence(failure) ? 'silent' : 'nonsense';
  const silentSince = is === 'silent' ? (before?.silentSince ?? at) : null;
  const { quietUntil } = cycle.asked;
  const row = {
    key: cycle.key,
    lastAskedAt: at,
    lastAnsweredAt: failure === null ? at : (before?.lastAnsweredAt ?? null),
    silentSince,
    failure,
    nextTryAt: new Date(Math.max(nowMs + cycle.everyMs, quietUntil?.getTime() ?? 0)),
    quietUntil,
  };
  const was = said(before);
  const event = was === is || (was === null && is === 'answered') ? null : (`source.${is}` as const);
  return { row, requests: cycle.asked.requests, event, data: failure ? { failure: failure.kind } : {} };
}

/** How it stood before; null when it was never asked. */
function said(before: SourceRow | undefined): SourceSaid | null {
  if (!before?.lastAskedAt) return null;
  if (before.silentSince) return 'silent';
  return before.failure === null ? 'answered' : 'nonsense';
}

function failureOf(observations: readonly Observation[]): SourceFailure | null {
  let first: SourceFailure | null = null;
  for (const { outcome } of observations) {
    if (outcome.ok) return null;
    first ??= outcome.failure;
  }
  return first;
}
