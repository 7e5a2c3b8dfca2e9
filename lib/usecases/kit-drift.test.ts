import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RuleRead, readRuleFile } from '#lib/checks/drift/rules-read.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { KitFileView, KitView } from '#lib/domain/kit-view.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import {
  removeFolders,
  repository,
  type TestRepository,
} from '#lib/sources/repository/repository.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { heldDigest } from './held-digest.ts';
import { launchKit } from './launch-kit.ts';
import { pinCandidate } from './pin-candidate.ts';
import { planLaunch } from './plan.ts';
import { viewKit } from './view-kit.ts';

const id = 'the-block';
const treasury = 'monitoring/grafana_treasury_dashboard.json';
const rules = 'monitoring/alert.rules.yml';
const records = 'monitoring/recording.rules.yml';
const minute = 60_000;
let nowMs = Date.parse('2026-11-25T08:00:00.000Z');
let scratch: ScratchDatabase;
let house: House;
let there: TestRepository;
const cacheDir = mkdtempSync(join(tmpdir(), 'drift-test-'));
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = { db: openDatabase(scratch.appUrl), outgoing, seal: testSeal, now: () => nowMs, cacheDir };
  there = repository();
  there.write('README.md', 'The node.\n');
  there.commit();
  await adopt(String);
  await inRepository({});
});
beforeEach(() => {
  nowMs += 60 * minute;
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  removeFolders();
  rmSync(cacheDir, { recursive: true, force: true });
});

