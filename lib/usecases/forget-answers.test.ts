import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { answerLifeMs, deleteExpiredAnswers, keepAnswers } from '#lib/evidence/answer-store.ts';
import { insertEvidence } from '#lib/evidence/store.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { forgetAnswers } from './forget-answers.ts';

const day = 24 * 60 * 60 * 1000;
const startMs = Date.parse('2026-11-01T08:00:00.000Z');

let scratch: ScratchDatabase;
let house: House;
let nowMs = startMs;
const outgoing = createOutgoing({ allow: [] });

beforeAll(async () => {
  scratch = await scratchDatabase();
  const db = openDatabase(scratch.appUrl);
  house = { db, outgoing, seal: testSeal, now: () => nowMs, cacheDir: '/nonexistent' };
  await db.launch.create({
    data: { id: 'one', title: 'One', createdAt: new Date(startMs), specDigest: 's' },
  });
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
});
beforeEach(async () => {
  nowMs = startMs;
  await house.db.answer.deleteMany();
  await house.db.evidence.deleteMany();
});

const keep = (...digests: string[]) =>
  keepAnswers(
    house.db,
    digests.map((digest) => ({ digest, body: `body of ${digest}` })),
    nowMs,
  );
const left = async () =>
  (await house.db.answer.findMany({ orderBy: { digest: 'asc' } })).map(({ digest }) => digest);
const restOn = (answers: string[], seenMs: number) =>
  insertEvidence(house.db, [
    {
      ...{
        launch: 'one',
        item: 'item',
        check: answers.join('+'),
        digest: 'd',
        ruleVersion: 1,
        verdict: 'pass',
      },
      ...{ deciding: {}, readings: {}, observation: [], sentence: 'It holds.', failure: null, commit: null },
      ...{ answers, seenAt: new Date(seenMs).toISOString(), specDigest: 's' },
    },
  ]);

test('an answer is kept for its life, and then it goes', async () => {
  await keep('a', 'b');
  nowMs = startMs + answerLifeMs - 1;
  expect(await forgetAnswers(house)).toBe(0);
  await keep('c');
  nowMs += 1;
  expect(await forgetAnswers(house)).toBe(2);
  expect(await left()).toEqual(['c']);
});

test('an answer seen again lives on from then, with the body it had', async () => {
  await keep('a', 'b');
  nowMs = startMs + 10 * day;
  await keep('a', 'a');
  nowMs = startMs + answerLifeMs + day;
  expect(await forgetAnswers(house)).toBe(1);
  expect(await house.db.answer.findMany()).toMatchObject([
    { digest: 'a', body: 'body of a', expiresAt: new Date(startMs + 10 * day + answerLifeMs) },
  ]);
});

test('what evidence rests on that was seen since stays until that evidence is as old', async () => {
  await keep('stands', 'stood', 'shared');
  await restOn(['stood', 'shared'], startMs);
  await restOn(['stands', 'shared'], startMs + 20 * day);
  nowMs = startMs + 21 * day;
  expect(await forgetAnswers(house)).toBe(1);
  expect(await left()).toEqual(['shared', 'stands']);
  nowMs = startMs + 20 * day + answerLifeMs;
  expect(await forgetAnswers(house)).toBe(2);
  expect(await house.db.evidence.count()).toBe(2);
});

test('it goes batch after batch to the end, past what is needed for longer', async () => {
  const digests = Array.from({ length: 25 }, (_, n) => `digest ${n}`);
  await keep(...digests);
  await restOn(digests.slice(0, 12), startMs + 5 * day);
  nowMs = startMs + answerLifeMs;
  expect(await deleteExpiredAnswers(house.db, { nowMs, atMost: 4 })).toEqual({ gone: 0, needed: 4 });
  expect(await forgetAnswers(house, 4)).toBe(13);
  expect(await left()).toHaveLength(12);
});

test('an answer that a cycle is just extending is left to it', async () => {
  await keep('a', 'b');
  nowMs = startMs + answerLifeMs;
  await house.db.$transaction(async (tx) => {
    await keepAnswers(tx, [{ digest: 'a', body: '' }], nowMs);
    expect(await forgetAnswers(house)).toBe(1);
  });
  expect(await left()).toEqual(['a']);
});
