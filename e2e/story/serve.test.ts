import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { storyCommand } from './command.ts';
import { sayEnded, sayRunning } from './running.ts';
import { type StoryServer, serveStory } from './serve.ts';
import { firstState, type StoryState } from './state.ts';
import { beginStory } from './story.ts';
import type { World } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'story-'));
let server: StoryServer;
afterEach(() => server.stop());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Stands where the demo's machinery does; says what it was asked to do. */
async function begin(given: Partial<World> = {}, begins?: StoryState) {
  const done: string[] = [];
  const world: World = {
    setNode: ({ oracle }) => void done.push(`oracle ${oracle}`),
    commit: async (changes) => void done.push(`commit ${changes.at(-1)}`),
    showVendors: async () => void done.push('show'),
    loadRules: async (loaded) => void done.push(`rules ${loaded}`),
    startPrometheus: async () => void done.push('start'),
    stopPrometheus: async () => void done.push('stop'),
    moveCandidate: async () => void done.push('move'),
    ...given,
  };
  const story = beginStory(world, begins);
  server = await serveStory(story, 'http://localhost:4400/launches/the-block?a=1&b="2"');
  return { done, story, port: Number(new URL(server.url).port) };
}

/** By hand, because fetch does not let a program choose Host and Origin. */
function ask(port: number, method: string, path: string, headers: Record<string, string> = {}, body = '') {
  return new Promise<{ status: number; body: string; location: string | undefined }>((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text, location: response.headers.location }),
      );
    });
    asking.on('error', reject).end(body);
  });
}

describe('who may take a step', () => {
  test('the page itself, which then shows what came of it', async () => {
    const { port, done } = await begin();
    const host = `localhost:${port}`;
    const headers = { host, origin: `http://${host}`, accept: 'text/html,*/*' };
    expect(await ask(port, 'POST', '/step', headers, 'step=break+oracle')).toMatchObject({
      status: 303,
      location: '/',
    });
    expect(done).toEqual(['oracle slow']);
    const { body } = await ask(port, 'GET', '/', { host });
    expect(body).toContain('<p role="status">break oracle: The oracle slows down');
    expect(body).toContain('<p id="break-oracle"><b>Taken.</b>');
  });

  test('a program', async () => {
    const { port, done } = await begin();
    const told = await ask(port, 'POST', '/step', {}, 'step=stop prometheus');
    expect([told.status, told.body, done]).toEqual([
      200,
      expect.stringContaining('Nothing turns red.'),
      ['stop'],
    ]);
  });

  test.each([
    ['another page', { origin: 'http://evil.example' }],
    ['a page of no origin', { origin: 'null' }],
    ['another name for this machine', { host: 'evil.example' }],
  ])('not %s', async (_name, headers) => {
    const { port, done } = await begin();
    expect((await ask(port, 'POST', '/step', headers, 'step=next')).status).toBe(403);
    expect(done).toEqual([]);
  });

  test('nor a link, nor a flood of words', async () => {
    const { port, done } = await begin();
    expect((await ask(port, 'GET', '/step?step=next')).status).toBe(405);
    expect((await ask(port, 'GET', '/nowhere')).status).toBe(404);
    expect((await ask(port, 'POST', '/step', {}, `step=${'x'.repeat(2000)}`)).status).toBe(413);
    expect(done).toEqual([]);
  });

  test('a page of another name is not shown', async () => {
    const { port } = await begin();
    expect((await ask(port, 'GET', '/', { host: `evil.example:${port}` })).status).toBe(403);
  });
});

test('the page writes what it shows as text', async () => {
  const { port, story } = await begin();
  await story.tell('<b>');
  const { body } = await ask(port, 'GET', '/');
  expect(body).toContain('a=1&#38;b=&#34;2&#34;');
  expect(body).toContain('There is no step “&#60;b&#62;”.');
});

test('steps that are asked for at once are taken one after the other', async () => {
  const { story, done } = await begin();
  await Promise.all(['next', 'next', 'next', 'next'].map((step) => story.tell(step)));
  expect(done).toEqual([
    'oracle healthy',
    'oracle slow',
    'oracle healthy',
    'commit energy-panels',
    'show',
    'move',
  ]);
});

test('what cannot be done is said, and what was done before it stands', async () => {
  const { story, done } = await begin({
    moveCandidate: () => Promise.reject(new Error('The server is not there.')),
  });
  expect(await story.tell('move candidate')).toEqual({
    ok: false,
    message: 'move candidate: The server is not there.',
  });
  expect(done).toEqual(['commit patch-1', 'show']);
  expect(story.state()).toMatchObject({
    candidate: firstState.candidate,
    changes: { length: firstState.candidate + 1 },
    taken: [],
  });
});

test('without a Prometheus it says what stays unknown', async () => {
  const { story } = await begin({}, { ...firstState, prometheus: 'absent' });
  expect(await story.tell('stop prometheus')).toEqual({
    ok: true,
    message: 'stop prometheus: there is no Prometheus on this machine.',
  });
  expect((await story.tell('finish')).message).toContain('the items over it stay unknown');
});

describe('the command', () => {
  test('takes a step of the demo that runs, its words with spaces or dashes', async () => {
    const { done } = await begin();
    await sayRunning({ url: server.url, pid: 1 }, folder);
    expect(await storyCommand(['break', 'oracle'], folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('turns red'),
    });
    expect(await storyCommand(['break-oracle'], folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing to do'),
    });
    expect(done).toEqual(['oracle slow']);
  });

  test('says where the story is, and which steps were taken', async () => {
    const { story } = await begin();
    await sayRunning({ url: server.url, pid: 1 }, folder);
    await story.tell('next');
    const { code, out } = await storyCommand(['status'], folder);
    expect(code).toBe(0);
    expect(out).toContain('Next is step 2 of 18: break oracle.');
    expect(out).toMatch(/^\* emit fee /m);
    expect(out).toMatch(/^ {2}break oracle /m);
  });

  test('says what it does not know, and lists what it does', async () => {
    await begin();
    expect(await storyCommand(['brake'], folder)).toMatchObject({
      code: 3,
      out: expect.stringContaining('fix oracle'),
    });
    expect(await storyCommand([], folder)).toMatchObject({ code: 3 });
    expect(await storyCommand(['--help'], folder)).toMatchObject({ code: 0 });
  });

  test('says so when no demo runs, or the one that did is gone', async () => {
    await begin();
    const none = { code: 1, out: 'No demo answers. Start one with “npm run demo”, and leave it running.' };
    await sayRunning({ url: 'http://localhost:1', pid: 1 }, folder);
    expect(await storyCommand(['next'], folder)).toEqual(none);
    await sayEnded(2, folder);
    expect(await storyCommand(['next'], folder)).toEqual(none);
    await sayEnded(1, folder);
    expect(await storyCommand(['next'], folder)).toEqual(none);
  });

  test('goes nowhere but to this machine', async () => {
    await begin();
    await sayRunning({ url: 'http://example.org', pid: 1 }, folder);
    expect(await storyCommand(['next'], folder)).toMatchObject({ code: 1 });
  });
});
