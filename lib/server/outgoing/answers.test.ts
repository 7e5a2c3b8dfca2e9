import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SourceFailureKind } from '#lib/domain/failure.ts';
import type { OutgoingRequest } from '#lib/domain/outgoing.ts';
import { type Hostile, startHostile } from './hostile.ts';
import { parseJsonAnswer } from './json-answer.ts';
import { createOutgoing } from './outgoing.ts';

let hostile: Hostile;
let outgoing = createOutgoing({ allow: [] });

beforeAll(async () => {
  hostile = await startHostile();
});
beforeEach(async () => {
  await outgoing.close();
  outgoing = createOutgoing({ allow: ['127.0.0.1'] });
});
afterAll(async () => {
  await outgoing.close();
  await hostile.close();
});

/** What a source of ours would say of this path: the value, or kind and sentence. */
async function ask(path: string, more: Partial<OutgoingRequest> = {}) {
  const answer = await outgoing({ url: `${hostile.origin}${path}`, what: 'Node', timeoutMs: 5_000, ...more });
  if (!answer.ok) return answer;
  const parsed = parseJsonAnswer(answer, 'Node');
  return parsed.ok ? { ok: true as const, value: parsed.value } : parsed;
}

async function failureOf(path: string, more: Partial<OutgoingRequest> = {}) {
  const result = await ask(path, more);
  if (result.ok) throw new Error(`expected a failure, got ${JSON.stringify(result.value)}`);
  return result.failure;
}

describe('answers that are nonsense', () => {
  test.each<[string, SourceFailureKind, string]>([
    ['/html', 'malformed', 'Node answered 200, but the answer is a web page (HTML) and no JSON'],
    ['/empty', 'malformed', 'is empty where JSON was expected'],
    ['/half', 'malformed', 'breaks off after 42 characters: half a JSON'],
    ['/half-text', 'malformed', 'breaks off after 15 characters: half a JSON'],
    ['/half-number', 'malformed', 'breaks off after 12 characters: half a JSON'],
    ['/not-json', 'malformed', 'is not JSON: look at what its program writes'],
    ['/nan', 'malformed', 'holds NaN, which is not JSON'],
    ['/infinity', 'malformed', 'holds -Infinity, which is not JSON'],
    ['/overflow', 'malformed', 'holds a number too large'],
    ['/deep', 'malformed', 'is nested more than 200 levels deep'],
    ['/deep-object', 'malformed', 'is nested more than 200 levels deep'],
    ['/gzip-cut', 'malformed', 'answers with gzip data that does not decompress'],
    ['/gzip-not', 'malformed', 'answers with gzip data that does not decompress'],
    ['/unknown-encoding', 'malformed', 'in the content encoding “zstd”, not asked for'],
    ['/not-http', 'malformed', 'does not speak proper HTTP'],
    ['/length-nonsense', 'malformed', 'does not speak proper HTTP'],
    ['/length-too-short', 'malformed', 'breaks off after 2 characters'],
    ['/header-flood', 'too-large', 'more than 32 KiB of headers'],
    ['/reset', 'unreachable', 'closed the connection in the middle of its answer, after 6 bytes'],
    ['/length-too-long', 'unreachable', 'closed the connection in the middle of its answer, after 11 bytes'],
    ['/reset-first', 'unreachable', 'closed the connection before it answered'],
  ])('%s is %s: %s', async (path, kind, sentence) => {
    const failure = await failureOf(path);
    expect(failure.message).toContain(sentence);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(/^Node .*\.$/);
  });

  test.each([
    ['/never', 'did not answer within 0.3 s'],
    ['/slow', 'bytes and did not finish within 0.3 s'],
  ])('%s: the whole request has a deadline, however the bytes trickle', async (path, sentence) => {
    const failure = await failureOf(path, { timeoutMs: 300 });
    expect(failure.kind).toBe('timeout');
    expect(failure.message).toContain(sentence);
  });

  test('a request that its caller calls off ends, and says so', async () => {
    const caller = new AbortController();
    const pending = failureOf('/never', { signal: caller.signal });
    caller.abort();
    expect((await pending).message).toContain('called off');
  });
});

describe('answers that are odd and right', () => {
  test.each([
    ['/gzip', { ok: true }],
    ['/brotli', { ok: true }],
    ['/duplicate', { mode: 'real_time' }],
    [
      '/big-integer',
      { supply: '340282366920938463463', height: '100000000000000000000', share: 0.1234567890123456 },
    ],
    ['/odd-text', { lone: '\ufffd', nul: 'a\ufffdb' }],
  ])('%s', async (path, value) => {
    expect(await ask(path)).toEqual({ ok: true, value });
  });

  test('__proto__, however it is spelt, is dropped and gives nothing to anything', async () => {
    const result = await ask('/proto');
    expect(JSON.stringify(result)).toBe('{"ok":true,"value":{"a":{"b":1}}}');
    expect(result.ok && Object.assign({}, result.value)).not.toHaveProperty('admin');
    expect({}).not.toHaveProperty('admin');
  });
});

describe('statuses', () => {
  test.each<[number, SourceFailureKind, string]>([
    [400, 'error-status', 'answered 400, which is no answer to what we ask'],
    [401, 'unauthorised', 'answered 401: it wants a sign-in'],
    [403, 'unauthorised', 'answered 403: what we send may not read this'],
    [404, 'not-found', 'answered 404: nothing is at that path'],
    [410, 'not-found', 'answered 410: nothing is at that path'],
    [429, 'rate-limited', 'answered 429: asked too often (not before '],
    [500, 'server-error', 'answered 500: it has trouble of its own'],
    [503, 'server-error', 'answered 503: it has trouble of its own'],
    [304, 'error-status', 'answered 304'],
  ])('%i is %s', async (status, kind, sentence) => {
    const failure = await failureOf(`/status/${status}`);
    expect(failure).toMatchObject({ kind, status, retryAt: status === 429 ? expect.any(String) : null });
    expect(failure.message).toContain(sentence);
  });

  test('a status that the caller can read is an answer', async () => {
    expect(await ask('/status/422', { answerStatuses: [400, 422] })).toEqual({
      ok: true,
      value: { error: 'no' },
    });
  });
});

test('nobody listening is unreachable, with the address and no query', async () => {
  const free = await startHostile();
  await free.close();
  const { failure } = (await outgoing({
    url: `${free.origin}/a?token=canary`,
    what: 'Prometheus energy',
  })) as {
    failure: { kind: string; message: string };
  };
  expect(failure).toMatchObject({
    kind: 'unreachable',
    message: `Prometheus energy at ${free.origin}/a refused the connection: nothing listens there.`,
  });
});

describe('connections', () => {
  test('a kept connection that the server closes under us is tried once more, and no request else is', async () => {
    expect(await ask('/close-after-first')).toMatchObject({ ok: true });
    await setImmediate(); // The pool takes the connection back.
    const before = hostile.requests.length;
    expect(await ask('/close-after-first')).toMatchObject({ ok: true });
    expect(hostile.requests.length - before).toBe(2);
    await failureOf('/reset-first', { method: 'POST', body: 'x=1' });
    expect(hostile.requests.length - before).toBe(3);
  });
});

test('of HEAD the headers are the answer, whatever encoding they name for the body that does not come', async () => {
  const answer = await outgoing({ url: `${hostile.origin}/gzip`, method: 'HEAD' });
  expect(answer).toMatchObject({ ok: true, status: 200, body: '', headers: { 'content-encoding': 'gzip' } });
  expect(hostile.requests.at(-1)).toBe('HEAD /gzip');
});
