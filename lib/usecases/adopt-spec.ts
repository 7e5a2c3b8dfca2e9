import { holdBoards } from '#lib/board/store.ts';
import type { LedgerEvent } from '#lib/domain/event.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { forgetStandings } from '#lib/evidence/store.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction, type LedgerTransaction } from '#lib/server/database.ts';
import { type House, house } from '#lib/server/house.ts';
import { queueCollection } from '#lib/server/queue.ts';
import { sha256 } from '#lib/server/sha256.ts';
import { diffSpecs, diffWords, type SpecDiff, weakened } from '#lib/spec/diff.ts';
import { sourceWords } from '#lib/spec/diff-sources.ts';
import { changedChecks, withoutMoved } from './changed-checks.ts';
import { launchInForce } from './launch-in-force.ts';
import { movedChecks, movedSources, writeMoved } from './moved-checks.ts';
import { refusal } from './problems.ts';
import { readSpec } from './read-spec.ts';
import { settleIn } from './settle.ts';
import { addressesProblem, isPlain, sourceKey } from './source-addresses.ts';
import { keepToken, tokensProblem } from './source-token.ts';
import { specMeanwhile } from './spec-meanwhile.ts';

export interface SpecToAdopt {
  readonly text: string;
  /** Where the text is from, for people: a file's name, a repository's path. */
  readonly name: string;
  /** Source id to the address at which this installation reaches it, where that is not the spec's. */
  readonly addresses?: Readonly<Record<string, string>>;
  /** The version that this one was made of: refused where another is in force by now. */
  readonly over?: string;
  /** Source id to a token to keep for it, sealed as it is adopted. */
  readonly tokens?: Readonly<Record<string, string>>;
}

export interface Adopted {
  readonly launch: string;
  readonly digest: string;
  readonly created: boolean;
  /** The how-many-th adoption for this launch, one-based. */
  readonly adoption: number;
  /** What changed against the version before, a sentence each; empty for the first. */
  readonly changes: readonly string[];
  /** Where this installation reads the sources now. */
  readonly sources: readonly {
    readonly id: string;
    readonly address: string;
    readonly before: string | null;
  }[];
}

/**
 * Adopts a spec: begins its launch, or puts a new version of the spec in force. What checks stood on is forgotten
 * where the check itself changed, and looked at anew; where it is read elsewhere, it is unknown until that place has
 * answered. Evidence and history stay.
 */
export async function adoptSpec(input: SpecToAdopt, at: House = house()): Promise<Result<Adopted>> {
  const read = readSpec(input.text, input.name);
  if (!read.ok) return read;
  const { spec, canonical } = read.value;
  if (!isPlain(input.name))
    return refusal('invalid-input', 'The name of the spec holds what cannot be seen.');
  const problem = addressesProblem(spec, input.addresses ?? {}) ?? tokensProblem(spec, input.tokens ?? {});
  if (problem) return { ok: false, problem };
  const digest = `sha256:${sha256(canonical)}`;
  return inLedgerTransaction(at.db, (tx) => adopt(tx, at, input, spec, canonical, digest));
}

