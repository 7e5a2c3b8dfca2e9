import type { Result } from '#lib/domain/problem.ts';
import {
  type MovePreview,
  type MoveReader,
  type SourceReading,
  takesHook,
  tokenOriginOf,
} from '#lib/domain/source-settings.ts';
import type { SourceKind } from '#lib/domain/spec.ts';
import { type House, house } from '#lib/server/house.ts';
import { checksOfSource } from './checks-of-source.ts';
import { moveTrouble } from './move-source.ts';
import { restingOn } from './moved-checks.ts';
import { sourceKey } from './source-addresses.ts';
import { noSuchSource } from './source-token.ts';

/** Says what moving a source to another address would do, in words. Changes nothing. */
export async function previewMove(
  key: string,
  { to, launches }: { readonly to: string; readonly launches: readonly SourceReading[] },
  at: House = house(),
): Promise<Result<MovePreview>> {
  const include = { token: { select: { setAt: true } }, hook: { select: { setAt: true } } };
  const row = await at.db.source.findUnique({ where: { key }, include });
  if (!row) return noSuchSource();
  const kind = row.kind as SourceKind;
  const wrong = moveTrouble({ kind, address: row.origin }, { to, launches });
  if (wrong) return wrong;
  const readers = (await checksOfSource(key, at)).launches.flatMap((launch) =>
    [...launch.sources].flatMap(([source, one]): MoveReader[] => {
      if (one.key !== key) return [];
      const { blockers, others } = restingOn(launch, source);
      const named = blockers.map(({ id, title }) => ({ id, title }));
      const { id, title, specDigest } = launch.head;
      return [{ launch: id, source, spec: specDigest, title, blockers: named, others }];
    }),
  );
  const isChosen = (reader: MoveReader) =>
    launches.some(({ launch, source }) => launch === reader.launch && source === reader.source);
  const chosen = readers.filter(isChosen);
  const there = await at.db.source.findUnique({ where: { key: sourceKey(kind, to) }, include });
  const says = [
    whatRests(chosen),
    ...tokenWords(kind, row, { ...there, origin: to }),
    ...(row.hook && takesHook(kind)
      ? ['Its webhook does not go along: the vendor still says its news of the old address. Set one up anew.']
      : []),
    ...(there?.disabledAt
      ? ['The source at that address is switched off: it is not asked until it is on.']
      : []),
    whoStays(
      readers.filter((reader) => !isChosen(reader)),
      row.token !== null,
    ),
    'The spec stays as it is. A new version of it keeps this address, unless that moves its own.',
    'What was read at the old address stays in the items’ history, as read there.',
  ];
  return { ok: true, value: { from: row.origin, to, launches: chosen, says } };
}

function whatRests(chosen: readonly MoveReader[]): string {
  const blockers = chosen.reduce((sum, reader) => sum + reader.blockers.length, 0);
  const others = chosen.reduce((sum, reader) => sum + reader.others, 0);
  if (blockers + others === 0) return 'No item rests on it.';
  const counted = [
    blockers > 0 ? `${blockers} ${blockers === 1 ? 'blocker' : 'blockers'}` : null,
    others > 0 ? `${others} other ${others === 1 ? 'item' : 'items'}` : null,
  ].filter((words) => words !== null);
  const isOne = blockers + others === 1;
  const rest = isOne ? 'rests on it and is' : 'rest on it and are';
  const weight =
    blockers > 0 ? 'Unknown blocks, and is not red.' : isOne ? 'It blocks nothing.' : 'None of them blocks.';
  return `${counted.join(' and ')} ${rest} unknown from the move on, until the new address has answered. ${weight}`;
}

interface Held {
  readonly origin: string;
  readonly token?: { readonly setAt: Date } | null;
}

function tokenWords(kind: SourceKind, from: Held, to: Held): string[] {
  const origin = tokenOriginOf(kind, to.origin);
  if (origin === null) return [];
  const stays = from.token
    ? [`Its token does not go along: it is bound to ${tokenOriginOf(kind, from.origin)} and to this source.`]
    : [];
  if (!to.token)
    return [...stays, `No token is held for ${to.origin}: without one it is asked without signing in.`];
  const since = to.token.setAt.toISOString().slice(0, 10);
  return [...stays, `A token is held for ${to.origin} since ${since}: that one is sent to ${origin}.`];
}

function whoStays(staying: readonly MoveReader[], isTokenHeld: boolean): string {
  if (staying.length > 0) {
    const titles = [...new Set(staying.map(({ title }) => `“${title}”`))].join(', ');
    return `${titles} ${staying.length === 1 ? 'reads' : 'read'} it at the old address as before.`;
  }
  const token = isTokenHeld ? ' Its token stays sealed until you remove it here.' : '';
  return `Nobody asks the old address any more.${token}`;
}
