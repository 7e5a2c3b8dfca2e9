import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { storyCommand } from './command.ts';
import { sayEnded, sayRunning } from './running.ts';
import { type StoryServer, serveStory } from './serve.ts';
import { beginStory } from './story.ts';
import type { World } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'story-'));
const file = join(folder, 'deep', 'story.json');
let server: StoryServer;
afterEach(() => server.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Stands where the demo's machinery does; says what it was asked to do. */
async function begin(given: Partial<World> = {}) {
  const done: string[] = [];
  const world: World = {
    setNode: ({ oracle }) => void done.push(`oracle ${oracle}`),
    commit: async (changes) => {
      done.push(`commit ${changes.at(-1)}`);
      return 'c'.repeat(40);
    },
    startPrometheus: async () => void done.push('start'),
    stopPrometheus: async () => void done.push('stop'),
    moveCandidate: async () => void done.push('move'),
    ...given,
  };
  const story = beginStory(world);
  server = await serveStory(story, { board: 'http://127.0.0.1:4400/launches/the-block?a=1&b="2"' });
  return { done, story, port: Number(new URL(server.url).port) };
}

/** By hand, because fetch does not let a program choose Host and Origin. */
function ask(port: number, method: string, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; body: string; location: string | undefined }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, location: response.headers.location }),
      );
    });
    asking.on('error', reject).end();
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('who may take a step', () => {
  test('the page itself, which then shows what came of it', async () => {
    const { port, done } = await begin();
    const origin = `http://127.0.0.1:${port}`;
    expect(await ask(port, 'POST', '/steps/break-oracle', { ...form, origin })).toMatchObject({
      status: 303,
      location: '/',
    });
    expect(done).toEqual(['oracle slow']);
    expect((await ask(port, 'GET', '/')).body).toContain('<p role="status">Break the oracle.');
  });

  test('a program, with JSON', async () => {
    const { port, done } = await begin();
    const told = await ask(port, 'POST', '/steps/stop-prometheus', { 'content-type': 'application/json' });
    expect([told.status, JSON.parse(told.body).ok, done]).toEqual([200, true, ['stop']]);
  });

  test.each([
    ['another page', { ...form, origin: 'http://evil.example' }, 403],
    ['a page of no origin', { ...form, origin: 'null' }, 403],
    ['another page with JSON', { 'content-type': 'application/json', origin: 'http://evil.example' }, 403],
    ['a form of no origin', form, 403],
    ['another name for this machine', { host: 'evil.example', 'content-type': 'application/json' }, 421],
  ])('not %s', async (_name, headers, status) => {
    const { port, done } = await begin();
    expect((await ask(port, 'POST', '/steps/next', headers)).status).toBe(status);
    expect(done).toEqual([]);
  });

  test('nor a link', async () => {
    const { port, done } = await begin();
    expect((await ask(port, 'GET', '/steps/next')).status).toBe(405);
    expect((await ask(port, 'GET', '/nowhere')).status).toBe(404);
    expect(done).toEqual([]);
  });

  test('a page of another name is not shown', async () => {
    const { port } = await begin();
    expect((await ask(port, 'GET', '/', { host: `evil.example:${port}` })).status).toBe(421);
    expect((await ask(port, 'GET', '/state', { host: `localhost:${port}` })).status).toBe(200);
  });
});

test('the page writes what it shows as text', async () => {
  const { port } = await begin();
  const { body } = await ask(port, 'GET', '/');
  expect(body).toContain('a=1&#38;b=&#34;2&#34;');
});

test('steps that are asked for at once are taken one after the other', async () => {
  const { story, done } = await begin();
  await Promise.all(['next', 'next', 'next', 'next'].map((step) => story.tell(step)));
  expect(done).toEqual(['oracle healthy', 'oracle slow', 'oracle healthy', 'commit audit-runbook']);
});

test('what cannot be done is said, and what was done before it stands', async () => {
  const { story, done } = await begin({
    moveCandidate: () => Promise.reject(new Error('The server is not there.')),
  });
  expect(await story.tell('move-candidate')).toEqual({
    ok: false,
    message: 'Move the candidate: The server is not there.',
  });
  expect(done).toEqual(['commit patch-1']);
  expect(story.state()).toMatchObject({ candidate: 5, changes: { length: 6 } });
});

describe('the command', () => {
  test('takes a step of the demo that runs, its words with spaces or dashes', async () => {
    const { done } = await begin();
    await sayRunning({ url: server.url, pid: 1 }, file);
    expect(await storyCommand(['break', 'oracle'], file)).toEqual({
      code: 0,
      out: 'Break the oracle. Readings take about 18 s to verify: the item fails, and after a minute its alert fires.',
    });
    expect(await storyCommand(['break-oracle'], file)).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing to do'),
    });
    expect(done).toEqual(['oracle slow']);
  });

  test('says what it does not know, and lists what it does', async () => {
    await begin();
    expect(await storyCommand(['brake'], file)).toMatchObject({
      code: 3,
      out: expect.stringContaining('fix-oracle'),
    });
    expect(await storyCommand([], file)).toMatchObject({ code: 3 });
    expect(await storyCommand(['--help'], file)).toMatchObject({ code: 0 });
  });

  test('says so when no demo runs, or the one that did is gone', async () => {
    await begin();
    const none = { code: 1, out: 'No demo answers. Start one with “npm run demo”, and leave it running.' };
    await sayRunning({ url: 'http://127.0.0.1:1', pid: 1 }, file);
    expect(await storyCommand(['next'], file)).toEqual(none);
    await sayEnded(2, file);
    expect(await storyCommand(['next'], file)).toEqual(none);
    await sayEnded(1, file);
    expect(await storyCommand(['next'], file)).toEqual(none);
  });

  test('goes nowhere but to this machine', async () => {
    await begin();
    await sayRunning({ url: 'http://example.org', pid: 1 }, file);
    expect(await storyCommand(['next'], file)).toMatchObject({ code: 1 });
  });
});
