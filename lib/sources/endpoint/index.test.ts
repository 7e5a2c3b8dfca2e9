import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Question } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { type Hostile, startHostile } from '#lib/server/outgoing/hostile.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { askEndpoint } from './index.ts';

let hostile: Hostile;
let source: SourceSpec;
const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
beforeAll(async () => {
  hostile = await startHostile();
  source = {
    id: 'node',
    title: 'Node',
    kind: 'endpoint',
    network: null,
    address: `${hostile.origin}/`,
    everyMs: 10_000,
    timeoutMs: 2_000,
    buildInfo: null,
  };
});
afterAll(async () => {
  await outgoing.close();
  await hostile.close();
});

const nowMs = Date.parse('2026-11-20T08:00:00Z');
const context = { outgoing, now: () => nowMs, commit: null };
const asks = (...paths: string[]): Question[] => paths.map((path) => ({ ask: 'json', source: 'node', path }));

test('a path is asked once however many questions there are, and answered in their order', async () => {
  const before = hostile.requests.length;
  const { observations, answers, requests } = await askEndpoint(source, asks('/ok', '/gzip', '/ok'), context);
  expect(hostile.requests.slice(before).sort()).toEqual(['GET /gzip', 'GET /ok']);
  expect(requests).toBe(2);
  expect(observations.map(({ question, answers: kept }) => [question, kept])).toEqual([
    [{ ask: 'json', source: 'node', path: '/ok' }, [0]],
    [{ ask: 'json', source: 'node', path: '/gzip' }, [1]],
    [{ ask: 'json', source: 'node', path: '/ok' }, [0]],
  ]);
  expect(observations[0]).toMatchObject({
    observedAt: '2026-11-20T08:00:00.000Z',
    outcome: { ok: true, value: { url: `${hostile.origin}/ok`, status: 200, body: { ok: true } } },
  });
  expect(answers[0]).toEqual({ url: `${hostile.origin}/ok`, body: '{"ok":true}' });
});

test('one path that fails is an observation of its own; the others are answered', async () => {
  const { observations, answers } = await askEndpoint(source, asks('/html', '/ok', '/status/500'), context);
  expect(observations.map(({ outcome }) => (outcome.ok ? 'answered' : outcome.failure.kind))).toEqual([
    'malformed',
    'answered',
    'server-error',
  ]);
  expect(observations.map(({ answers: kept }) => kept)).toEqual([[], [0], []]);
  expect(answers).toHaveLength(1);
});

test('no secret is in what is kept: neither body nor raw answer nor address nor sentence', async () => {
  const collection = await askEndpoint(
    source,
    asks('/secrets?token=canary-in-query', '/html?token=canary'),
    context,
  );
  expect(collection.observations[0]?.outcome.ok).toBe(true);
  const { observations, answers } = collection;
  const kept = JSON.stringify([observations.map(({ outcome }) => outcome), answers]);
  expect(kept).toContain('[redacted]');
  expect(kept).not.toContain('canary');
});

test('an answer over 1 MiB is not kept', async () => {
  const { observations } = await askEndpoint(source, asks('/100mb'), context);
  expect(observations[0]?.outcome).toMatchObject({ ok: false, failure: { kind: 'too-large' } });
});
