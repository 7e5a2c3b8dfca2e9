import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SourceKind } from '#lib/domain/spec.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type ScratchDatabase, scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { changeSource, previewSourceChange } from './change-source.ts';
import type { SpecChange } from './changed-spec.ts';
import { readSpec } from './read-spec.ts';
import { viewBoard } from './view-board.ts';
import { viewSourceSpecs } from './view-source-specs.ts';
import { viewSources } from './view-sources.ts';

const canary = 'bg-canary-5d0e77f1';

const text = `# The launch of this test.
format: big-green/v1
launch: { id: test, title: Test, target: { at: 2030-12-01T14:00:00Z } }
networks: { main: Main, test: Test }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  # The node's own numbers.
  prometheus:
    kind: prometheus
    address: http://127.0.0.1:9 # here
    every: 30s
tracks:
  all:
    title: All
    lead: sre
    items:
      up: { title: Up, phase: launch, checks: [{ kind: query, expr: up, is: { atLeast: 1 } }] }
`;

let scratch: ScratchDatabase;
let house: House;
const outgoing = createOutgoing({ allow: [] });

beforeAll(async () => {
  scratch = await scratchDatabase();
  house = {
    db: openDatabase(scratch.appUrl),
    outgoing,
    seal: testSeal,
    now: Date.now,
    cacheDir: '/nonexistent',
  };
});
afterAll(async () => {
  await house.db.$disconnect();
  await outgoing.close();
  await scratch.drop();
});

/** The spec as it was at first is in force again. */
async function begun(): Promise<string> {
  const adopted = await adoptSpec({ text, name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
  return adopted.value.digest;
}
type Values = Extract<SpecChange['change'], { edit: unknown }>['edit']['values'];
const edit = (over: string, values: Values, source = 'prometheus') => ({
  launch: 'test',
  over,
  change: { edit: { source, values } },
  token: null,
});
const add = (over: string, more: object = {}, token: string | null = null) => {
  const plain = { id: 'node', kind: 'endpoint' as SourceKind, title: null, network: null };
  return {
    launch: 'test',
    over,
    change: { add: { ...plain, address: 'http://127.0.0.1:8', ...more } },
    token,
  };
};
const inForce = async () => {
  const { specDigest } = await house.db.launch.findUniqueOrThrow({ where: { id: 'test' } });
  return house.db.specVersion.findUniqueOrThrow({ where: { digest: specDigest } });
};

test('a spec says how it has a source, with its line, and where the default holds', async () => {
  await begun();
  const view = await viewSources(house);
  const [source] = view.ok ? view.value.sources : [];
  expect(view.ok && view.value.launches).toMatchObject([
    { launch: 'test', networks: [{ id: 'main' }, { id: 'test' }] },
  ]);
  const specs = await viewSourceSpecs(source?.key ?? '', house);
  expect(specs.ok && specs.value.specs).toMatchObject([
    {
      source: 'prometheus',
      name: 'test.yaml',
      line: 9,
      text: text.split('\n').slice(8, 12).join('\n'),
      values: [
        { key: 'title', written: null, holds: 'prometheus' },
        { key: 'network', written: null, holds: 'none' },
        { key: 'every', written: '30s', holds: '30s' },
        { key: 'timeout', written: null, holds: '10s' },
      ],
    },
  ]);
});

test('a change is shown first, and changes nothing', async () => {
  const over = await begun();
  const preview = await previewSourceChange(edit(over, { title: 'Numbers', every: '1m' }), house);
  if (!preview.ok) throw new Error(preview.problem.message);
  const { before, text: after, says, snippet } = preview.value;
  expect(before).toBe(text);
  expect(after).toBe(text.replace('# here\n    every: 30s', '# here\n    every: 1m\n    title: Numbers'));
  expect(snippet).toBeNull();
  expect(says).toEqual([
    'Source changed: “Numbers” (prometheus), title “Numbers” where it was “prometheus”, every 1m where it was 30s.',
    'It is in force here as soon as it is adopted. Commit the changed test.yaml too: the next version that is adopted from there takes its place.',
  ]);
  expect((await inForce()).sourceText).toBe(text);
});

test('a period that lets evidence stand longer is said to', async () => {
  const over = await begun();
  const preview = await previewSourceChange(edit(over, { every: '2m' }), house);
  expect(preview.ok && preview.value.says.slice(0, 3)).toEqual([
    'Rule changed: “Up” (up, blocker).',
    'Source changed: “prometheus” (prometheus), every 2m where it was 30s.',
    '1 check lets evidence stand for 6m where it was 5m, since the age follows the period where none is written.',
  ]);
});

test('a change is adopted as any version is, and the source stays the one that it is', async () => {
  const over = await begun();
  const before = await house.db.launchSource.findMany();
  const changed = await changeSource(edit(over, { timeout: '3s', network: 'main' }), house);
  expect(changed).toMatchObject({ ok: true, value: { key: before[0]?.sourceKey } });
  expect((await inForce()).sourceText).toContain('    network: main');
  expect(await house.db.launchSource.findMany()).toEqual(before);
  const last = await house.db.ledgerEntry.findMany({ orderBy: { seq: 'desc' }, take: 2 });
  expect(last.map(({ type }) => type).sort()).toEqual(['source.added', 'spec.adopted']);
});

test.each<[string, Values, string]>([
  ['a network that is not declared', { network: 'mian' }, 'Write `main`, if that is meant.'],
  ['a duration without a unit', { every: '30' }, 'Write'],
  ['more than a day', { every: '3d' }, 'Write at most'],
  ['a NUL', { title: 'a\0b' }, 'Type it on one line.'],
  ['two lines', { title: 'a\n  every: 1s' }, 'Type it on one line.'],
  ['nothing', { title: ' ' }, 'Type it on one line.'],
  ['a megabyte', { title: 'a'.repeat(1_000_000) }, 'Type it on one line.'],
])('%s is refused with what to write', async (_what, values, remedy) => {
  const over = await begun();
  const refused = await previewSourceChange(edit(over, values), house);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
  expect(!refused.ok && refused.problem.remedy).toContain(remedy);
});

test('a source that is not there is answered with the one that is meant, and what changes nothing is said', async () => {
  const over = await begun();
  const refused = await previewSourceChange(edit(over, { title: 'X' }, 'promethius'), house);
  expect(refused).toMatchObject({
    problem: { code: 'not-found', remedy: 'Write `prometheus`, if that is meant.' },
  });
  expect(await changeSource(edit(over, { every: '30s' }), house)).toMatchObject({
    problem: { message: 'The spec says that already: nothing changes.' },
  });
  expect(await changeSource({ ...edit(over, {}), launch: 'nowhere' }, house)).toMatchObject({
    problem: { code: 'not-found' },
  });
});

test('a version that came into force meanwhile stops a change, looked at or adopted, with what it changed', async () => {
  const over = await begun();
  await adoptSpec({ text: text.replace('every: 30s', 'every: 40s'), name: 'test.yaml' }, house);
  const conflict = {
    ok: false,
    problem: {
      code: 'conflict',
      message: expect.stringContaining(
        'Source changed: “prometheus” (prometheus), every 40s where it was 30s.',
      ),
    },
  };
  expect(await previewSourceChange(edit(over, { title: 'X' }), house)).toMatchObject(conflict);
  expect(await changeSource(edit(over, { title: 'X' }), house)).toMatchObject(conflict);
  const again = await begun();
  const both = await Promise.all(['1m', '2m'].map((every) => changeSource(edit(again, { every }), house)));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ problem: { code: 'conflict' } });
});

