import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';
import { onLoopback } from '#e2e/loopback.ts';

/** A server on another port than a source's, which notes the authorization of whoever comes; it ends with the test. */
export async function startStranger(): Promise<{
  readonly origin: string;
  readonly heard: readonly (string | undefined)[];
}> {
  const heard: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers.authorization);
    response.end('[]');
  });
  const { url, stop } = await onLoopback(server);
  onTestFinished(stop);
  return { origin: url, heard };
}
