import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hostile, startHostile } from './hostile.ts';
import { createOutgoing } from './outgoing.ts';

let hostile: Hostile;
beforeAll(async () => {
  hostile = await startHostile();
});
afterAll(() => hostile.close());

const startMs = Date.parse('2026-11-20T08:00:00Z');

describe('rate limits', () => {
  test.each<[string, string, string | null, string]>([
    ['429 with seconds', '/status/429?retry-after=30', '2026-11-20T08:00:30.000Z', 'rate-limited'],
    [
      '429 with a date',
      '/status/429?retry-after=Fri,%2020%20Nov%202026%2009:00:00%20GMT',
      '2026-11-20T09:00:00.000Z',
      'rate-limited',
    ],
    [
      '429 with a date past',
      '/status/429?retry-after=Fri,%2020%20Nov%202020%2009:00:00%20GMT',
      '2026-11-20T08:00:00.000Z',
      'rate-limited',
    ],
    [
      '429 with an epoch',
      `/status/429?x-ratelimit-reset=${startMs / 1000 + 90}`,
      '2026-11-20T08:01:30.000Z',
      'rate-limited',
    ],
    [
      '403 with nothing left',
      `/status/403?x-ratelimit-remaining=0&x-ratelimit-reset=${startMs / 1000 + 60}`,
      '2026-11-20T08:01:00.000Z',
      'rate-limited',
    ],
    ['403 with seconds', '/status/403?retry-after=5', '2026-11-20T08:00:05.000Z', 'rate-limited'],
    ['503 with seconds', '/status/503?retry-after=5', '2026-11-20T08:00:05.000Z', 'server-error'],
    ['429 for good', '/status/429?retry-after=999999999999', '2026-11-21T08:00:00.000Z', 'rate-limited'],
    ['429 with nonsense', '/status/429?retry-after=soon', '2026-11-20T08:01:00.000Z', 'rate-limited'],
    ['403 with some left', '/status/403?x-ratelimit-remaining=5', null, 'unauthorised'],
  ])('%s', async (_what, path, retryAt, kind) => {
    const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => startMs });
    const answer = await outgoing({ url: hostile.origin + path });
    await outgoing.close();
    expect(answer).toMatchObject({ ok: false, failure: { kind, retryAt } });
  });

  test.each([
    ['words alone', '/secondary-limit', '2026-11-20T08:01:00.000Z'],
    [
      'its own clock, a minute ahead',
      `/status/429?x-ratelimit-reset=${startMs / 1000 + 90}&date=Fri,%2020%20Nov%202026%2008:01:00%20GMT`,
      '2026-11-20T08:00:30.000Z',
    ],
  ])('GitHub’s limit by %s', async (_what, path, retryAt) => {
    const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => startMs });
    const answer = await outgoing({ url: hostile.origin + path, answerStatuses: [403] });
    await outgoing.close();
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'rate-limited', retryAt } });
  });

  test('after an answer that says it was the last one, nothing goes out until the reset', async () => {
    const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => startMs });
    const reset = startMs / 1000 + 600;
    const last = `${hostile.origin}/status/200?x-ratelimit-remaining=0&x-ratelimit-reset=${reset}`;
    expect(await outgoing({ url: last })).toMatchObject({ ok: true });
    expect(await outgoing({ url: last })).toMatchObject({
      ok: false,
      failure: { kind: 'rate-limited', retryAt: '2026-11-20T08:10:00.000Z' },
    });
    await outgoing.close();
  });

  test('no request goes out early, and one does when the time has come; another token is not held back', async () => {
    let nowMs = startMs;
    const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => nowMs });
    const ask = (path: string, authorization = 'Bearer one') =>
      outgoing({ url: hostile.origin + path, headers: { authorization } });
    await ask('/status/429?retry-after=3600');
    const before = hostile.requests.length;
    for (let minute = 0; minute < 60; minute += 1) {
      nowMs = startMs + minute * 60_000;
      const answer = await ask('/ok');
      expect(answer).toMatchObject({
        ok: false,
        failure: { kind: 'rate-limited', retryAt: '2026-11-20T09:00:00.000Z' },
      });
    }
    const headers = { authorization: 'Bearer one', 'content-type': 'application/json' };
    const write = await outgoing({ url: `${hostile.origin}/ok`, method: 'POST', body: '{}', headers });
    expect(write).toMatchObject({ ok: false, failure: { kind: 'rate-limited' } });
    expect(hostile.requests.length).toBe(before);
    expect(await ask('/ok', 'Bearer two')).toMatchObject({ ok: true });
    nowMs = startMs + 3_600_000;
    expect(await ask('/ok')).toMatchObject({ ok: true });
    await outgoing.close();
  });
});

describe('conditional requests', () => {
  test('an unchanged answer comes from memory, each token its own', async () => {
    const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
    const ask = async (authorization: string) => {
      const answer = await outgoing({ url: `${hostile.origin}/etag`, headers: { authorization } });
      return answer.ok
        ? [answer.status, answer.body, hostile.lastHeaders()['if-none-match'] ?? null]
        : answer;
    };
    expect(await ask('Bearer one')).toEqual([200, '{"for":"Bearer one"}', null]);
    expect(await ask('Bearer one')).toEqual([200, '{"for":"Bearer one"}', '"v1"']);
    expect(await ask('Bearer two')).toEqual([200, '{"for":"Bearer two"}', null]);
    await outgoing.close();
  });

  test('an answer serves again for as long as its asker allows, to nobody else, and not by a clock set back', async () => {
    let nowMs = 1_000_000;
    const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => nowMs });
    const ask = async (servesForMs: number, authorization = 'Bearer one') => {
      const before = hostile.requests.length;
      const answer = await outgoing({
        url: `${hostile.origin}/for`,
        headers: { authorization },
        servesForMs,
      });
      return answer.ok ? [answer.body, answer.served ?? false, hostile.requests.length - before] : answer;
    };
    expect(await ask(5_000)).toEqual(['{"for":"Bearer one"}', false, 1]);
    expect(await ask(5_000, 'Bearer two')).toEqual(['{"for":"Bearer two"}', false, 1]);
    nowMs += 5_000;
    expect(await ask(5_000)).toEqual(['{"for":"Bearer one"}', true, 0]);
    expect(await ask(0)).toEqual(['{"for":"Bearer one"}', false, 1]);
    nowMs += 5_001;
    expect(await ask(5_000, 'Bearer two')).toEqual(['{"for":"Bearer two"}', false, 1]);
    nowMs -= 60_000;
    expect(await ask(5_000, 'Bearer two')).toEqual(['{"for":"Bearer two"}', false, 1]);
    await outgoing.close();
  });

  test('an answer that its asker finds wrong does not serve again, and takes the place of none', async () => {
    const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
    const ask = async (isRight: boolean) => {
      const before = hostile.requests.length;
      const url = `${hostile.origin}/for`;
      await outgoing({
        url,
        servesForMs: 60_000,
        mayServe: ({ status, body }) => status === 200 && body !== '' && isRight,
      });
      return hostile.requests.length - before;
    };
    expect([await ask(false), await ask(false), await ask(true), await ask(false)]).toEqual([1, 1, 1, 0]);
    await outgoing.close();
  });

  test('a memory too small for an answer keeps none', async () => {
    const outgoing = createOutgoing({ allow: ['127.0.0.1'], keepBytes: 64 });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await outgoing({ url: `${hostile.origin}/etag` })).toMatchObject({ ok: true });
      expect(hostile.lastHeaders()['if-none-match']).toBeUndefined();
    }
    await outgoing.close();
  });
});
