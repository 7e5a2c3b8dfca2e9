import 'server-only';
import type { LiveEvent } from '#lib/domain/event.ts';
import type { Reader } from './database.ts';

/** The channel of live events. A payload holds ids only: a NOTIFY is under 8 000 bytes. */
export const liveChannel = 'big_green_live';

/** Tells every web process, once the transaction commits. `what` is `board` for news, `seen` for newer readings. */
export async function notifyLive(tx: Reader, what: 'board' | 'seen', event: LiveEvent): Promise<void> {
  const payload = JSON.stringify({ what, ...event });
  await tx.$executeRaw`SELECT pg_notify(${liveChannel}, ${payload})`;
}
