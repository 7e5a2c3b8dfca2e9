import { createHmac } from 'node:crypto';
import { type Delivery, deliveryId, type HookHeaders, type Opened } from './delivery.ts';
import { isSame } from './same.ts';

/** What may change what a check over GitLab says. */
const news: ReadonlySet<string> = new Set(['Pipeline Hook', 'Push Hook']);

/** How far a signed delivery's time may be from ours, in ms, as Standard Webhooks advises. */
const toleranceMs = 5 * 60_000;

/**
 * A delivery of GitLab's. With a signing token it is signed as Standard Webhooks says
 * (https://www.standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`; then the signature alone decides. With a
 * secret token GitLab sends that as it is, and nothing of the body is signed.
 */
export function openGitlab(headers: HookHeaders, secret: string, nowMs: number): Opened {
  const event = headers.get('x-gitlab-event');
  const signatures = headers.get('webhook-signature');
  const token = headers.get('x-gitlab-token');
  if (event === null || (signatures === null && token === null)) {
    const message =
      'A delivery of GitLab’s has X-Gitlab-Event and, where the webhook has a token, webhook-signature or X-Gitlab-Token.';
    return { ok: false, message };
  }
  const is: Delivery['event'] = news.has(event) ? 'news' : 'other';
  if (signatures !== null) return openSigned(headers, signatures, { is, secret, nowMs });
  // X-Gitlab-Event-UUID is shared by events that follow from one another: it serves before GitLab 17.4 alone.
  const id = deliveryId(headers.get('idempotency-key') ?? headers.get('x-gitlab-event-uuid'));
  if (id === null) {
    return { ok: false, message: 'A delivery of GitLab’s has Idempotency-Key or X-Gitlab-Event-UUID.' };
  }
  const isGenuine = () => isSame(token ?? '', secret);
  return { ok: true, delivery: { event: is, marks: [`id ${id}`], take: () => {}, isGenuine } };
}

function openSigned(
  headers: HookHeaders,
  signatures: string,
  { is, secret, nowMs }: { readonly is: Delivery['event']; readonly secret: string; readonly nowMs: number },
): Opened {
  const id = deliveryId(headers.get('webhook-id'));
  const timestamp = headers.get('webhook-timestamp') ?? '';
  if (id === null || !/^\d{1,12}$/.test(timestamp)) {
    return { ok: false, message: 'A signed delivery has webhook-id, and webhook-timestamp in seconds.' };
  }
  const isTimely = Math.abs(Number(timestamp) * 1000 - nowMs) <= toleranceMs;
  const hmac = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  hmac.update(`${id}.${timestamp}.`);
  return {
    ok: true,
    delivery: {
      event: is,
      marks: [`id ${id}`],
      take: (chunk) => void hmac.update(chunk),
      isGenuine: () => {
        const own = `v1,${hmac.digest('base64')}`;
        // Several stand there while a vendor changes its key.
        return isTimely && signatures.split(' ', 8).some((signature) => isSame(signature, own));
      },
    },
  };
}