async function adopt(change: (text: string) => string): Promise<void> {
  const text = change(readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8'));
  const addresses = { repository: there.path, prometheus: 'http://127.0.0.1:1', node: 'http://127.0.0.1:1' };
  const adopted = await adoptSpec({ text, name: 'the-block.yaml', addresses }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
}

async function kit() {
  const made = await launchKit(id, house);
  if (!made.ok) throw new Error(made.problem.message);
  return made.value;
}

async function textOf(path: string): Promise<string> {
  return (await kit()).files.find((file) => file.path === path)?.text ?? '';
}

/** Commits the kit's files, some of them changed, and moves the candidate there. */
async function inRepository(changed: Readonly<Record<string, (text: string) => string>>): Promise<void> {
  for (const { path, text, executable } of (await kit()).files) {
    there.write(path, (changed[path] ?? String)(text));
    if (executable) chmodSync(join(there.path, path), 0o755);
  }
  there.commit();
  await pinCandidate(id, {}, house);
}

/** Keeps as evidence, seen now, what every check of a kind was answered first; null for a source that was silent. */
async function seen(kind: string, answerTo: ((dashboard: unknown) => object | null) | null): Promise<void> {
  const { launch } = await kit();
  for (const { item, check, questions } of planLaunch(launch).filter((one) => one.check.kind === kind)) {
    const value = answerTo?.(check.parameters.dashboard) ?? null;
    const failure = {
      kind: 'unreachable',
      message: 'It does not answer.',
      status: null,
      retryAt: null,
    } as const;
    const outcome = value ? { ok: true, value } : { ok: false, failure };
    const observation = { question: questions[0], observedAt: '', tookMs: 1, outcome, answers: [] };
    const holds = heldDigest([observation as never]);
    const at = new Date(nowMs);
    const standing = { digest: 'sha256:of-this-test', ruleVersion: 1, verdict: 'unknown', deciding: {} };
    await house.db.evidence.create({
      data: {
        ...{ launchId: id, itemId: item.id, checkId: check.id, ...standing },
        ...{ readings: holds === null ? {} : { holds }, observation: [observation as never] },
        ...(value ? {} : { failure }),
        ...{ sentence: 'It does not answer.', firstSeenAt: at, lastSeenAt: at },
        ...{ specDigest: launch.head.specDigest, candidateCommit: null },
      },
    });
  }
}

/** Has Grafana hold the kit's dashboards, the treasury's changed; null for none. */
async function inGrafana(change: (text: string) => string | null): Promise<void> {
  const { launch } = await kit();
  const texts = new Map<unknown, { text: string; folder: string | null }>();
  for (const { id: dashboard, file, folder } of launch.spec.kit?.dashboards ?? [])
    texts.set(dashboard, { text: await textOf(file), folder });
  await seen('dashboard', (dashboard) => {
    const { text = '', folder } = texts.get(dashboard) ?? {};
    const held = dashboard === 'treasury' ? change(text) : text;
    const json = held === null ? null : (JSON.parse(held) as JsonObject);
    const { uid, title } = json ?? {};
    const more = {
      folder,
      version: 1,
      updatedAt: null,
      href: 'http://g/d/1',
      provisioned: false,
      missingLibraryPanels: [],
    };
    return {
      dashboards: json === null ? [] : [{ uid, title, json, ...more }],
      ...{ elsewhere: [], dataSources: null, unseen: [] },
    };
  });
}

function rulesOf(text: string): readonly RuleRead[] {
  const read = readRuleFile(text);
  return read.ok ? read.rules : [];
}

/** Has Prometheus load the kit's rules, with changes. */
async function inPrometheus(change: (text: string) => string): Promise<void> {
  const alerts = rulesOf(change(await textOf(rules)));
  const recording = rulesOf(await textOf(records));
  const state = {
    state: 'inactive',
    health: 'ok',
    lastError: '',
    lastEvaluationAt: null,
    groupIntervalMs: 1,
    firing: [],
  };
  await seen('alert-rule', () => ({
    answeredAt: '',
    alerts: alerts.map(({ expr, ...rule }) => ({ ...rule, ...state, file: 'a.yml', query: expr })),
    recording: recording.map(({ name, group, expr }) => ({ name, group, query: expr })),
  }));
}

async function view(): Promise<KitView> {
  const seenNow = await viewKit(id, house);
  if (!seenNow.ok) throw new Error(seenNow.problem.message);
  return seenNow.value;
}

async function fileNow(path: string): Promise<KitFileView> {
  const file = (await view()).files.find((one) => one.path === path);
  if (!file) throw new Error(`no file ${path}`);
  return file;
}

const laterBound = (text: string) => text.replaceAll('"value": 600', '"value": 900');

test('what nobody has looked at is unknown, and never told as no drift', async () => {
  const { verdict, sentence, files } = await view();
  expect(verdict).toBe('unknown');
  expect(sentence).toContain('No drift is seen, and of 4 nobody can tell.');
  expect(
    files
      .filter(({ runs }) => runs.length > 0)
      .map(({ path }) => path)
      .sort(),
  ).toEqual([treasury, 'monitoring/grafana_energy_dashboard.json', rules, records].sort());
  expect(await fileNow(treasury)).toMatchObject({
    state: 'same',
    drift: 'unknown',
    runs: [{ state: 'unknown', fact: 'Not looked at yet', seenAt: null }],
  });
});

test('all three places as the kit has it: no drift, until it was seen too long ago', async () => {
  await inGrafana(String);
  await inPrometheus(String);
  const now = await view();
  expect(now.verdict).toBe('pass');
  expect(now.sentence).toMatch(
    /^No file has drifted\. In the repository none differs; of 4 .* 4 are as agreed\./,
  );
  expect(await fileNow(rules)).toMatchObject({
    drift: 'none',
    runs: [{ state: 'same', way: 'The repository and Prometheus are as the kit has it.' }],
  });
  const staleMs = Date.parse(now.changesAt ?? '') - nowMs;
  expect(staleMs).toBeGreaterThan(0);
  nowMs += staleMs + 1;
  const file = await fileNow(treasury);
  expect(file.drift).toBe('unknown');
  expect(file.runs[0]?.fact).toBe('Nobody has looked since. When it was last seen: As the kit has it');
});

test('somebody changed it in Grafana: the repository is right', async () => {
  await inGrafana(laterBound);
  expect(await fileNow(treasury)).toMatchObject({
    state: 'same',
    drift: 'drifted',
    runs: [
      {
        state: 'drifted',
        fact: '1 difference: Execution Lag (p95): threshold moved from 600 to 900',
        way: 'The repository is as the kit has it; Grafana holds something else: Execution Lag (p95): threshold moved from 600 to 900. Deploy the file again, or take the change into the spec.',
        differences: [{ kit: '300 and 600', repository: '300 and 600', runs: '300 and 900', odd: 'runs' }],
      },
    ],
  });
  const { verdict, sentence } = await view();
  expect(verdict).toBe('fail');
  expect(sentence).toMatch(/^1 of \d+ files has drifted, and of 2 nobody can tell\./);
});

test('a source that is silent tells what it held, and not that it still does', async () => {
  await inGrafana(laterBound);
  nowMs += minute;
  await seen('dashboard', null);
  const file = await fileNow(treasury);
  expect(file.drift).toBe('unknown');
  expect(file.runs[0]).toMatchObject({
    state: 'unknown',
    way: null,
    seenAt: new Date(nowMs - minute).toISOString(),
  });
  expect(file.runs[0]?.fact).toMatch(
    /^It does not answer\. When it was last seen: 1 difference: Execution Lag/,
  );
  expect(file.runs[0]?.differences).toHaveLength(1);
});

test('the repository has it, and nobody deployed it', async () => {
  await inRepository({ [treasury]: laterBound });
  await inGrafana(String);
  const file = await fileNow(treasury);
  expect(file).toMatchObject({ state: 'differs', drift: 'drifted' });
  expect(file.runs[0]).toMatchObject({
    state: 'same',
    way: expect.stringMatching(/^Grafana holds what the kit says; .* nobody deployed it: Execution Lag/),
    differences: [{ kit: '300 and 600', repository: '300 and 900', runs: '300 and 600', odd: 'repository' }],
  });
});

test('it was changed in the repository and deployed: the kit alone says otherwise', async () => {
  await inRepository({ [treasury]: laterBound });
  await inGrafana(laterBound);
  expect((await fileNow(treasury)).runs[0]).toMatchObject({
    state: 'drifted',
    way: expect.stringMatching(
      /^Grafana holds what the repository’s file says, and the kit says something else/,
    ),
    differences: [{ odd: 'kit' }],
  });
});

test('three places, three bounds', async () => {
  await inRepository({ [treasury]: laterBound });
  await inGrafana((text) => text.replaceAll('"value": 600', '"value": 700'));
  expect((await fileNow(treasury)).runs[0]).toMatchObject({
    differences: [{ kit: '300 and 600', repository: '300 and 900', runs: '300 and 700', odd: null }],
    way: expect.stringContaining('1 otherwise in each of the three'),
  });
});

test('what Grafana does not hold was not deployed', async () => {
  await inRepository({});
  await inGrafana(() => null);
  expect((await fileNow(treasury)).runs[0]).toMatchObject({
    state: 'missing',
    fact: 'Grafana does not hold it',
    way: 'The repository has the file as the kit has it, but Grafana does not hold it. Import the kit’s file.',
  });
});

test('a rule that waits longer in Prometheus is told; what the spec allows the repository is agreed once it is loaded', async () => {
  const allowed = (text: string) => text.replace(/(alert: EnergyDisputesHigh\n +expr: .*)/, '$1 + 0');
  const longer = (text: string) =>
    text.replace(/(alert: TreasuryExecutionLagHigh\w*[\s\S]*?for: )\S+/, '$130m');
  await inPrometheus(longer);
  const [changed] = (await fileNow(rules)).runs[0]?.differences ?? [];
  expect(changed?.says).toMatch(/^“for” is 30m, not \d+m$/);
  await inRepository({ [rules]: allowed });
  await inPrometheus(allowed);
  expect(await fileNow(rules)).toMatchObject({
    state: 'on-purpose',
    drift: 'none',
    runs: [{ state: 'on-purpose' }],
  });
  nowMs += minute;
  await inPrometheus(String);
  expect((await fileNow(rules)).runs[0]).toMatchObject({
    state: 'drifted',
    way: expect.stringMatching(/^What the spec allows the repository was not deployed/),
  });
});

test('where no check of the spec looks, that is said, and nobody is told that nothing drifted', async () => {
  const check = '- kind: dashboard\n            dashboard: treasury\n';
  await adopt((text) => text.replace(check, '- { kind: attestation, role: sre, statement: It is there. }\n'));
  await inGrafana(String);
  expect(await fileNow(treasury)).toMatchObject({
    drift: 'unknown',
    runs: [
      { state: 'unread', where: 'Grafana', fact: 'No check of the kind dashboard looks there', item: null },
    ],
  });
});
