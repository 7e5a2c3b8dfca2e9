import type { Standing, StandingNow } from '#lib/domain/standing.ts';

/** Changes of verdict within this time that make a check flap. */
const flapWindowMs = 60 * 60 * 1000;
const flapChanges = 4;

/**
 * Reads a standing at an instant: evidence alone never turns stale, the clock makes it so. Pure.
 *
 * Tried and failed past `maxAge` is `unknown`; not tried past `maxAge` is `stale`; neither is ever red.
 */
export function standingAt(standing: Standing, nowMs: number): StandingNow {
  const triedMs = Date.parse(standing.triedAt);
  const staleAtMs = triedMs + standing.maxAgeMs;
  const flags = {
    failing: standing.failing !== null,
    flapping: isFlapping(standing, nowMs),
    silent: standing.silentSince !== null,
  };
  if (nowMs > staleAtMs) {
    const sentence = `Nobody has looked since ${clock(standing.triedAt)}: is the worker running? ${lastGood(standing)}`;
    return { ...flags, verdict: 'stale', sentence, changesAtMs: null };
  }
  if (!standing.failure) {
    const { failing } = standing;
    const sentence = failing
      ? `Failing, not yet confirmed (${failing.count} in a row since ${clock(failing.since)}): ${failing.sentence}`
      : (standing.judgement?.sentence ?? standing.moved?.sentence ?? 'Not looked at yet.');
    return { ...flags, verdict: standing.verdict, sentence, changesAtMs: staleAtMs };
  }
  const dark = `${standing.failure.message} ${lastGood(standing)}`;
  // Silence after nonsense leaves unknown standing, and not what was judged before.
  const nothingStands = standing.judgement?.verdict !== standing.verdict;
  if (!flags.silent || !standing.observedAt || nothingStands) {
    return { ...flags, verdict: 'unknown', sentence: dark, changesAtMs: staleAtMs };
  }
  const darkAtMs = Date.parse(standing.observedAt) + standing.maxAgeMs;
  if (nowMs > darkAtMs) return { ...flags, verdict: 'unknown', sentence: dark, changesAtMs: staleAtMs };
  const since = standing.silentSince ?? standing.triedAt;
  const sentence = `${standing.judgement?.sentence ?? ''} Silent since ${clock(since)}: ${standing.failure.message}`;
  return {
    ...flags,
    verdict: standing.verdict,
    sentence: sentence.trim(),
    changesAtMs: Math.min(darkAtMs, staleAtMs),
  };
}

function isFlapping(standing: Standing, nowMs: number): boolean {
  return standing.changes.filter((at) => nowMs - Date.parse(at) <= flapWindowMs).length >= flapChanges;
}

function lastGood(standing: Standing): string {
  if (!standing.judgement || !standing.observedAt) return standing.moved?.sentence ?? 'It was never judged.';
  return `Last good answer ${clock(standing.observedAt)}: ${standing.judgement.sentence}`;
}

/** "2026-11-23 08:06 UTC" */
function clock(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
