import type { Result } from '#lib/domain/problem.ts';
import { type House, house } from '#lib/server/house.ts';
import { betweenLooksMs, queueNews } from '#lib/server/queue.ts';
import type { Delivery, HookHeaders } from '#lib/sources/hook/delivery.ts';
import { openGithub } from '#lib/sources/hook/github.ts';
import { openGitlab } from '#lib/sources/hook/gitlab.ts';
import { refusal } from './problems.ts';
import { hookOf } from './source-hook.ts';

/** GitHub sends at most 25 MB. The bytes are hashed as they come and not kept, so a long body costs no memory. */
const maxBytes = 25 * 1024 * 1024;

/** A webhook's request as it came. */
export interface HookRequest {
  readonly headers: HookHeaders;
  /** The bytes as they came, never decoded: the signature is over them. */
  readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** What came of a delivery that is genuine and new. */
export interface Received {
  readonly did: 'check-now' | 'nothing';
}

/**
 * A vendor says that there is news: its source goes to the head of the queue. Nothing of the body is believed, or even
 * parsed; what is true is asked. A delivery that was taken once is refused, whichever process took it.
 */
export async function receiveHook(
  key: string,
  request: HookRequest,
  at: House = house(),
): Promise<Result<Received>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    return refusal('invalid-input', 'A webhook is JSON.', 'Choose application/json as its content type.');
  }
  const hook = await hookOf(key, at);
  if (!hook) return noSuchHook();
  const { headers } = request;
  const opened =
    hook.kind === 'github' ? openGithub(headers, hook.secret) : openGitlab(headers, hook.secret, at.now());
  if (!opened.ok) return refusal('invalid-input', opened.message, remedy);
  const { delivery } = opened;
  if (!(await takeBody(request.body, delivery))) {
    return refusal(
      'too-large',
      `A webhook of over ${maxBytes} bytes is not read: the next turn sees what it told.`,
    );
  }
  if (!delivery.isGenuine())
    return refusal(
      'refused',
      'The signature or token is not this webhook’s, or was made over 5 minutes from now.',
      remedy,
    );
  return takeOnce(key, delivery, hook.sealed, at);
}

const remedy = 'Set up its secret anew under Sources, and enter that at the vendor.';

/** False where it is longer than may be; then the rest is left unread. */
async function takeBody(body: HookRequest['body'], delivery: Delivery): Promise<boolean> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) return false;
    delivery.take(chunk);
  }
  return true;
}

/** Unique keys decide what was taken before; the secret is looked at again, since a body may take its time to come. */
function takeOnce(
  key: string,
  { event, marks }: Delivery,
  sealed: Uint8Array<ArrayBuffer>,
  at: House,
): Promise<Result<Received>> {
  const receivedAt = new Date(at.now());
  return at.db.$transaction(
    async (tx): Promise<Result<Received>> => {
      const hook = await tx.sourceHook.findUnique({
        where: { sourceKey: key, sealed },
        select: { lastAt: true, source: { select: { lastAskedAt: true } } },
      });
      if (!hook) return noSuchHook();
      const { count } = await tx.hookDelivery.createMany({
        data: marks.map((mark) => ({ sourceKey: key, mark, receivedAt })),
        skipDuplicates: true,
      });
      if (count < marks.length) {
        return refusal('conflict', 'This delivery was taken before: nothing was done again.');
      }
      // A row that each of many wrote would have them wait for one another.
      if (receivedAt.getTime() - (hook.lastAt?.getTime() ?? 0) >= lastAtStepMs) {
        await tx.sourceHook.updateMany({ where: { sourceKey: key, sealed }, data: { lastAt: receivedAt } });
      }
      if (event !== 'news') return { ok: true, value: { did: 'nothing' } };
      await queueNews(tx, key, notTooSoon(hook.source.lastAskedAt, receivedAt));
      return { ok: true, value: { did: 'check-now' } };
    },
    // Many come at once where many runs end at once; none is lost for having waited its turn.
    { maxWait: 20_000, timeout: 20_000 },
  );
}

/** How exactly it is kept when the last delivery came. */
const lastAtStepMs = 1_000;

/** At once, or where the source was asked just now, a little later: hooks in a row are one look together. */
function notTooSoon(lastAskedAt: Date | null, now: Date): Date {
  const soonestMs = (lastAskedAt?.getTime() ?? 0) + betweenLooksMs;
  const isJustNow = soonestMs > now.getTime() && soonestMs <= now.getTime() + betweenLooksMs;
  return isJustNow ? new Date(soonestMs) : now;
}

/** The same words whether the source is unknown, sends no webhooks, or has none set up: a stranger learns nothing. */
function noSuchHook(): Extract<Result<never>, { ok: false }> {
  return refusal('not-found', 'No webhook is set up at this address.', 'Set it up under Sources.');
}
