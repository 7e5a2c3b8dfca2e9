import { createHmac } from 'node:crypto';
import { deliveryId, type HookHeaders, type Opened } from './delivery.ts';
import { isSame } from './same.ts';

/** What may change what a check over GitHub says. */
const news: ReadonlySet<string> = new Set(['workflow_run', 'check_run', 'push']);

/**
 * A delivery of GitHub's, signed with HMAC-SHA256 over its bytes as they came
 * (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries). The id of a delivery is not signed:
 * the signature, which one body has one of, is remembered beside it, so that a new id does not make old bytes new.
 */
export function openGithub(headers: HookHeaders, secret: string): Opened {
  const event = headers.get('x-github-event');
  const id = deliveryId(headers.get('x-github-delivery'));
  const signature = headers.get('x-hub-signature-256');
  if (event === null || id === null || signature === null) {
    return {
      ok: false,
      message:
        'A delivery of GitHub’s has X-GitHub-Event, X-GitHub-Delivery and, where the webhook has a secret, X-Hub-Signature-256.',
    };
  }
  const hmac = createHmac('sha256', secret);
  return {
    ok: true,
    delivery: {
      event: event === 'ping' ? 'ping' : news.has(event) ? 'news' : 'other',
      marks: [`id ${id}`, signature],
      take: (chunk) => void hmac.update(chunk),
      isGenuine: () => isSame(signature, `sha256=${hmac.digest('hex')}`),
    },
  };
}
