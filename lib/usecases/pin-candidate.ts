import { holdBoards } from '#lib/board/store.ts';
import type { Result } from '#lib/domain/problem.ts';
import { readsCandidate } from '#lib/domain/spec.ts';
import { forgetStandings } from '#lib/evidence/store.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction } from '#lib/server/database.ts';
import { type House, house } from '#lib/server/house.ts';
import { queueCollection } from '#lib/server/queue.ts';
import { resolveCandidate } from '#lib/sources/registry.ts';
import { type LaunchInForce, launchInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';
import { noSuchLaunch, refusal } from './problems.ts';
import { reachSource } from './reach-source.ts';
import { settleIn } from './settle.ts';

export interface CandidateToPin {
  /** Branch, tag or commit. Default: the ref that the spec names. */
  readonly ref?: string;
  /** The commit that was shown for the ref, in full: where the ref means another one by now, nothing is pinned. */
  readonly commit?: string;
  /** True: say what it would do, and do nothing. */
  readonly dryRun?: boolean;
}

export interface PinnedCandidate {
  /** Where nothing moved the one that stands; in a dry run the one that would, not pinned yet. */
  readonly candidate: { readonly ref: string; readonly commit: string; readonly pinnedAt: string | null };
  /** False when it stood on that commit already. */
  readonly moved: boolean;
  /** What it does, in words, a sentence each. */
  readonly affects: readonly string[];
}

/**
 * Pins the candidate to the commit that a ref means now, or moves it there. Whoever was shown a commit names it, and
 * gets that one or a `conflict`.
 */
export async function pinCandidate(
  id: string,
  input: CandidateToPin,
  at: House = house(),
): Promise<Result<PinnedCandidate>> {
  const launch = await launchInForce(at.db, id);
  if (!launch) return noSuchLaunch(id);
  const named = launch.spec.candidate;
  const source = launch.spec.sources.find((one) => one.id === named?.source);
  if (!named || !source) {
    const remedy = 'Add `candidate: { source: …, ref: … }` to the spec and adopt it again.';
    return refusal('conflict', 'The spec does not say which repository the candidate is taken from.', remedy);
  }
  const ref = input.ref ?? input.commit ?? named.ref;
  const reached = await reachSource(launch, source, at);
  if (!reached.ok) return reached;
  const resolved = await resolveCandidate(reached.value.source, ref, reached.value.context);
  if (!resolved.ok)
    return refusal('source-failed', resolved.failure.message, 'The candidate stays as it is.');
  if (input.commit !== undefined && input.commit !== resolved.value) {
    const meant = `${ref} was shown as ${input.commit.slice(0, 12)} and means ${resolved.value.slice(0, 12)} by now.`;
    return refusal(
      'conflict',
      `${meant} Nothing was pinned.`,
      'Look at what the new commit does, then decide again.',
    );
  }
  return pin(launch, ref, resolved.value, input.dryRun ?? false, at);
}

function pin(
  launch: LaunchInForce,
  ref: string,
  commit: string,
  dryRun: boolean,
  at: House,
): Promise<Result<PinnedCandidate>> {
  const { id } = launch.head;
  return inLedgerTransaction(at.db, async (tx) => {
    // Boards before standings, as a cycle has it: the other way round each would wait for the other.
    await holdBoards(tx, [id]);
    const now = await launchInForce(tx, id);
    if (!now) return noSuchLaunch(id);
    if (now.head.specDigest !== launch.head.specDigest) {
      // The commit is one of the repository that the spec named before.
      const problem = 'Another version of the spec was adopted in the meantime. Nothing was pinned.';
      return refusal('conflict', problem, 'Look at the board, then decide again.');
    }
    const before = now.head.candidate;
    const pinnedAt = new Date(at.now());
    const bound = planLaunch(now).filter(speaksOfCandidate);
    const moved = before?.commit !== commit;
    const pinned = { ref, commit, pinnedAt: dryRun ? null : pinnedAt.toISOString() };
    const candidate = before && !moved ? before : pinned;
    const value = { candidate, moved, affects: effects(before?.commit ?? null, commit, bound) };
    if (dryRun || !moved) return { ok: true, value };
    await tx.candidate.create({ data: { launchId: id, ref, commit, digests: {}, pinnedAt, actor: 'local' } });
    await forgetStandings(
      tx,
      bound.map(({ item, check }) => ({ launch: id, item: item.id, check: check.id })),
    );
    const type = before ? 'candidate.moved' : 'candidate.pinned';
    const data = { ref, commit, before: before?.commit ?? null };
    await append(tx, [{ type, version: 1, launch: id, actor: 'local', data }]);
    await settleIn({ source: null, launches: [id], judged: [] }, at, tx);
    const keys = new Set(bound.flatMap(({ check }) => now.sources.get(check.source ?? '')?.key ?? []));
    for (const key of keys) await queueCollection(tx, key);
    return { ok: true, value };
  });
}

/** What is read at the candidate's commit, or compared with it, says nothing of another one. */
function speaksOfCandidate({ source }: PlannedCheck): boolean {
  return (source !== null && readsCandidate(source.kind)) || (source?.buildInfo ?? null) !== null;
}

function effects(before: string | null, commit: string, bound: readonly PlannedCheck[]): string[] {
  if (before === commit) return [`The candidate stands on ${commit.slice(0, 12)} already: nothing changes.`];
  const items = new Set(bound.map(({ item }) => item.id)).size;
  const asked = `${counted(bound.length, 'check')} of ${counted(items, 'item')} to be looked at again on ${commit.slice(0, 12)}.`;
  const signatures =
    'Signatures bound to the old candidate will lapse once people can sign; today there are none.';
  return before ? [`The candidate moves from ${before.slice(0, 12)}.`, asked, signatures] : [asked];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
