import type { Credential } from '#lib/domain/question.ts';
import { tokenOriginOf } from '#lib/domain/source-settings.ts';
import type { SourceKind } from '#lib/domain/spec.ts';
import type { House } from '#lib/server/house.ts';
import { credentialOf } from './source-token.ts';

/** No source is left alone for longer than it can ask for: what says more was written by another clock. */
const dayMs = 86_400_000;

/**
 * The instant before which a source asked not to be asked, or another source did at the same origin with the same
 * token: vendors count by token. The outgoing function knows it too, but forgets it with its process. Null for none.
 *
 * @param unsaved where the source is, while that is only tried out and no row says it.
 */
export async function quietUntil(
  key: string,
  credential: Credential | null,
  at: House,
  unsaved: { readonly kind: SourceKind; readonly address: string } | null = null,
): Promise<Date | null> {
  const nowMs = at.now();
  const quiet = await at.db.source.findMany({
    where: { quietUntil: { gt: new Date(nowMs), lte: new Date(nowMs + dayMs) } },
    select: { key: true, kind: true, origin: true, quietUntil: true },
    orderBy: { quietUntil: 'desc' },
  });
  if (quiet.length === 0) return null;
  const row = await at.db.source.findUnique({ where: { key }, select: { kind: true, origin: true } });
  const own = row ? { kind: row.kind as SourceKind, address: row.origin } : unsaved;
  const origin = own && tokenOriginOf(own.kind, own.address);
  for (const source of quiet) {
    const isSame =
      source.key === key ||
      (origin !== null && origin === tokenOriginOf(source.kind as SourceKind, source.origin));
    if (!isSame) continue;
    const theirs = source.key === key ? credential : await credentialOf(source.key, at);
    if (theirs?.token === credential?.token) return source.quietUntil;
  }
  return null;
}
