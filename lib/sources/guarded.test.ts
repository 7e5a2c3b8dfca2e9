import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onLoopback } from '#e2e/loopback.ts';
import type { Question, SourceContext } from '#lib/domain/question.ts';
import type { SourceKind, SourceSpec } from '#lib/domain/spec.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { guarded } from './guarded.ts';
import { askSource, probeSource } from './registry.ts';

const token = 'canary-"quoted"-4f1d9c';
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
/** A server that says back whatever it is told, in the words of every kind of source. */
const server = createServer((request, response) => {
  const told = `${request.headers.authorization}`;
  if (request.url?.startsWith('/moved')) {
    response.writeHead(302, { location: `http://127.0.0.1:9/${encodeURIComponent(told)}` }).end();
    return;
  }
  const dashboard = { title: told, panels: [{ title: told }] };
  const data = { resultType: 'vector', result: [{ metric: { told }, value: [1, '1'] }], version: told };
  const words = {
    status: 'success',
    data,
    told,
    [told]: 1,
    dashboard,
    meta: { url: '/d/x', folderTitle: told },
  };
  response.writeHead(200, { 'content-type': 'application/json', 'x-told': told }).end(JSON.stringify(words));
});
let origin = '';
let stopServer = async () => {};
let context: SourceContext;

beforeAll(async () => {
  const { url, stop } = await onLoopback(server);
  origin = url;
  stopServer = stop;
  context = { outgoing, now: Date.now, commit: null, credential: { origin, token } };
});
afterAll(async () => {
  await stopServer();
  await outgoing.close();
});

const source = (kind: SourceKind): SourceSpec => ({
  id: 'it',
  title: 'It',
  kind,
  network: null,
  address: origin,
  everyMs: 60_000,
  timeoutMs: 5000,
  buildInfo: null,
});
const json = (path: string): Question => ({ ask: 'json', source: 'it', path });

test.each<[SourceKind, readonly Question[]]>([
  ['grafana', [{ ask: 'dashboard', source: 'it', uid: 'x', title: 'T', folder: null }]],
  ['endpoint', [json('/'), json('/moved')]],
])('attack 25: a token that a %s says back is in nothing that is kept', async (kind, questions) => {
  const kept = JSON.stringify([
    await askSource(source(kind), questions, context),
    await probeSource(source(kind), context, { hasChecks: true }),
  ]);
  expect(kept).toContain('[redacted]');
  expect(kept).not.toContain('4f1d9c');
});

/** Each character of a text in one way of writing it. */
const each = (text: string, write: (code: number, character: string) => string) =>
  [...text].map((character) => write(character.charCodeAt(0), character)).join('');

test.each<[string, (text: string) => string]>([
  ['as it is', String],
  ['as JSON has it', (text) => JSON.stringify(text).slice(1, -1)],
  ['as Go writes JSON', (text) => text.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c')],
  ['with slashes escaped', (text) => text.replaceAll('/', '\\/')],
  [
    'in escapes alone',
    (text) => each(text, (code) => `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`),
  ],
  ['in an address', (text) => each(text, (code) => `%${code.toString(16).padStart(2, '0')}`)],
  ['in HTML', (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')],
  ['in HTML by numbers', (text) => each(text, (code) => `&#${code};`)],
  [
    'each letter in another way',
    (text) => each(text, (code, own) => (code % 2 ? own : `&#x${code.toString(16)};`)),
  ],
])('attack 25: a token is taken out %s, however long it is', async (_, write) => {
  for (const canary of [
    'c4n&r<y/4f1d',
    Array.from({ length: 800 }, (_, n) => `${n}&</%`)
      .join('')
      .slice(0, 4096),
  ]) {
    const guard = guarded({
      ...context,
      credential: { origin, token: canary },
      outgoing: async () => ({
        ...{ ok: true, status: 200, headers: {}, bytes: 1, tookMs: 1 },
        body: `before ${write(canary)} after`,
      }),
    });
    const reply = await guard.outgoing({ url: origin });
    expect(reply.ok && reply.body).toMatch(/^before (?:\[redacted\])+ after$/);
  }
});

test('a header is kept without it as well', async () => {
  const told = await guarded(context).outgoing({
    url: origin,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(told).toMatchObject({ ok: true, headers: { 'x-told': 'Bearer [redacted]' } });
});

test('a source that has answered more than memory is for is asked no more in that turn', async () => {
  const { outgoing: ask } = guarded(context, 100);
  expect((await ask({ url: origin })).ok).toBe(true);
  expect(await ask({ url: origin })).toMatchObject({ ok: false, failure: { kind: 'too-large' } });
  expect((await guarded(context, 100).outgoing({ url: origin })).ok).toBe(true);
});
