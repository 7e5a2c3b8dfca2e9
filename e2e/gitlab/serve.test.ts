import { expect, test } from 'vitest';
import { addPipeline, smallWorld, startGitlab, token } from '#lib/sources/gitlab/gitlab.fixture.ts';
import { pipelineTold } from './ci-answers.ts';
import type { PipelineTold, TreeTold } from './shapes.ts';

async function start() {
  const { world, commits } = smallWorld();
  const [candidate = ''] = commits;
  for (const id of [501, 502, 503]) addPipeline(world, candidate, { id });
  const { gitlab } = await startGitlab(world);
  const api = `${gitlab.origin}/api/v4/projects/the-block%2Fcore%2Fnode`;
  const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
    fetch(`${api}${path}`, { headers, redirect: 'manual' });
  return { world, candidate, get, gitlab };
}

test('a list comes in pages, newest first, with GitLab’s headers', async () => {
  const { get } = await start();
  const first = await get('/pipelines?per_page=2');
  const headers = ['x-page', 'x-per-page', 'x-next-page', 'x-prev-page', 'x-total', 'x-total-pages'];
  expect(headers.map((name) => first.headers.get(name))).toEqual(['1', '2', '2', '', '3', '2']);
  expect(((await first.json()) as PipelineTold[]).map(({ id }) => id)).toEqual([503, 502]);
  const last = await get('/pipelines?per_page=2&page=2');
  expect(last.headers.get('x-next-page')).toBe('');
});

test('a token is taken in either header; an unknown one is refused, and none shows nothing', async () => {
  const { get } = await start();
  expect((await get('', { 'private-token': token })).status).toBe(200);
  expect((await get('', { authorization: 'Bearer x' })).status).toBe(401);
  const none = await get('', {});
  expect([none.status, await none.json()]).toEqual([404, { message: '404 Project Not Found' }]);
});

test('an unchanged answer is 304, and counts against the limit as GitLab has it', async () => {
  const { get } = await start();
  const first = await get('/pipelines');
  const etag = first.headers.get('etag') ?? '';
  const again = await get('/pipelines', { authorization: `Bearer ${token}`, 'if-none-match': etag });
  expect(again.status).toBe(304);
  expect(again.headers.get('ratelimit-remaining')).toBe('1998');
});

test('where nothing remains, it is 429 until the reset', async () => {
  const { get, world } = await start();
  world.limit.used = world.limit.most;
  const limited = await get('/pipelines');
  expect([limited.status, limited.headers.get('retry-after'), await limited.text()]).toEqual([
    429,
    '60',
    'Retry later\n',
  ]);
});

test('an answer that lacks a field, or has one of another type, does not compile', () => {
  const { world, commits } = smallWorld();
  addPipeline(world, commits[0] ?? '');
  const [pipeline] = world.pipelines;
  if (!pipeline) throw new Error('The world has no pipeline.');
  const told = pipelineTold(pipeline, { origin: 'http://g', page: 'http://g/a/b' });
  // @ts-expect-error: GitLab tells when it was created.
  const lacking: PipelineTold = (({ created_at: _, ...rest }) => rest)(told);
  // @ts-expect-error: an id is a number.
  const other: PipelineTold = { ...told, id: '501' };
  // @ts-expect-error: a tree has no size.
  const more: TreeTold = { id: 'a', name: 'a', type: 'blob', path: 'a', mode: '100644', size: 1 };
  expect([lacking, other, more]).toHaveLength(3);
});
