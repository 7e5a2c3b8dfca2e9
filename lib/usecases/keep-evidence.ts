import type { Spec } from '#lib/domain/spec.ts';
import { keepAnswers } from '#lib/evidence/answer-store.ts';
import { insertChanges } from '#lib/evidence/history-store.ts';
import {
  type EvidenceRow,
  insertEvidence,
  type NewestEvidence,
  newestEvidence,
  type TouchedEvidence,
  touchEvidence,
} from '#lib/evidence/store.ts';
import type { Reader } from '#lib/server/database.ts';
import type { AdvancedCheck } from './advance-checks.ts';
import type { Asked } from './ask.ts';
import { heldDigest } from './held-digest.ts';
import type { PlannedCheck } from './plan.ts';

/**
 * Keeps what was seen: identical evidence in a row is one row, extended while the gap is below `maxAge` and the source
 * holds the same; anything else is a new row with the vendor's raw answers. Every change of a standing is kept beside
 * it. `checks` are all that a cycle judged, those that read no source among them. Gives the launches with a new row.
 */
export async function keepEvidence(
  tx: Reader,
  checks: readonly AdvancedCheck[],
  answers: Asked['answers'],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const newest = new Map((await newestEvidence(tx, checks.map(keyOf))).map((row) => [keyText(row), row]));
  const digests = answers.map(({ digest }) => digest);
  const touched: TouchedEvidence[] = [];
  const fresh: EvidenceRow[] = [];
  for (const check of checks) {
    const row = evidenceRow(check, digests);
    const last = newest.get(keyText(row));
    if (last && !isFirstElsewhere(check) && extendsRow(last, row, longestGap(check.planned)))
      touched.push({ id: last.id, seenAt: row.seenAt, observation: drawnAnew(check, last.id, nowMs) });
    else fresh.push(row);
  }
  await touchEvidence(tx, touched);
  await insertEvidence(tx, fresh);
  const kept = new Set(fresh.flatMap((row) => row.answers));
  await keepAnswers(
    tx,
    answers.filter(({ digest }) => kept.has(digest)),
    nowMs,
  );
  await insertChanges(tx, checks.flatMap(changeRows));
  return new Set(fresh.map(({ launch }) => launch));
}

/** What panels and the matrix are drawn from is kept as new as this; of the same evidence, in its row. */
const drawnEveryMs = 60_000;
/** When a row's drawing was last kept, by this process: after a start it is kept at once. */
const drawnAtMs = new Map<bigint, number>();

function drawnAnew({ observations, planned }: AdvancedCheck, row: bigint, nowMs: number): unknown {
  const isDrawn =
    planned.check.kind === 'metric-coverage' ||
    observations.some(({ question }) => question.ask === 'panel-data');
  if (!isDrawn || observations.some(({ outcome }) => !outcome.ok)) return null;
  if (nowMs - (drawnAtMs.get(row) ?? 0) < drawnEveryMs) return null;
  for (const [id, atMs] of drawnAtMs) if (nowMs - atMs > 10 * drawnEveryMs) drawnAtMs.delete(id);
  drawnAtMs.set(row, nowMs);
  return observations;
}

function keyOf({ planned }: Pick<AdvancedCheck, 'planned'>) {
  return { launch: planned.launch.head.id, item: planned.item.id, check: planned.check.id };
}

function keyText({ launch, item, check }: { launch: string; item: string; check: string }): string {
  return `${launch}/${item}/${check}`;
}

/** What is seen first after a source was moved is of another place, however much it is like what was seen before. */
function isFirstElsewhere({ before }: AdvancedCheck): boolean {
  return before?.moved !== undefined && before.triedAt === before.moved.at;
}

function extendsRow(last: NewestEvidence, row: EvidenceRow, longestGapMs: number): boolean {
  const gapMs = Date.parse(row.seenAt) - last.lastSeenAt.getTime();
  return last.digest === row.digest && last.holds === (row.readings.holds ?? null) && gapMs <= longestGapMs;
}

const longestAges = new WeakMap<Spec, number>();

/**
 * How long a check may go unseen before its evidence begins a new row, in milliseconds. What reads no source is seen
 * whenever its launch is folded, so only a stretch longer than all that the launch reads may age is one of ours.
 */
function longestGap({ launch, check }: PlannedCheck): number {
  if (check.source !== null) return check.maxAgeMs;
  const { spec } = launch;
  let longest = longestAges.get(spec);
  if (longest === undefined) {
    const checks = spec.tracks.flatMap(({ items }) => items).flatMap((item) => item.checks);
    longest = Math.max(0, ...checks.flatMap(({ source, maxAgeMs }) => (source === null ? [] : [maxAgeMs])));
    longestAges.set(spec, longest);
  }
  return longest;
}

function evidenceRow(check: AdvancedCheck, digests: readonly string[]): EvidenceRow {
  const { planned, judged, digest, observations } = check;
  const holds = heldDigest(observations);
  const held = holds === null ? {} : { holds };
  const shared = {
    ...keyOf(check),
    ruleVersion: planned.kind.ruleVersion,
    observation: observations,
    answers: [
      ...new Set(observations.flatMap(({ answers }) => answers.flatMap((index) => digests[index] ?? []))),
    ],
    seenAt: judged.observedAt,
    specDigest: planned.launch.head.specDigest,
    commit: planned.launch.head.candidate?.commit ?? null,
  };
  if (judged.kind === 'failed') {
    const { failure } = judged;
    const empty = { verdict: 'unknown', deciding: {}, readings: held } as const;
    return {
      ...shared,
      ...empty,
      digest: `failure:${failure.kind}`,
      sentence: failure.message,
      failure: { ...failure },
    };
  }
  const { verdict, deciding, sentence } = judged.judgement;
  const readings = { ...judged.judgement.readings, ...held };
  return { ...shared, digest: digest ?? '', verdict, deciding, readings, sentence, failure: null };
}

/** What the history of a check keeps of how it moved. */
export function changeRows(check: Pick<AdvancedCheck, 'planned' | 'standing' | 'changes'>) {
  const { standing, changes } = check;
  const evidenceDigest = standing.evidenceDigest;
  return changes.flatMap((change) => {
    if (change.kind === 'gap') {
      const sentence = 'Nobody looked: the worker was not running.';
      return [{ ...keyOf(check), at: change.from, verdict: 'stale', sentence, evidenceDigest }];
    }
    if (change.kind !== 'verdict') return [];
    const { at, to: verdict } = change;
    return [{ ...keyOf(check), at, verdict, sentence: sentenceOf(check), evidenceDigest }];
  });
}

function sentenceOf({ standing }: Pick<AdvancedCheck, 'standing'>): string {
  const dark =
    standing.verdict === 'unknown' ? (standing.failure?.message ?? standing.moved?.sentence) : null;
  return dark ?? standing.judgement?.sentence ?? 'Never judged.';
}
