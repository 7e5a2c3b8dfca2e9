import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KitView } from '#lib/domain/kit-view.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import {
  gitIn,
  removeFolders,
  repository,
  type TestRepository,
} from '#lib/sources/repository/repository.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { downloadKitFile, downloadKitPatch, downloadKitZip } from './download-kit.ts';
import { launchKit } from './launch-kit.ts';
import { pinCandidate } from './pin-candidate.ts';
import { planLaunch } from './plan.ts';
import { previewDashboard } from './preview-dashboard.ts';
import { viewKit, viewKitTexts } from './view-kit.ts';

const text = readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8');
const id = 'the-block';
const document = 'docs/operations.md';
const script = 'scripts/verify_metrics_coverage.sh';
/** What the repository's own document begins with. */
const ours = '# Operations\n\nOurs.\n\n## Whom to call\n\n- Noor  \n\n';
const treasury = 'monitoring/grafana_treasury_dashboard.json';
let scratch: ScratchDatabase;
let house: House;
let there: TestRepository;
const cacheDir = mkdtempSync(join(tmpdir(), 'kit-test-'));
const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = { db: openDatabase(scratch.appUrl), outgoing, seal: testSeal, now: Date.now, cacheDir };
  there = repository();
  there.write('README.md', 'The node.\n');
  there.commit();
  const addresses = { repository: there.path, prometheus: 'http://127.0.0.1:1', node: 'http://127.0.0.1:1' };
  const adopted = await adoptSpec({ text, name: 'the-block.yaml', addresses }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
  removeFolders();
  rmSync(cacheDir, { recursive: true, force: true });
});

const view = async (): Promise<KitView> => {
  const seen = await viewKit(id, house);
  if (!seen.ok) throw new Error(seen.problem.message);
  return seen.value;
};
const stateOf = (kit: KitView, path: string) => kit.files.find((file) => file.path === path)?.state;
const files = async () => {
  const kit = await launchKit(id, house);
  if (!kit.ok) throw new Error(kit.problem.message);
  return kit.value.files;
};

test('without a candidate nothing is compared, and it is said why', async () => {
  const kit = await view();
  expect(kit.verdict).toBe('unknown');
  expect(kit.unread).toContain('No candidate is pinned');
  expect(new Set(kit.files.map(({ state }) => state))).toEqual(new Set(['not-looked-at']));
});

test('files are held against the candidate’s commit, and not against the work tree', async () => {
  const all = await files();
  const [first, second, ...rest] = all.filter(({ path }) => path !== treasury);
  for (const file of rest) {
    there.write(file.path, file.text);
    chmodSync(join(there.path, file.path), file.executable && file.path !== script ? 0o755 : 0o644);
  }
  const runbooks = rest.find(({ path }) => path === document)?.text ?? '';
  there.write(document, `${ours}${runbooks.replace('### Symptoms', '### Signs')}`);
  const dashboard = all.find(({ path }) => path === treasury)?.text ?? '';
  there.write(treasury, dashboard.replace('"value": 600', '"value": 900'));
  there.commit();
  writeFileSync(join(there.path, 'README.md'), 'changed and not committed');
  there.write(first?.path ?? '', first?.text ?? '');
  await pinCandidate(id, {}, house);
  const kit = await view();
  expect(kit.unread).toBeNull();
  expect([stateOf(kit, first?.path ?? ''), stateOf(kit, second?.path ?? '')]).toEqual(['missing', 'missing']);
  expect(kit.title).toBe(
    `Kit: ${all.length - 5} of ${all.length} files in the repository as the spec has them`,
  );
  expect(kit.sentence).toMatch(
    /^5 of \d+ files have drifted, and of \d nobody can tell\. In the repository 3 differ, 2 are missing; of 4 that run/,
  );
  const differing = kit.files.filter(({ state }) => state === 'differs');
  expect(differing.map(({ path }) => path).sort()).toEqual([document, treasury, script].sort());
  expect(differing.find(({ path }) => path === script)?.fact).toBe(
    '1 difference: mode is “100644”, the kit has “100755”',
  );
  expect(differing.find(({ path }) => path === document)?.fact).toMatch(
    /^1 difference: Treasury Stuck › line \d+ reads “### Signs”, the kit has “### Symptoms”$/,
  );
  const differs = differing.find(({ path }) => path === treasury);
  expect(differs?.differences).toMatchObject([
    { kit: '600', repository: '900', why: 'The bound drawn is not the one the alert fires at' },
  ]);
  const texts = await viewKitTexts(id, treasury, house);
  expect(texts.ok && texts.value.repository).toContain('"value": 900');
  expect(texts.ok && texts.value.placed).toBe(texts.ok && texts.value.kit);
  const merged = await viewKitTexts(id, document, house);
  expect(merged.ok && merged.value.placed).toBe(`${ours}${merged.ok && merged.value.kit}`);
});

