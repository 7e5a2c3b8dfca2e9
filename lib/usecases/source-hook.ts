import { randomBytes } from 'node:crypto';
import type { LedgerEvent } from '#lib/domain/event.ts';
import type { Result } from '#lib/domain/problem.ts';
import { type NewHook, takesHook } from '#lib/domain/source-settings.ts';
import type { SourceKind } from '#lib/domain/spec.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction } from '#lib/server/database.ts';
import { type House, house } from '#lib/server/house.ts';
import { refusal } from './problems.ts';
import { noSuchSource } from './source-token.ts';

/**
 * Sets up a source's webhook with a new secret, in place of the one before, which is refused from then on. The answer
 * alone holds the secret: it is sealed in the database, and in no ledger entry.
 */
export function setSourceHook(key: string, at: House = house()): Promise<Result<NewHook>> {
  return inLedgerTransaction(at.db, async (tx) => {
    const source = await tx.source.findUnique({ where: { key }, select: { kind: true } });
    if (!source) return noSuchSource();
    if (!takesHook(source.kind as SourceKind)) {
      return refusal('refused', `A source of the kind ${source.kind} sends no webhook.`);
    }
    // The form that GitLab wants of a signing token; its secret token and GitHub's secret take any text.
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const setAt = new Date(at.now());
    const row = { sealed: at.seal.seal(secret, boundTo(key)), setAt, actor: 'local', lastAt: null };
    await tx.sourceHook.upsert({
      where: { sourceKey: key },
      create: { sourceKey: key, ...row },
      update: row,
    });
    await append(tx, [event('source.hook_set', key)]);
    return { ok: true, value: { secret } };
  });
}

/** Removes a source's webhook: whatever comes by it is refused from then on. */
export function removeSourceHook(
  key: string,
  at: House = house(),
): Promise<Result<{ readonly removed: boolean }>> {
  return inLedgerTransaction(at.db, async (tx) => {
    const source = await tx.source.findUnique({
      where: { key },
      select: { hook: { select: { setAt: true } } },
    });
    if (!source) return noSuchSource();
    if (!source.hook) return { ok: true, value: { removed: false } };
    await tx.sourceHook.delete({ where: { sourceKey: key } });
    await append(tx, [event('source.hook_removed', key)]);
    return { ok: true, value: { removed: true } };
  });
}

/** The secret that a source's webhook proves itself by, with the row it came from; null where none is set up. */
export async function hookOf(
  key: string,
  at: House,
): Promise<{
  readonly kind: 'github' | 'gitlab';
  readonly secret: string;
  readonly sealed: Uint8Array<ArrayBuffer>;
} | null> {
  const row = await at.db.sourceHook.findUnique({
    where: { sourceKey: key },
    select: { sealed: true, source: { select: { kind: true } } },
  });
  const kind = row?.source.kind as SourceKind | undefined;
  if (!row || kind === undefined || !takesHook(kind)) return null;
  const secret = at.seal.open(row.sealed, boundTo(key));
  return secret === null ? null : { kind, secret, sealed: row.sealed };
}

/** Nothing that is sealed as a token opens as this: a token is bound to a key and an origin. */
function boundTo(key: string): readonly string[] {
  return ['hook', key];
}

function event(type: LedgerEvent['type'], source: string): LedgerEvent {
  return { type, version: 1, launch: null, actor: 'local', data: { source } };
}