async function adopt(
  tx: LedgerTransaction,
  at: House,
  input: SpecToAdopt,
  spec: Spec,
  canonical: string,
  digest: string,
): Promise<Result<Adopted>> {
  const { id, title, target } = spec.launch;
  const now = new Date(at.now());
  // Boards before standings, as a cycle has it: the other way round each would wait for the other.
  await holdBoards(tx, [id]);
  const before = await launchInForce(tx, id);
  const meanwhile = before && input.over ? await specMeanwhile(tx, before, input.over) : null;
  if (meanwhile) return { ok: false, problem: meanwhile };
  const { text: sourceText, name: sourceName } = input;
  const version = { digest, canonical, sourceText, sourceName, createdAt: now };
  await tx.specVersion.createMany({ data: [version], skipDuplicates: true });
  const row = { title, specDigest: digest, targetAt: new Date(target.at) };
  await tx.launch.upsert({ where: { id }, create: { id, createdAt: now, ...row }, update: row });
  await tx.specAdoption.create({ data: { launchId: id, digest, adoptedAt: now, actor: 'local' } });
  const given = new Map(Object.entries(input.addresses ?? {}));
  const kept = (source: Spec['sources'][number]) => given.get(source.id) ?? addressKept(before, source);
  const sources = spec.sources.map(({ id: sourceId, kind, ...source }) => {
    const address = kept({ id: sourceId, kind, ...source });
    return { sourceId, kind, address, key: sourceKey(kind, address) };
  });
  await tx.source.createMany({
    data: sources.map(({ key, kind, address }) => ({ key, kind, origin: address })),
    skipDuplicates: true,
  });
  await tx.launchSource.deleteMany({ where: { launchId: id } });
  await tx.launchSource.createMany({
    data: sources.map(({ sourceId, key }) => ({ launchId: id, sourceId, sourceKey: key })),
  });
  const after = await launchInForce(tx, id);
  const moved = before && after ? movedChecks(before, after) : [];
  if (before && after) await forgetStandings(tx, withoutMoved(changedChecks(before, after), moved));
  const diff = before ? diffSpecs(before.spec, spec) : null;
  await append(tx, [
    ...adoptionEvents(id, before?.head.specDigest ?? null, digest, diff, sources),
    ...(before && after ? movedSources(before, after) : []),
    ...((await writeMoved(tx, moved, at.now())).get(id) ?? []),
  ]);
  for (const { sourceId, kind, key, address } of sources) {
    const token = Object.hasOwn(input.tokens ?? {}, sourceId) ? input.tokens?.[sourceId] : undefined;
    if (token === undefined) continue;
    const kept = await keepToken(tx, at, { key, kind, origin: address }, token);
    if (!kept.ok) throw new Error(`A token that was looked at is refused: ${kept.problem.message}`);
  }
  await settleIn({ source: null, launches: [id], judged: [] }, at, tx);
  for (const key of new Set(sources.map((source) => source.key))) await queueCollection(tx, key);
  return {
    ok: true,
    value: {
      launch: id,
      digest,
      created: before === null,
      adoption: await tx.specAdoption.count({ where: { launchId: id } }),
      changes: before && diff ? [...diffWords(diff), ...sourceWords(before.spec, spec)] : [],
      sources: sources.map(({ sourceId, address }) => ({
        id: sourceId,
        address,
        before: before?.sources.get(sourceId)?.address ?? null,
      })),
    },
  };
}

function addressKept(
  before: Awaited<ReturnType<typeof launchInForce>>,
  source: Spec['sources'][number],
): string {
  const old = before?.spec.sources.find(({ id }) => id === source.id);
  const at = before?.sources.get(source.id)?.address;
  // An address that the installation named outlives a new version of the spec, unless the spec moved its own.
  return old && at && old.address === source.address ? at : source.address;
}

function adoptionEvents(
  launch: string,
  before: string | null,
  digest: string,
  diff: SpecDiff | null,
  sources: readonly { sourceId: string; kind: string; key: string }[],
): LedgerEvent[] {
  const event = (type: LedgerEvent['type'], data: LedgerEvent['data']): LedgerEvent => {
    return { type, version: type === 'spec.adopted' ? 2 : 1, launch, actor: 'local', data };
  };
  const added = sources.map(({ sourceId, kind, key }) =>
    event('source.added', { source: sourceId, kind, address: key }),
  );
  const adopted = event('spec.adopted', { spec: digest, before, weakened: diff ? named(diff) : null });
  return before === null
    ? [event('launch.created', { spec: digest }), adopted, ...added]
    : [adopted, ...added];
}

/** An entry holds 65 535 bytes: of a long list the first stand in it, and the count of all. */
function named(diff: SpecDiff): JsonObject {
  const lists = Object.entries(weakened(diff));
  return Object.fromEntries(
    lists.map(([what, ids]) => [what, { count: ids.length, ids: ids.slice(0, 100) }]),
  );
}