test('the patch brings the candidate to the kit', async () => {
  const patch = await downloadKitPatch(id, house);
  if (!patch.ok) throw new Error(patch.problem.message);
  gitIn(there.path, ['reset', '--quiet', '--hard']);
  gitIn(there.path, ['clean', '--quiet', '-fd']);
  gitIn(there.path, ['am', '--quiet'], String(patch.value.body));
  const runbooks = (await files()).find(({ path }) => path === document)?.text ?? '';
  expect(readFileSync(join(there.path, document), 'utf8')).toBe(`${ours}${runbooks}`);
  expect(gitIn(there.path, ['ls-files', '--stage', script])).toMatch(/^100755 /);
  await pinCandidate(id, {}, house);
  const kit = await view();
  // No source has been asked yet what it holds, and what nobody saw may have drifted.
  expect([kit.verdict, kit.sentence]).toEqual([
    'unknown',
    'No drift is seen, and of 4 nobody can tell. In the repository none differs; of 4 that run in Grafana or Prometheus 4 are unknown. Files are compared by what they say: layout, order of keys and comments do not count.',
  ]);
  expect(kit.title).toBe(
    `Kit: ${kit.files.length} of ${kit.files.length} files in the repository as the spec has them`,
  );
  const nothing = await downloadKitPatch(id, house);
  expect(!nothing.ok && nothing.problem.code).toBe('conflict');
});

/** Keeps as evidence that a check has read a file of the kit, as the kit has it, at some other commit. */
async function readBefore(path: string): Promise<void> {
  const kit = await launchKit(id, house);
  if (!kit.ok) throw new Error(kit.problem.message);
  const { launch, files } = kit.value;
  const reader = planLaunch(launch).find(({ questions }) =>
    questions.some((one) => one.ask === 'file' && one.path === path),
  );
  if (!reader) throw new Error(`no check reads ${path}`);
  const commit = 'b'.repeat(40);
  const file = files.find((one) => one.path === path);
  const value = { commit, path, found: 'file', text: file?.text, whyNoText: null, target: null, alike: null };
  const question = { ask: 'file', source: 'repository', path };
  const at = new Date();
  await house.db.evidence.create({
    data: {
      launchId: id,
      itemId: reader.item.id,
      checkId: reader.check.id,
      digest: 'sha256:of-this-test',
      ruleVersion: 1,
      verdict: 'pass',
      deciding: {},
      readings: {},
      observation: [{ question, outcome: { ok: true, value } }],
      sentence: 'It is the kit’s.',
      firstSeenAt: at,
      lastSeenAt: at,
      specDigest: launch.head.specDigest,
      candidateCommit: commit,
    },
  });
}

test('the patch leaves alone what differs only on purpose; what was read of another commit is not taken for it', async () => {
  const [, at = ''] = /- at: "(groups › [^"]+ › expr)"/.exec(text) ?? [];
  const alert = /› “(\w+)” › expr/.exec(at)?.[1] ?? '';
  const rules = (await files()).find(({ path }) => path.endsWith('alert.rules.yml'));
  const meant = rules?.text.replace(new RegExp(`(alert: ${alert}\n +expr: .*)`), '$1 + 0') ?? '';
  expect(meant).not.toBe(rules?.text);
  await readBefore(rules?.path ?? '');
  there.write(rules?.path ?? '', meant);
  there.commit();
  await pinCandidate(id, {}, house);
  const kit = await view();
  expect(stateOf(kit, rules?.path ?? '')).toBe('on-purpose');
  expect(kit.sentence).toContain('1 differs on purpose');
  const patch = await downloadKitPatch(id, house);
  expect(!patch.ok && patch.problem.code).toBe('conflict');
});

test('attack 21: one file comes as it is, all of them as an archive, and one that is not of the kit is refused', async () => {
  const one = await downloadKitFile(id, treasury, house);
  expect(one.ok && JSON.parse(String(one.value.body)).uid).toBeTruthy();
  const zip = await downloadKitZip(id, house);
  expect(zip.ok && zip.value.name).toBe('the-block-kit.zip');
  const strange = await downloadKitFile(id, '../../etc/passwd', house);
  expect(!strange.ok && strange.problem.code).toBe('not-found');
});

test('a repository that is gone is said to be, and the kit is there all the same', async () => {
  rmSync(join(there.path, '.git'), { recursive: true });
  await house.db.candidate.create({
    data: {
      launchId: id,
      ref: 'main',
      commit: 'a'.repeat(40),
      digests: {},
      pinnedAt: new Date(),
      actor: 'local',
    },
  });
  const kit = await view();
  expect(kit.verdict).toBe('unknown');
  expect(kit.unread).toContain(there.path);
  expect(kit.files.length).toBeGreaterThan(8);
});

test('a dashboard without its Prometheus is drawn as not answered, panel by panel', async () => {
  const drawn = await previewDashboard(id, 'treasury', '1h', house);
  expect(drawn.ok && drawn.value.panels.map(({ state }) => state)).toEqual(Array(6).fill('failed'));
  expect(drawn.ok && drawn.value.sentence).toBe('0 of 6 panels have data, 6 not answered.');
  const strange = await previewDashboard(id, 'gone', '1h', house);
  expect(!strange.ok && strange.problem.code).toBe('not-found');
});
