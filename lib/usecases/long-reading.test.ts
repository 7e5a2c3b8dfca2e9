import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { removeFolders, repository } from '#lib/sources/repository/repository.fixture.ts';
import { checklistHistory } from './checklist-history.ts';
import { importChecklist } from './import-checklist.ts';
import { readHistory, readImport } from './long-reading.ts';

afterAll(removeFolders);

const boxes = (count: number) =>
  `# List\n\n${Array.from({ length: count }, (_, at) => `- [ ] thing ${at} holds its bound\n`).join('')}`;

test('a thread reads what the process itself would, and others have their turns meanwhile', async () => {
  const given = { document: { content: boxes(2500), name: 'list.md' } };
  let read = false;
  const reading = readImport(given).finally(() => {
    read = true;
  });
  let turns = 0;
  for (; !read; turns += 1) await turn();
  expect(await reading).toEqual(importChecklist(given));
  expect(turns).toBeGreaterThan(10);
});

test('a refusal crosses as it is, and a short document needs no thread', async () => {
  const name = 'list.md';
  const bad = await readImport({ document: { content: Buffer.alloc(100_000, 0xff), name } });
  expect(bad).toMatchObject({
    ok: false,
    problem: { code: 'invalid-input', message: expect.stringContaining('UTF-8') },
  });
  const short = { document: { content: boxes(2), name } };
  expect(await readImport(short)).toEqual(importChecklist(short));
});

test('a history is read with its progress, and ends at once when nobody waits for it any more', async () => {
  const { path, write, commit } = repository();
  for (const count of [1, 2, 3]) {
    write('LIST.md', boxes(count));
    commit();
  }
  const given = { repository: path, path: 'LIST.md', ref: 'HEAD' };
  const progress: number[] = [];
  const history = await readHistory(given, { onRead: (read) => progress.push(read) });
  expect(history).toEqual(await checklistHistory(given, Date.now));
  expect(progress).toEqual([1, 2, 3]);
  const ended = await readHistory(given, { signal: AbortSignal.abort() });
  expect(ended).toMatchObject({ ok: false, problem: { code: 'unavailable' } });
});

test('more than three at once are refused, and there is room again when they have ended', async () => {
  const given = { document: { content: boxes(2500), name: 'list.md' } };
  const all = await Promise.all([1, 2, 3, 4].map(() => readImport(given)));
  expect(all.map(({ ok }) => ok)).toEqual([true, true, true, false]);
  expect(await readImport(given)).toMatchObject({ ok: true });
});
