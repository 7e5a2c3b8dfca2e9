import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HookRequest } from './receive-hook.ts';

/** A GitHub delivery as GitHub would send it, signed by whoever has the secret. */
export function githubHook(
  secret: string,
  body: string | Uint8Array,
  more: Record<string, string> = {},
): HookRequest {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const headers = new Headers({
    'content-type': 'application/json',
    'x-github-event': 'workflow_run',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`,
    ...more,
  });
  return { headers, body: [bytes] };
}

/** A GitLab delivery with a secret token, which stands in it as it is. */
export function gitlabHook(token: string, more: Record<string, string> = {}): HookRequest {
  const headers = new Headers({
    'content-type': 'application/json',
    'x-gitlab-event': 'Pipeline Hook',
    'x-gitlab-token': token,
    'idempotency-key': randomUUID(),
    ...more,
  });
  return { headers, body: [Buffer.from('{"object_kind":"pipeline"}')] };
}

/** A GitLab delivery with a signing token, signed as Standard Webhooks says. */
export function signedGitlabHook(
  secret: string,
  atMs: number,
  body = '{"object_kind":"push"}',
  id = randomUUID() as string,
): HookRequest {
  const timestamp = String(Math.floor(atMs / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = new Headers({
    'content-type': 'application/json; charset=utf-8',
    'x-gitlab-event': 'Push Hook',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,AAAA v1,${signature}`,
  });
  return { headers, body: [Buffer.from(body)] };
}

/** The same delivery with other headers; `null` takes one away. */
export function withHeaders(request: HookRequest, changed: Record<string, string | null>): HookRequest {
  const headers = new Headers(request.headers as Headers);
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return { ...request, headers };
}

/** A launch that reads a source of each vendor's, and an endpoint, once an hour. */
export const hookSpec = (address: string) => `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
defaults: { every: 1h, maxAge: 1d, freshWithin: 2h }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  github: { kind: github, title: GitHub, address: '${address}/owner/repo' }
  gitlab: { kind: gitlab, title: GitLab, address: '${address}/group/project' }
  node: { kind: endpoint, title: The node, address: '${address}' }
tracks:
  all:
    title: All
    lead: sre
    items:
      hub: { title: Hub, phase: launch, checks: [{ kind: file, source: github, path: a.txt }] }
      lab: { title: Lab, phase: launch, checks: [{ kind: file, source: gitlab, path: a.txt }] }
      mode: { title: Mode, phase: launch, checks: [{ kind: endpoint, path: /mode, assert: [{ at: /ok, equals: true }] }] }
`;

/** A vendor on loopback that answers what a test wants. */
export async function startVendor(
  answer: RequestListener,
): Promise<{ readonly server: Server; readonly address: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