test('a value that stands for others too is not changed by itself', async () => {
  const anchored = text
    .replace('http://127.0.0.1:9 # here', 'http://127.0.0.1:9\n    title: &name Numbers')
    .replace('title: All', 'title: *name');
  const adopted = await adoptSpec({ text: anchored, name: 'test.yaml' }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
  const refused = await previewSourceChange(edit(adopted.value.digest, { title: 'X' }), house);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'refused' } });
});

test('a source is added with its token, is not asked before a check reads it, and the board says so', async () => {
  const over = await begun();
  const preview = await previewSourceChange(add(over, { title: 'The node' }), house);
  expect(preview.ok && preview.value.says).toContain(
    'No check reads it yet: it is not asked until one does.',
  );
  const added = await changeSource(add(over, { title: 'The node' }, ` ${canary}\n`), house);
  if (!added.ok) throw new Error(added.problem.message);
  expect((await inForce()).sourceText).toBe(
    text.replace(
      'every: 30s\n',
      'every: 30s\n  node:\n    kind: endpoint\n    title: The node\n    address: http://127.0.0.1:8\n',
    ),
  );
  const view = await viewSources(house);
  const source = view.ok ? view.value.sources.find(({ key }) => key === added.value.key) : undefined;
  expect(source).toMatchObject({
    health: 'unread',
    items: 0,
    message: 'No check reads it yet, so that it is not asked.',
  });
  expect(source?.tokenSetAt).not.toBeNull();
  const board = await viewBoard('test', house);
  expect(board.ok && board.value.sources.map(({ id, health }) => [id, health])).toEqual([
    ['prometheus', 'never-asked'],
    ['node', 'unread'],
  ]);
  expect(JSON.stringify([preview, added, view, board])).not.toContain(canary);
  const ledger = await house.db.ledgerEntry.findMany();
  expect(ledger.map(({ type }) => type)).toContain('source.token_set');
  expect(ledger.some(({ bytes }) => Buffer.from(bytes).includes(canary))).toBe(false);
  const [version] = await house.db.$queryRaw<
    { text: string }[]
  >`SELECT string_agg(t::text, '') AS text FROM spec_version t`;
  expect(version?.text).not.toContain(canary);
});

