import type { LedgerEvent } from '#lib/domain/event.ts';
import type { Problem, Result } from '#lib/domain/problem.ts';
import type { Credential } from '#lib/domain/question.ts';
import { tokenOriginOf } from '#lib/domain/source-settings.ts';
import type { SourceKind, Spec } from '#lib/domain/spec.ts';
import { append } from '#lib/ledger/store.ts';
import { inLedgerTransaction, type LedgerTransaction } from '#lib/server/database.ts';
import { environment, targetText } from '#lib/server/env.ts';
import { type House, house } from '#lib/server/house.ts';
import { parseAllowList } from '#lib/server/outgoing/address.ts';
import { whyNoToken } from '#lib/server/outgoing/plain-token.ts';
import { queueCollection } from '#lib/server/queue.ts';
import { refusal } from './problems.ts';

interface TokenHolder {
  readonly key: string;
  readonly kind: SourceKind;
  /** Its address. */
  readonly origin: string;
}

type Refused = Extract<Result<never>, { ok: false }>;

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
  if (token !== null && !isToken(token)) return Promise.resolve(noToken());
  return inLedgerTransaction(at.db, async (tx) => {
    const row = await tx.source.findUnique({ where: { key }, include: { token: true } });
    if (!row) return noSuchSource();
    const source = { key, kind: row.kind as SourceKind, origin: row.origin };
    if (token !== null) return keepToken(tx, at, source, token);
    const origin = tokenOriginOf(source.kind, source.origin);
    if (origin === null) return takesNone(source.kind);
    if (!row.token) return { ok: true, value: { tokenSetAt: null } };
    await tx.sourceToken.delete({ where: { sourceKey: key } });
    await append(tx, [event('source.token_removed', key, origin)]);
    await askAnew(tx, key);
    return { ok: true, value: { tokenSetAt: null } };
  });
}

/** Seals a token for a source that is there, inside the verb that has it; `token` is one (`isToken`). */
export async function keepToken(
  tx: LedgerTransaction,
  at: House,
  { key, kind, origin: address }: TokenHolder,
  token: string,
): Promise<Result<{ readonly tokenSetAt: string }>> {
  const trouble = tokenTrouble(kind, address);
  if (trouble) return trouble;
  const origin = tokenOriginOf(kind, address) ?? '';
  const setAt = new Date(at.now());
  const row = { origin, sealed: at.seal.seal(token.trim(), [key, origin]), setAt, actor: 'local' };
  await tx.sourceToken.upsert({
    where: { sourceKey: key },
    create: { sourceKey: key, ...row },
    update: row,
  });
  await append(tx, [event('source.token_set', key, origin)]);
  await askAnew(tx, key);
  return { ok: true, value: { tokenSetAt: setAt.toISOString() } };
}

/** Why no token is taken for an address; null where one is. */
export function tokenTrouble(kind: SourceKind, address: string): Refused | null {
  const origin = tokenOriginOf(kind, address);
  if (origin === null) return takesNone(kind);
  const plain = parseAllowList(environment().allowPlainTokens.map(targetText));
  const why = plain.ok ? whyNoToken(new URL(origin), plain.list) : null;
  return why === null ? null : refusal('refused', `The token was not taken: it ${why}`);
}

/** Vendors count by token: what was asked of the one before does not bind this one. */
async function askAnew(tx: LedgerTransaction, key: string): Promise<void> {
  await tx.source.update({ where: { key }, data: { quietUntil: null } });
  await queueCollection(tx, key);
}

/** Whether a text, but for space around it, can be a token at all. Pure. */
export function isToken(text: string): boolean {
  return tokenForm.test(text.trim());
}

/** What is wrong with tokens given beside a spec, by source id; null when nothing is. */
export function tokensProblem(spec: Spec, tokens: Readonly<Record<string, string>>): Problem | null {
  for (const [id, token] of Object.entries(tokens)) {
    const source = spec.sources.find((one) => one.id === id);
    if (!source) return refusal('invalid-input', 'A token was given for a source that is not there.').problem;
    if (!isToken(token)) return noToken().problem;
    const trouble = tokenTrouble(source.kind, source.address);
    if (trouble) return trouble.problem;
  }
  return null;
}

/** The words for what is no token, in one place. They never hold what was typed. */
export function noToken(): Refused {
  const message = 'A token is one word of at most 4 096 letters, digits and signs; this is not one.';
  return refusal('invalid-input', message, 'Copy it again from the vendor, without a line break.');
}

/** The words for a kind that signs in nowhere. */
export function takesNone(kind: SourceKind): Refused {
  return refusal('refused', `A source of the kind ${kind} takes no token.`);
}

function event(type: LedgerEvent['type'], source: string, origin: string): LedgerEvent {
  return { type, version: 1, launch: null, actor: 'local', data: { source, origin } };
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
