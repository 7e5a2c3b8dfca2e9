import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventSource } from 'undici';
import { afterEach, expect, test, vi } from 'vitest';
import type { LiveNews, LiveState } from './live-messages.ts';
import { readNews } from './live-messages.ts';
import { type EventStream, openLiveStream } from './live-stream.ts';

/** A server of event streams that can be taken down and brought back. */
async function streamServer() {
  const open = new Set<ServerResponse>();
  let isDown = false;
  const server = createServer((_, response) => {
    if (isDown) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: board\ndata: {"launch":"a","version":3}\n\n');
    open.add(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    say: (text: string) => {
      for (const response of open) response.write(text);
    },
    down: (is: boolean) => {
      isDown = is;
      for (const response of open) response.destroy();
      open.clear();
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function follow() {
  const server = await streamServer();
  const news: LiveNews[] = [];
  const states: LiveState['kind'][] = [];
  const stream = openLiveStream({
    open: () => new EventSource(server.url) as unknown as EventStream,
    onNews: (one) => news.push(one),
    onState: ({ kind }) => states.push(kind),
    waitMs: () => 30,
  });
  ends.push(stream.close, server.close);
  await vi.waitFor(() => expect(news).toHaveLength(1));
  return { server, stream, news, states };
}

test('news come through, and what it does not know is passed over', async () => {
  const { server, news, states } = await follow();
  server.say(
    ': ping\n\nevent: weather\ndata: {"launch":"a"}\n\nevent: board\ndata: {"launch":"a","version":4}\n\n',
  );
  await vi.waitFor(() => expect(news).toHaveLength(2));
  expect(news.map((one) => (one.kind === 'board' ? one.version : null))).toEqual([3, 4]);
  expect(states).toEqual(['live']);
});

test('a lost stream says since when, comes back by itself and says what it has', async () => {
  const { server, stream, news, states } = await follow();
  server.down(true);
  await vi.waitFor(() => expect(stream.state().kind).toBe('behind'));
  const first = stream.state();
  await vi.waitFor(() => expect(states.filter((kind) => kind === 'behind').length).toBeGreaterThan(2));
  const later = stream.state();
  if (first.kind !== 'behind' || later.kind !== 'behind') throw new Error('It should be behind.');
  expect(later.sinceMs).toBe(first.sinceMs);
  server.down(false);
  await vi.waitFor(() => expect(stream.state().kind).toBe('live'));
  await vi.waitFor(() => expect(news).toHaveLength(2));
});

test('a closed stream stays closed', async () => {
  const { server, stream, news } = await follow();
  stream.close();
  stream.retry();
  server.say('event: board\ndata: {"launch":"a","version":9}\n\n');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(news).toHaveLength(1);
});

test('only whole messages are news', () => {
  expect(readNews('board', '{"launch":"a","version":"3"}')).toBeNull();
  expect(readNews('board', 'not json')).toBeNull();
  expect(readNews('seen', '{"launch":"a"}')).toBeNull();
  const readings = {
    launch: 'a',
    version: 3,
    after: '2026-11-23T08:00:00.000Z',
    storedAt: '2026-11-23T08:00:02.000Z',
    changesAt: null,
    rows: [],
    sources: [],
  };
  expect(readNews('seen', JSON.stringify({ ...readings, after: 4 }))).toBeNull();
  expect(readNews('seen', JSON.stringify(readings))).toEqual({ kind: 'seen', launch: 'a', readings });
});

test('a server that stands still is told from one that has nothing to say', async () => {
  const { server, news } = await follow();
  const states: LiveState[] = [];
  const stream = openLiveStream({
    open: () => new EventSource(server.url) as unknown as EventStream,
    onNews: () => {},
    onState: (state) => states.push(state),
    waitMs: () => 30,
    deafMs: 400,
  });
  ends.push(stream.close);
  await vi.waitFor(() => expect(states.at(-1)?.kind).toBe('live'));
  const ping = setInterval(() => server.say('event: ping\ndata:\n\n'), 100);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(states.map(({ kind }) => kind)).toEqual(['live']);
  clearInterval(ping);
  const beganMs = Date.now();
  await vi.waitFor(() => expect(states[1]?.kind).toBe('behind'), { timeout: 5000 });
  const [, behind] = states;
  expect(behind?.kind === 'behind' && behind.sinceMs).toBeLessThanOrEqual(beganMs);
  await vi.waitFor(() => expect(states.at(-1)?.kind).toBe('live'), { timeout: 5000 });
  expect(news).toHaveLength(1);
});
