import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { expect, test, vi } from 'vitest';
import { followNews, heldVersion } from './follow.ts';
import { boardKey, coverageKey, launchesKey, proposalKey } from './keys.ts';

/** A page that shows some views of launches at a version the server is at. */
function page() {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const server = { version: 3 };
  const asked: string[] = [];
  const show = (key: readonly string[], view: () => unknown) => {
    client.setQueryData(key, view());
    const queryFn = () => {
      asked.push(key.join('/'));
      return view();
    };
    return new QueryObserver(client, { queryKey: key, queryFn }).subscribe(() => {});
  };
  const viewOf = (id: string) => () => ({ launch: { id, version: server.version } });
  show(boardKey('a'), viewOf('a'));
  show(boardKey('b'), viewOf('b'));
  show(launchesKey, () => ({ launches: [{ id: 'a', version: server.version }] }));
  return { client, server, asked, follower: followNews(client) };
}

test('news of a version that is held already asks for nothing', async () => {
  const { asked, follower } = page();
  follower.news({ kind: 'board', launch: 'a', version: 3 });
  follower.news({ kind: 'board', launch: 'a', version: 2 });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(asked).toEqual([]);
});

test('a newer version asks for the views of that launch, and of no other', async () => {
  const { client, server, asked, follower } = page();
  server.version = 4;
  follower.news({ kind: 'board', launch: 'a', version: 4 });
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked.toSorted()).toEqual(['launch/a/board', 'launches']);
  await vi.waitFor(() => expect(heldVersion(client.getQueryData(boardKey('a')), 'a')).toBe(4));
});

test('what is asked for on demand is not asked for again by news of the board', async () => {
  const { client, asked, follower } = page();
  follower.news({ kind: 'board', launch: 'a', version: 3 });
  const queryFn = () => {
    asked.push('on demand');
    return { targets: [] };
  };
  new QueryObserver(client, { queryKey: proposalKey('a', undefined, undefined), queryFn }).subscribe(
    () => {},
  );
  await vi.waitFor(() => expect(asked).toEqual(['on demand']));
  follower.news({ kind: 'board', launch: 'a', version: 3 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(asked).toEqual(['on demand']);
});

test('data that arrives already old is asked for once more, and not for ever', async () => {
  const { client, asked, follower } = page();
  follower.news({ kind: 'board', launch: 'a', version: 9 });
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(0));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const count = asked.filter((key) => key === 'launch/a/board').length;
  expect(count).toBeLessThanOrEqual(2);
  client.setQueryData(coverageKey('a'), { launch: { id: 'a', version: 3 } });
  await vi.waitFor(() => expect(client.getQueryState(coverageKey('a'))?.isInvalidated).toBe(true));
});

/** A page that shows a board of two rows, and readings of one of them. */
function readingPage() {
  const { client, asked, follower } = page();
  const track = { items: [{ id: 'x', fact: { lead: '7', rest: '' } }, { id: 'y' }] };
  const launch = { id: 'a', version: 3 };
  const board = { launch, storedAt: '08:00:02', changesAt: '09:00', sources: [], tracks: [track] };
  client.setQueryData(boardKey('a'), board);
  const readings = {
    launch: 'a',
    version: 3,
    after: '08:00:02',
    storedAt: '08:00:04',
    changesAt: '09:02',
    rows: [{ id: 'x', fact: { lead: '9', rest: '' }, picture: { kind: 'none' as const } }],
    sources: [],
  };
  return {
    client,
    asked,
    follower,
    board,
    readings,
    shown: () => client.getQueryData<typeof board>(boardKey('a')),
  };
}

test('readings change the board that they follow on without a request, and nothing else of it', async () => {
  const { asked, follower, readings, shown } = readingPage();
  const [before] = shown()?.tracks ?? [];
  follower.news({ kind: 'seen', launch: 'a', readings });
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(shown()).toMatchObject({ storedAt: '08:00:04', changesAt: '09:02' });
  expect(shown()?.tracks[0]?.items[0]?.fact?.lead).toBe('9');
  expect(shown()?.tracks[0]?.items[1]).toBe(before?.items[1]);
  expect(asked).toEqual([]);
});

test('a board that missed readings is asked for once, and takes those that follow on the answer', async () => {
  const { client, asked, follower, board, readings, shown } = readingPage();
  follower.news({ kind: 'seen', launch: 'a', readings: { ...readings, after: '08:00:03' } });
  await vi.waitFor(() => expect(asked).toEqual(['launch/a/board']));
  client.setQueryData(boardKey('a'), { ...board, storedAt: '08:00:03' });
  await vi.waitFor(() => expect(shown()?.storedAt).toBe('08:00:04'));
  expect(asked).toEqual(['launch/a/board']);
});
