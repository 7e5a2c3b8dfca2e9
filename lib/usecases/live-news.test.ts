import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Exposition, startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import type { BoardReadings, BoardView } from '#lib/domain/view.ts';
import { joinReadings, readingsFit, withReadings } from '#lib/queries/readings.ts';
import { openDatabase } from '#lib/server/database.ts';
import { environment } from '#lib/server/env.ts';
import type { House } from '#lib/server/house.ts';
import type { LiveNotice } from '#lib/server/live-hub.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { LiveNews } from './live-news.ts';
import { viewBoard } from './view-board.ts';

const binary = await findPrometheus(environment().prometheusBin);

const specText = (prometheus: string) => `
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
defaults: { every: 2s, maxAge: 2m, freshWithin: 30s }
networks: { testnet: Testnet }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  prometheus: { kind: prometheus, address: '${prometheus}', network: testnet }
tracks:
  energy:
    title: Energy
    lead: sre
    items:
      disputes: { title: Few disputes, phase: launch, checks: [{ kind: query, expr: disputes, is: { below: 20 } }] }
      rate: { title: Steady, phase: launch, checks: [{ kind: query, expr: steady, is: { below: 20 } }] }
`;

const exposed = (disputes: number) =>
  `# TYPE disputes gauge\ndisputes ${disputes}\n# TYPE steady gauge\nsteady 3\n`;

describe.skipIf(binary === null && !environment().ci)('what streams say of a launch', () => {
  let scratch: ScratchDatabase;
  let prometheus: RunningPrometheus;
  let node: Exposition;
  let house: House;
  const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

  beforeAll(async () => {
    scratch = await scratchDatabase();
    node = await startExposition(exposed(7));
    prometheus = await startPrometheus({
      binary: binary ?? 'prometheus',
      targets: [{ job: 'node', addresses: [node.address] }],
    });
    house = {
      db: openDatabase(scratch.appUrl),
      outgoing,
      seal: testSeal,
      now: Date.now,
      cacheDir: '/nonexistent',
    };
    await adoptSpec({ text: specText(prometheus.url), name: 'test.yaml' }, house);
    await until((board) => board.readiness.kind === 'ready-for-review');
  });
  afterAll(async () => {
    await prometheus.stop();
    await node.stop();
    await house.db.$disconnect();
    await outgoing.close();
    await scratch.drop();
  });

  const board = async (): Promise<BoardView> => {
    const view = await viewBoard('test', house);
    if (!view.ok) throw new Error(view.problem.message);
    return view.value;
  };
  const cycle = async () => {
    const { sourceKey } = await house.db.launchSource.findFirstOrThrow({ where: { launchId: 'test' } });
    return collect(sourceKey, house);
  };
  const until = async (holds: (board: BoardView) => boolean) => {
    for (let n = 0; n < 30; n++) {
      await cycle();
      if (holds(await board())) return;
      await sleep(500);
    }
    throw new Error(`never: ${JSON.stringify(await board())}`);
  };
  const leadOf = (view: BoardView, id: string) =>
    view.tracks.flatMap(({ items }) => items).find((row) => row.id === id)?.fact.lead;
  const notice = async (what: LiveNotice['what'] = 'seen'): Promise<LiveNotice> => {
    return { what, launch: 'test', version: (await board()).launch.version };
  };
  const seen = async (news: LiveNews): Promise<BoardReadings> => {
    const word = await news.of(await notice());
    if (word?.event !== 'seen') throw new Error(`It says ${JSON.stringify(word)}.`);
    return word.data;
  };

  test('a value that moves without a new verdict raises no version, and is told with what moved alone', async () => {
    const news = new LiveNews(house);
    await news.first();
    const before = await board();
    expect(leadOf(before, 'disputes')).toContain('7');
    node.set(exposed(9));
    await until((now) => leadOf(now, 'disputes')?.includes('9') ?? false);
    const after = await board();
    expect(after.launch.version).toBe(before.launch.version);
    const readings = await seen(news);
    expect(readingsFit(before, readings)).toBe('next');
    expect(readings.rows.find(({ id }) => id === 'disputes')?.fact.lead).toContain('9');
    const shown = withReadings(before, readings);
    expect(shown.tracks.map(({ items }) => items.map(({ fact, picture }) => ({ fact, picture })))).toEqual(
      after.tracks.map(({ items }) => items.map(({ fact, picture }) => ({ fact, picture }))),
    );
    expect(shown.sources).toEqual(after.sources);
    expect(shown.changesAt).toBe(after.changesAt);
  });

  test('readings follow on each other, and joined they bring a page that heard none to the same board', async () => {
    const news = new LiveNews(house);
    await news.first();
    const early = await board();
    let joined: BoardReadings | undefined;
    let shown = early;
    for (const value of [4, 5]) {
      node.set(exposed(value));
      await until((now) => leadOf(now, 'disputes')?.includes(String(value)) ?? false);
      const readings = await seen(news);
      shown = withReadings(shown, readings);
      joined = joinReadings(joined, readings);
    }
    expect(joined && withReadings(early, joined)).toEqual(shown);
    expect(leadOf(shown, 'disputes')).toContain('5');
  });

  test('who missed some, or holds another version, is not given them', async () => {
    const news = new LiveNews(house);
    const missed = await board();
    await cycle();
    await news.first();
    await cycle();
    const readings = await seen(news);
    expect(readingsFit(missed, readings)).toBe('missed');
    expect(readingsFit(await board(), readings)).toBe('held');
    const { launch } = missed;
    const other = { ...missed, launch: { ...launch, version: launch.version + 1 } };
    expect(readingsFit(other, readings)).toBe('other');
  });

  test('a new verdict is a new version, and after it readings follow on the new board', async () => {
    const news = new LiveNews(house);
    await news.first();
    node.set(exposed(30));
    await until((now) => now.readiness.kind === 'not-ready');
    const now = await board();
    expect(await news.of(await notice('board'))).toEqual({
      event: 'board',
      data: { launch: 'test', version: now.launch.version },
    });
    await cycle();
    expect(readingsFit(now, await seen(news))).toBe('next');
  });
});
