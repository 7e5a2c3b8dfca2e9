import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChecklistImport } from '#lib/domain/checklist.ts';
import { documents } from '#lib/spec/import/markdown.fixture.ts';
import { importChecklist } from './import-checklist.ts';
import { readSpec } from './read-spec.ts';

function imported(text: string, previous?: { content: string; name: string }): ChecklistImport {
  const result = importChecklist({ document: { content: text, name: 'LIST.md' }, previous });
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

function specOf(draft: string) {
  const read = readSpec(draft, 'draft.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problem.faults));
  return read.value.spec;
}

const list = `# Launch

## Vault ✅ READY

- [x] \`src/vault.rs\` pays within 5 minutes (45 min)
- [ ] Commands:
  - [x] pay
  - [ ] refund
- [ ] See \`docs/runbook.md#vault-stuck\`

**Verification**:
\`\`\`bash
curl -s 'http://prom:9090/api/v1/query' --data-urlencode 'query=rate(vault_paid_total[5m])' | jq .
cargo test -p vault pay -- --nocapture
\`\`\`

## Network

- [ ] Peers connect
- [ ] Blocks come

## Sign-off

Vault Lead: ________ Date: ____
`;

describe('the draft', () => {
  const { draft, ...told } = imported(list);
  const spec = specOf(draft);
  const items = new Map(spec.tracks.flatMap((track) => track.items.map((item) => [item.title, item])));

  test('headings are tracks, led by who signs for them', () => {
    expect(spec.tracks.map(({ title, lead }) => [title, lead])).toEqual([
      ['Vault', 'vault-lead'],
      ['Network', 'release-manager'],
    ]);
    expect(told.roles).toEqual(['Vault Lead', 'Release manager']);
  });

  test('a tick is a claim: an attestation, and the line it was imported from', () => {
    const item = items.get('src/vault.rs pays within 5 minutes (45 min)');
    expect(item?.why).toBe('Imported as ticked on line 5.');
    expect(item?.estimateMs).toBe(45 * 60_000);
    expect(item?.checks.map(({ kind, parameters }) => [kind, parameters.path ?? parameters.role])).toEqual([
      ['attestation', 'vault-lead'],
      ['file', 'src/vault.rs'],
    ]);
  });

  test('nested boxes are the item’s parts', () => {
    const item = items.get('Commands:');
    expect(item?.checks.map(({ id, parameters }) => [id, parameters.statement])).toEqual([
      ['attestation', 'Commands:'],
      ['pay', 'pay'],
      ['refund', 'refund'],
    ]);
    expect(item?.why).toBe('Parts imported as ticked on line 7.');
  });

  test('commands that verify propose checks', () => {
    expect(told.suggested).toEqual([
      { line: 5, from: 'file', what: 'src/vault.rs', kind: 'file' },
      { line: 9, from: 'runbook', what: 'docs/runbook.md#vault-stuck', kind: 'runbook' },
      { line: 13, from: 'metric', what: 'vault_paid_total', kind: 'metric' },
      { line: 14, from: 'test', what: 'cargo test -p vault pay -- --nocapture', kind: 'attestation' },
    ]);
    expect(spec.metrics.map(({ name }) => name)).toEqual(['vault_paid_total']);
    expect(spec.sources.find(({ kind }) => kind === 'prometheus')?.address).toBe('http://prom:9090');
  });

  test('what was assumed is said loudly', () => {
    expect(told.assumed[0]).toMatch(/^No target was given/);
    const given = importChecklist({
      document: { content: list, name: 'LIST.md' },
      id: 'aurora',
      title: 'Aurora',
      targetAt: '2026-12-01T15:00:00+01:00',
    });
    expect(given.ok && given.value.launch).toEqual({
      id: 'aurora',
      title: 'Aurora',
      targetAt: '2026-12-01T14:00:00Z',
    });
  });
});

describe('what a document names becomes the kind of check that fits', () => {
  const named = `# Launch

## Boards

**Dashboard**: monitoring/pump_dashboard.json

\`\`\`json
{ "panels": [
  { "title": "Flow", "type": "graph", "targets": ["rate(flow_total[5m])"], "description": "Litres" },
  { "title": "Level", "type": "stat", "targets": [{ "expr": "level" }] },
  { "title": "No query", "type": "stat", "targets": ["not(parsed"] }
] }
\`\`\`

- [ ] [Level drawn](./monitoring/grafana_level.json) on \`monitoring/pump_dashboard.json\`

## Written

- [ ] [Pump stuck](docs/operations.md#pump-stuck) is written
- [ ] See \`docs/design.md#storage-layout\` and \`docs/operations.md#pump-stuck\`
- [ ] Everything in [the freeze list](docs/FREEZE_CHECKLIST.md#before)
- [ ] Workflow \`release gate\` passes, and \`.github/workflows/gate.yml\` is there
`;
  const { draft, suggested, notUnderstood } = imported(named);
  const spec = specOf(draft);

  test('a section of a runbook, of another document, a dashboard, another checklist, a workflow', () => {
    const told = suggested.map(({ line, what, kind }) => [line, kind, what]);
    expect(told).toHaveLength(9);
    expect(told).toEqual(
      expect.arrayContaining([
        [15, 'file', 'monitoring/grafana_level.json'],
        [15, 'dashboard-file', 'monitoring/pump_dashboard.json'],
        [19, 'runbook', 'docs/operations.md#pump-stuck'],
        [20, 'file', 'docs/design.md#storage-layout'],
        [20, 'runbook', 'docs/operations.md#pump-stuck'],
        [21, 'checklist', 'docs/FREEZE_CHECKLIST.md#before'],
        [22, 'attestation', 'release gate'],
        [22, 'file', '.github/workflows/gate.yml'],
        [5, 'dashboard-file', 'monitoring/pump_dashboard.json'],
      ]),
    );
  });

  test('panels that the document tells are the dashboard’s; what was not taken over is listed', () => {
    const [dashboard] = spec.kit?.dashboards ?? [];
    expect(dashboard?.panels.map(({ title, type, queries }) => [title, type, queries[0]?.expr])).toEqual([
      ['Flow', 'timeseries', 'rate(flow_total[5m])'],
      ['Level', 'stat', 'level'],
    ]);
    expect(notUnderstood).toMatchObject([
      { line: 7, endLine: 13, what: expect.stringMatching(/^code, of which 2 panels came/) },
    ]);
  });

  test('a kind that the document tells too little for is left out, with the reason above the check', () => {
    const lines = draft.split('\n').map((line) => line.trim());
    const at = lines.findIndex((line) => line.includes('path: "monitoring/grafana_level.json"'));
    expect(lines[at - 1]).toBe('# Not dashboard-file: the document does not tell which panels it must have.');
    const workflow = lines.findIndex((line) => line.includes('path: ".github/workflows/gate.yml"'));
    expect(lines[workflow - 1]).toBe('# It says that the workflow is there, not that it ran or passed.');
  });
});

test('metrics are read by Prometheus’s grammar, from queries of every form', () => {
  const text = `# L\n\n- [ ] a\n\nVerify:\n\n\`\`\`sh
curl -G http://p/api/v1/query --data-urlencode "query=sum by (le) (rate(lag_seconds_bucket{a='b'}[5m]))" | jq '.data'
curl 'http://p/api/v1/query?query=a_total%2Fb_total'
prometheus_query 'c_total'
curl -s http://n/metrics | grep "d_total"
curl http://p/api/v1/query?query=not(parsed
\`\`\`\n`;
  const metrics = imported(text).suggested.filter(({ from }) => from === 'metric');
  expect(metrics.map(({ what }) => what)).toEqual([
    'lag_seconds_bucket',
    'a_total',
    'b_total',
    'c_total',
    'd_total',
  ]);
});

describe('read in again', () => {
  const changed = list
    .replace('- [ ] Blocks come\n', '')
    .replace(
      '- [x] `src/vault.rs` pays within 5 minutes (45 min)',
      '- [ ] `src/vault.rs` pays within 4 minutes (45 min)',
    )
    .replace('- [ ] See', '- [ ] Blocks come\n- [ ] Something else entirely\n- [x] See');
  const first = imported(list);
  const before = [
    ['the document', { content: list, name: 'OLD.md' }],
    ['its draft', { content: first.draft, name: 'old.yaml' }],
    [
      'its draft, put right by a person',
      {
        content: first.draft
          .replace('title: "Blocks come"', 'title: "A block each second"')
          .replace('title: "Vault"', 'title: "The vault"'),
        name: 'old.yaml',
      },
    ],
  ] as const;

  test.each(before)('after %s: items keep their identity, and what changed is told', (_name, previous) => {
    const { changes, draft } = imported(changed, previous);
    expect(changes?.map(({ kind, id }) => [kind, id])).toEqual([
      ['reworded', 'src-vault-rs-pays-within-5-minutes-45-min'],
      ['unticked', 'src-vault-rs-pays-within-5-minutes-45-min'],
      ['moved', 'blocks-come'],
      ['added', 'something-else-entirely'],
      ['ticked', 'see-docs-runbook-md-vault-stuck'],
    ]);
    const vault = specOf(draft).tracks.find(({ id }) => id === 'vault');
    expect(vault?.items.map(({ id }) => id)).toContain('blocks-come');
  });

  test('an id that is gone is not given to something new', () => {
    const { changes } = imported('# L\n\n- [ ] Peers connect\n- [ ] Zebra\n', {
      content: '# L\n\n- [ ] Peers connect\n- [ ] Tea\n- [ ] Peers connect\n',
      name: 'OLD.md',
    });
    expect(changes?.map(({ kind, id }) => [kind, id])).toEqual([
      ['added', 'zebra'],
      ['removed', 'tea'],
      ['removed', 'peers-connect-2'],
    ]);
  });

  test('a draft that is no sound spec is refused with its faults', () => {
    const result = importChecklist({
      document: { content: list, name: 'LIST.md' },
      previous: { content: first.draft.replace('phases:', 'phasen:'), name: 'old.yaml' },
    });
    expect(result.ok ? [] : result.problem.faults).not.toEqual([]);
  });
});

test('any document makes a sound spec or is refused; read in again unchanged, it changes nothing', () => {
  fc.assert(
    fc.property(documents, (text) => {
      const result = importChecklist({ document: { content: text, name: 'LIST.md' } });
      if (!result.ok) {
        expect(result.problem.message).toMatch(/Nothing in it|binary|nested/);
        return;
      }
      const { draft } = result.value;
      specOf(draft);
      for (const previous of [
        { content: text, name: 'LIST.md' },
        { content: draft, name: 'draft.yaml' },
      ]) {
        const again = imported(text, previous);
        expect(again.changes).toEqual([]);
        expect(again.draft).toBe(draft);
      }
    }),
    { numRuns: 150 },
  );
});

test('two thousand boxes fit, and are read in again', () => {
  const text = (word: string) =>
    Array.from(
      { length: 2000 },
      (_, n) => `${'  '.repeat(n % 4)}- [ ] ${word} ${n} ${`w${n} `.repeat(25)}`,
    ).join('\n');
  const first = imported(text('Item'));
  expect(first.boxes.total).toBe(2000);
  const kinds = imported(text('Thing'), { content: first.draft, name: 'd.yaml' }).changes?.map(
    ({ kind }) => kind,
  );
  expect(new Set(kinds)).toEqual(new Set(['reworded']));
  expect(kinds).toHaveLength(2000);
});

test('what cannot be read is refused in words', () => {
  const refusal = (content: Uint8Array | string, more = {}) => {
    const result = importChecklist({ document: { content, name: 'LIST.md' }, ...more });
    return result.ok ? null : result.problem.message;
  };
  expect(refusal(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toBe('LIST.md is not UTF-8 text.');
  expect(refusal('# Only a title\n')).toMatch(/Nothing in it could become an item/);
  expect(refusal('- [ ] a', { id: 'Not An Id' })).toMatch(/is not an id/);
  expect(refusal('- [ ] a', { targetAt: '2026-02-30T00:00:00Z' })).toMatch(/is no instant/);
});