test('what is added reads as the snippet says', async () => {
  const over = await begun();
  const kinds: [SourceKind, string][] = [
    ['prometheus', 'http://127.0.0.1:7'],
    ['repository', '../code'],
    ['endpoint', 'http://127.0.0.1:8'],
    ['github', 'https://github.com/a/b'],
    ['gitlab', 'https://gitlab.com/a/b'],
    ['grafana', 'http://127.0.0.1:3000'],
  ];
  for (const [kind, address] of kinds) {
    const preview = await previewSourceChange(add(over, { id: 'new', kind, address }), house);
    if (!preview.ok) throw new Error(`${kind}: ${preview.problem.message} ${preview.problem.remedy}`);
    const { text: after, snippet } = preview.value;
    const indented = (snippet ?? '').trimEnd().replaceAll(/^/gm, '      ');
    const dashboards =
      kind === 'grafana'
        ? 'dashboards: { overview: { title: O, file: o.json, panels: { up: { title: Up, type: stat, queries: [{ expr: up }] } } } }\n'
        : '';
    const read = readSpec(`${after}${indented}\n${dashboards}`, 'test.yaml');
    expect(read.ok ? [] : read.problem.faults, kind).toEqual([]);
  }
});

test('checks that named no source name theirs once there are two of a kind', async () => {
  const over = await begun();
  const preview = await previewSourceChange(add(over, { kind: 'prometheus', id: 'second' }), house);
  if (!preview.ok) throw new Error(preview.problem.message);
  expect(preview.value.text).toContain('checks: [{ kind: query, source: prometheus, expr: up');
  expect(preview.value.says[1]).toBe(
    '1 check that named no source names its own now, since there is one more of their kind; they read what they read before.',
  );
});

test.each<[string, object, string]>([
  ['an id with a capital', { id: 'Node' }, 'Write `node`.'],
  ['an id that looks like another', { id: 'nоde' }, 'Write `node`.'],
  ['an id that is there', { id: 'prometheus' }, 'Remove one, or give it a name of its own.'],
  ['an id that is no key', { id: '__proto__' }, 'Give it another name.'],
  ['a network that is not declared', { network: 'man' }, 'Write `main`, if that is meant.'],
  ['a user before the host', { address: 'http://user@127.0.0.1:8' }, 'Remove it'],
  ['a page that is no project', { kind: 'github', address: 'https://github.com/a' }, 'owner/repository'],
  ['two lines', { id: 'a:\n  b' }, 'Type it on one line.'],
])('%s is not added, with what to write', async (_what, more, remedy) => {
  const over = await begun();
  const refused = await changeSource(add(over, more), house);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
  expect(!refused.ok && refused.problem.remedy).toContain(remedy);
  expect((await inForce()).sourceText).toBe(text);
});

test('an address that nobody may ask, and a token that is none, add nothing', async () => {
  const over = await begun();
  const metadata = await changeSource(add(over, { address: 'http://169.254.169.254/' }, canary), house);
  expect(metadata).toMatchObject({ ok: false, problem: { message: expect.stringContaining('link-local') } });
  const plain = await changeSource(add(over, { address: 'http://elsewhere.example' }, canary), house);
  expect(plain).toMatchObject({
    ok: false,
    problem: { code: 'refused', message: expect.stringContaining('over plain http to elsewhere.example') },
  });
  for (const token of [`${canary}\r\nx: y`, `${canary}\0`]) {
    const refused = await changeSource(add(over, {}, token), house);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
    expect(JSON.stringify(refused)).not.toContain(canary);
  }
  expect(await changeSource(add(over, { kind: 'repository', address: '../x' }, canary), house)).toMatchObject(
    {
      ok: false,
      problem: { code: 'refused' },
    },
  );
  expect((await inForce()).sourceText).toBe(text);
});

test('the shipped spec takes another source of every kind, and says nothing else than before', async () => {
  const shipped = readFileSync('launches/the-block.yaml', 'utf8');
  const adopted = await adoptSpec({ text: shipped, name: 'the-block.yaml' }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
  const { digest: over } = adopted.value;
  for (const kind of ['prometheus', 'endpoint', 'grafana'] as const) {
    const preview = await previewSourceChange(
      { ...add(over, { id: 'another', kind }), launch: 'the-block' },
      house,
    );
    expect(preview.ok ? null : preview.problem, kind).toBeNull();
  }
});
