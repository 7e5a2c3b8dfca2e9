import { holdBoards } from '#lib/board/store.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { MovedTo, SourceReading } from '#lib/domain/source-settings.ts';
import type { SourceKind } from '#lib/domain/spec.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction, type LedgerTransaction } from '#lib/server/database.ts';
import { type House, house } from '#lib/server/house.ts';
import { queueCollection } from '#lib/server/queue.ts';
import { type LaunchInForce, launchesInForce } from './launch-in-force.ts';
import { movedChecks, movedSources, writeMoved } from './moved-checks.ts';
import { refusal } from './problems.ts';
import { settleIn } from './settle.ts';
import { addressTrouble, sourceKey } from './source-addresses.ts';
import { isToken, keepToken, noSuchSource, noToken, tokenTrouble } from './source-token.ts';
import { specMeanwhile } from './spec-meanwhile.ts';

/** Where a source is to be read from now on, and for which of the launches that read it. */
export interface SourceMove {
  readonly to: string;
  readonly launches: readonly SourceReading[];
  /** For the new address alone; null for none, or to keep the one that is held for it. */
  readonly token: string | null;
}

/**
 * So many launches are moved in one transaction: what shares a source may be hundreds, and a transaction that holds
 * the ledger keeps everybody else waiting.
 */
const launchesAtOnce = 10;

/**
 * Has launches read a source at another address, in this installation; their specs stay as they are. What rests on it
 * is unknown until the new address has answered. Token and webhook stay with the old one. Refused, with what changed,
 * where somebody else moved the source or adopted a spec since it was looked at. Up to ten launches are one step; of
 * more each ten are, in order, and a refusal says for how many it was moved before.
 */
export async function moveSource(
  key: string,
  move: SourceMove,
  at: House = house(),
): Promise<Result<MovedTo>> {
  if (move.token !== null && !isToken(move.token)) return noToken();
  const row = await at.db.source.findUnique({ where: { key }, select: { kind: true, origin: true } });
  if (!row) return noSuchSource();
  const source = { kind: row.kind as SourceKind, address: row.origin };
  const wrong =
    moveTrouble(source, move) ?? (move.token === null ? null : tokenTrouble(source.kind, move.to));
  if (wrong) return wrong;
  const ids = [...new Set(move.launches.map(({ launch }) => launch))].sort();
  for (let n = 0; n < ids.length; n += launchesAtOnce) {
    const part = ids.slice(n, n + launchesAtOnce);
    const launches = move.launches.filter(({ launch }) => part.includes(launch));
    const token = n === 0 ? move.token : null;
    const refused = await inLedgerTransaction(at.db, (tx) =>
      movePart(tx, at, key, source.kind, { ...move, launches, token }),
    );
    if (refused) return n === 0 ? refused : afterOthers(refused, n);
  }
  return { ok: true, value: { key: sourceKey(source.kind, move.to), launches: ids.length } };
}

type Refused = Extract<Result<never>, { ok: false }>;

async function movePart(
  tx: LedgerTransaction,
  at: House,
  key: string,
  kind: SourceKind,
  move: SourceMove,
): Promise<Refused | null> {
  const ids = [...new Set(move.launches.map(({ launch }) => launch))];
  // Boards before standings, as a cycle has it: the other way round each would wait for the other.
  await holdBoards(tx, ids);
  const before = new Map((await launchesInForce(tx, ids)).map((launch) => [launch.head.id, launch]));
  for (const reading of move.launches) {
    const meanwhile = await movedMeanwhile(tx, key, reading, before.get(reading.launch));
    if (meanwhile) return meanwhile;
  }
  await write(tx, at, kind, move, [...before.values()]);
  return null;
}

function afterOthers({ problem }: Refused, moved: number): Refused {
  return { ok: false, problem: { ...problem, message: `Moved for ${moved} launches. ${problem.message}` } };
}

/** What is wrong with a move before anything is looked up; null when nothing is. Pure. */
export function moveTrouble(
  { kind, address }: { readonly kind: SourceKind; readonly address: string },
  { to, launches }: Pick<SourceMove, 'to' | 'launches'>,
): Refused | null {
  const fault = addressTrouble(kind, to);
  if (fault) return refusal('invalid-input', `The new address is not used: ${fault.message}`, fault.remedy);
  if (to === address) return refusal('invalid-input', 'It is read at that address already.');
  if (launches.length === 0) return refusal('invalid-input', 'No launch is chosen that is to read it there.');
  return null;
}

/** What came between looking at a source and moving it; null when nothing did. */
async function movedMeanwhile(
  tx: LedgerTransaction,
  key: string,
  { launch: id, source, spec }: SourceReading,
  launch: LaunchInForce | undefined,
): Promise<Refused | null> {
  if (!launch) return refusal('conflict', `The launch “${id}” is not there any more.`, 'Look again.');
  const problem = await specMeanwhile(tx, launch, spec);
  if (problem) return { ok: false, problem };
  const now = launch.sources.get(source);
  if (now?.key === key) return null;
  const where = now
    ? `“${launch.head.title}” reads it at ${now.address} by now`
    : `Its spec has no “${source}”`;
  return refusal(
    'conflict',
    `The source was moved meanwhile: ${where}.`,
    'Look at it there; nothing was changed.',
  );
}

async function write(
  tx: LedgerTransaction,
  at: House,
  kind: SourceKind,
  { to, launches, token }: SourceMove,
  before: readonly LaunchInForce[],
): Promise<void> {
  const key = sourceKey(kind, to);
  await tx.source.createMany({ data: [{ key, kind, origin: to }], skipDuplicates: true });
  for (const { launch: launchId, source: sourceId } of launches) {
    await tx.launchSource.update({
      where: { launchId_sourceId: { launchId, sourceId } },
      data: { sourceKey: key },
    });
  }
  const ids = before.map(({ head }) => head.id);
  const after = await launchesInForce(tx, ids);
  const moved = after.flatMap((launch, n) => {
    const old = before[n];
    if (!old) throw new Error(`Launch ${launch.head.id} was not there before it was moved.`);
    return [{ launch, old, checks: movedChecks(old, launch) }];
  });
  const checks = moved.flatMap((one) => one.checks);
  const turned = await writeMoved(tx, checks, at.now());
  for (const { launch, old } of moved)
    await append(tx, [...movedSources(old, launch), ...(turned.get(launch.head.id) ?? [])]);
  if (token !== null) await keepToken(tx, at, { key, kind, origin: to }, token);
  await settleIn({ source: null, launches: ids, judged: [] }, at, tx);
  // A check may read the source beside its own, at whose turn it is judged.
  const asked = checks
    .flatMap(({ planned }) => planned.source ?? [])
    .map((one) => sourceKey(one.kind, one.address));
  for (const one of new Set([key, ...asked])) await queueCollection(tx, one);
}
