import type { LedgerEvent } from '#lib/domain/event.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { Credential } from '#lib/domain/question.ts';
import { tokenOriginOf } from '#lib/domain/source-settings.ts';
import type { SourceKind } from '#lib/domain/spec.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction } from '#lib/server/database.ts';
import { environment, targetText } from '#lib/server/env.ts';
import { type House, house } from '#lib/server/house.ts';
import { parseAllowList } from '#lib/server/outgoing/address.ts';
import { whyNoToken } from '#lib/server/outgoing/plain-token.ts';
import { queueCollection } from '#lib/server/queue.ts';
import { refusal } from './problems.ts';

/** What a header can carry, and what vendors give: no space, no line break, nothing beyond ASCII. */
const tokenForm = /^[\x21-\x7e]{1,4096}$/;

/**
 * Keeps a token for a source, in place of the one before, or removes it (`null`). It is sealed, bound to the source and
 * to the one origin that it may be sent to; nothing of it is in the ledger.
 */
export function setSourceToken(
  key: string,
  token: string | null,
  at: House = house(),
): Promise<Result<{ readonly tokenSetAt: string | null }>> {
  const read: Result<string | null> = token === null ? { ok: true, value: null } : readToken(token);
  if (!read.ok) return Promise.resolve(read);
  const given = read.value;
  return inLedgerTransaction(at.db, async (tx) => {
    const source = await tx.source.findUnique({ where: { key }, include: { token: true } });
    if (!source) return noSuchSource();
    const origin = tokenOriginOf(source.kind as SourceKind, source.origin);
    if (origin === null) {
      return refusal('refused', `A source of the kind ${source.kind} takes no token.`);
    }
    const plain = parseAllowList(environment().allowPlainTokens.map(targetText));
    const why = given !== null && plain.ok ? whyNoToken(new URL(origin), plain.list) : null;
    if (why !== null) return refusal('refused', `The token was not taken: it ${why}`);
    const event = (type: LedgerEvent['type']): LedgerEvent => {
      return { type, version: 1, launch: null, actor: 'local', data: { source: key, origin } };
    };
    if (given === null) {
      if (!source.token) return { ok: true, value: { tokenSetAt: null } };
      await tx.sourceToken.delete({ where: { sourceKey: key } });
      await append(tx, [event('source.token_removed')]);
    } else {
      const row = {
        origin,
        sealed: at.seal.seal(given, [key, origin]),
        setAt: new Date(at.now()),
        actor: 'local',
      };
      await tx.sourceToken.upsert({
        where: { sourceKey: key },
        create: { sourceKey: key, ...row },
        update: row,
      });
      await append(tx, [event('source.token_set')]);
    }
    // Vendors count by token: what was asked of the one before does not bind this one.
    await tx.source.update({ where: { key }, data: { quietUntil: null } });
    await queueCollection(tx, key);
    return { ok: true, value: { tokenSetAt: given === null ? null : new Date(at.now()).toISOString() } };
  });
}

/** A token as a person gave it, without the space around it; or that it is none. */
export function readToken(given: string): Result<string> {
  const token = given.trim();
  if (tokenForm.test(token)) return { ok: true, value: token };
  const message = 'A token is one word of at most 4 096 letters, digits and signs; this is not one.';
  return refusal('invalid-input', message, 'Copy it again from the vendor, without a line break.');
}

/** The token that is held for a source, to be sent to its own origin alone; null for none. */
export async function credentialOf(key: string, at: House): Promise<Credential | null> {
  const row = await at.db.sourceToken.findUnique({ where: { sourceKey: key } });
  if (!row) return null;
  const token = at.seal.open(row.sealed, [key, row.origin]);
  // The secret is confirmed at each start, so this is a row that somebody changed behind our back.
  if (token === null) return null;
  return { origin: row.origin, token };
}

/** The words for a source that is not there, in one place. */
export function noSuchSource(): Extract<Result<never>, { ok: false }> {
  return refusal('not-found', 'There is no such source.', 'See Settings for those there are.');
}
