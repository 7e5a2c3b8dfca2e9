import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkKinds } from '#lib/checks/registry.ts';
import { documentKeys } from '#lib/spec/format.ts';
import { readSpec } from './read-spec.ts';
import { specJsonSchema } from './spec-json-schema.ts';

const shipped = readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8');

function faultsOf(text: string): string[] {
  const read = readSpec(text, 'spec.yaml');
  return read.ok ? [] : read.problem.faults.map(({ line, message }) => `${line}: ${message}`);
}

/** A small spec of these items, given as YAML of two levels. */
function withItems(items: string): string {
  return `format: big-green/v1
launch: { id: small, title: Small, target: { at: 2026-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2026-12-01T14:00:00Z } }
roles: { sre: { title: SRE, abbreviation: SRE } }
tracks:
  one:
    title: One
    lead: sre
    items:
${items}
  two:
    title: Two
    lead: sre
    items:
      said: { title: Said, phase: launch, checks: [{ kind: attestation, role: sre, statement: Yes. }] }
`;
}

describe('the shipped launch', () => {
  const read = readSpec(shipped, 'the-block.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const { spec } = read.value;
  const items = spec.tracks.flatMap((track) => track.items);

  test('declares the metrics of its treasury, energy, receipts and economics', () => {
    const groups = Map.groupBy(spec.metrics, ({ group }) => group);
    expect([...groups].map(([group, metrics]) => [group, metrics.length])).toEqual([
      ['treasury', 6],
      ['energy', 11],
      ['receipts', 3],
      ['economics', 2],
    ]);
    const states = ['draft', 'voting', 'queued', 'timelocked', 'executed', 'finalized', 'rolled_back'];
    const labels = (name: string) => spec.metrics.find((metric) => metric.name === name)?.labels;
    expect(labels('treasury_disbursement_backlog')).toEqual([
      { name: 'status', required: states, allowed: [] },
    ]);
    expect(labels('governance_disbursements_total')).toEqual([
      { name: 'status', required: states, allowed: [] },
    ]);
    expect(labels('receipt_emitted_total')).toMatchObject([
      { required: ['storage', 'compute', 'energy', 'ad'] },
    ]);
    expect(labels('treasury_execution_errors_total'), 'no error is no hole').toMatchObject([
      { name: 'reason', required: [] },
    ]);
  });

  test('holds one rule where the list had two: lag warns at 300 s and is critical at 600 s', () => {
    const rules = spec.alerts.filter(({ metric }) => metric === 'treasury_disbursement_lag_seconds');
    expect(
      rules.map(({ severity, rule }) => [severity, rule?.expr.slice(-6), rule?.expr.includes('rate(')]),
    ).toEqual([
      ['warning', ') > 300'.slice(-6), true],
      ['critical', ') > 600'.slice(-6), true],
    ]);
  });

  test('turns epochs and blocks into time', () => {
    const wait = (name: string) => spec.alerts.find((alert) => alert.name === name)?.rule?.forMs;
    expect(wait('TreasuryBacklogHigh')).toBe(2 * 600_000);
    expect(wait('TreasuryBacklogCritical')).toBe(3 * 600_000);
    expect(wait('ReceiptsFlatlining')).toBe(5 * 1000);
  });

  test('estimates the eight lines of the execution checklist at 4 h 25 min', () => {
    expect(items.reduce((sum, { estimateMs }) => sum + (estimateMs ?? 0), 0)).toBe(265 * 60_000);
  });

  test('has an owner and a way to be signed for every blocker', () => {
    const blockers = items.filter(({ level }) => level === 'blocker');
    expect(blockers.length).toBeGreaterThanOrEqual(19);
    expect(
      blockers.filter(({ owner, signOff }) => owner === null || Object.keys(signOff).length === 0),
    ).toEqual([]);
  });

  test('leaves the governance of energy settlement optional, and after the launch', () => {
    expect(items.find(({ id }) => id === 'energy-governance')).toMatchObject({
      level: 'optional',
      phase: 'launch+48h',
    });
  });
});

describe('the guide', () => {
  const guide = readFileSync(new URL('../../docs/guide/spec.md', import.meta.url), 'utf8');
  const example = /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const checks = /```yaml checks\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const indented = checks.replace(/^(?=.)/gm, '          ');
  const whole = `${example}      each-kind:
        title: One of each kind
        phase: launch
        checks:
${indented}`
    .replace('            path: docs', '            source: repository\n            path: docs')
    .replace(
      'sources:\n',
      `sources:
  node: { kind: endpoint, address: "http://127.0.0.1:8545" }
  github: { kind: github, address: "https://github.com/aurora/aurora" }
`,
    );

  test('has a sound example', () => {
    expect(example).not.toBe('');
    expect(faultsOf(example)).toEqual([]);
  });

  test('has a sound example of what the kit is made of', () => {
    const kit = /```yaml kit\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    expect(kit).not.toBe('');
    expect(faultsOf(example.replace('tracks:\n', `${kit}\ntracks:\n`))).toEqual([]);
  });

  test('names each section', () => {
    const table = guide.slice(guide.indexOf('## Sections'), guide.indexOf('`launch`, `phases` and `tracks`'));
    const named = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual([...documentKeys].sort());
  });

  test('has a sound check of each kind', () => {
    expect(faultsOf(whole)).toEqual([]);
    const kinds = [...checks.matchAll(/^- kind: (.+)$/gm)].map(([, kind]) => kind);
    expect(kinds.sort()).toEqual([...checkKinds.keys()].sort());
  });

  test('names every key of every kind in its row', () => {
    const { $defs } = z
      .object({
        $defs: z.record(z.string(), z.object({ properties: z.record(z.string(), z.unknown()).optional() })),
      })
      .parse(specJsonSchema());
    const shared = Object.keys($defs['check-items']?.properties ?? {}).filter(
      (key) => key in ($defs['check-attestation']?.properties ?? {}),
    );
    for (const id of checkKinds.keys()) {
      const row = guide.split('\n').find((line) => line.startsWith(`| \`${id}\` |`)) ?? '';
      const keys = Object.keys($defs[`check-${id}`]?.properties ?? {});
      const lacking = keys.filter((key) => !shared.includes(key) && !row.includes(`\`${key}\``));
      expect(lacking, id).toEqual([]);
    }
  });
});

describe('what a check names', () => {
  test('items that wait for each other are named, each at its line', () => {
    const cycle = withItems(
      `      a: { title: A, phase: launch, checks: [{ kind: items, items: [b] }] }
      b: { title: B, phase: launch, checks: [{ kind: items, items: [c] }] }
      c: { title: C, phase: launch, checks: [{ kind: items, items: [a] }] }`,
    );
    expect(faultsOf(cycle)).toEqual([
      expect.stringMatching(/^10: .*a → b → c → a|^10: .*b → c → a → b/),
      expect.stringMatching(/^11: .*→/),
      expect.stringMatching(/^12: .*→/),
    ]);
  });

  test('tracks that wait for each other are named', () => {
    const cycle = withItems(
      '      a: { title: A, phase: launch, checks: [{ kind: items, track: two }] }',
    ).replace(
      '      said:',
      '      back: { title: Back, phase: launch, checks: [{ kind: items, items: [a] }] }\n      said:',
    );
    expect(faultsOf(cycle)).toEqual([expect.stringMatching(/^10: .*→/), expect.stringMatching(/^15: .*→/)]);
  });

  test('PromQL that does not parse is told of at its line', () => {
    const text = shipped.replace(
      'value: &disputes sum(energy_active_disputes_total)',
      'value: &disputes sum(energy_active',
    );
    const line = text.split('\n').findIndex((one) => one.includes('value: &disputes')) + 1;
    expect(faultsOf(text)[0]).toMatch(new RegExp(`^${line}: The PromQL does not parse`));
  });

  test('names that are not there are told of, with the near one', () => {
    const read = readSpec(
      shipped.replace('metric: economics_epoch_tx_count\n', 'metric: economics_epoch_tx_cuont\n'),
      's.yaml',
    );
    expect(read.ok ? null : read.problem.faults).toEqual([
      expect.objectContaining({ remedy: 'Write `economics_epoch_tx_count`, if that is meant.' }),
    ]);
  });
});

const inventory = new URL('../../../shared/reference/the-block/monitoring/metrics.json', import.meta.url);

test.skipIf(!existsSync(inventory))(
  "The Block's own inventory reads as a list of metrics, its two doubles found",
  () => {
    const { metrics } = z
      .object({ metrics: z.array(z.object({ name: z.string() })) })
      .parse(JSON.parse(readFileSync(inventory, 'utf8')));
    const text = (names: readonly string[]) =>
      withItems('      all: { title: All, phase: launch, checks: [{ kind: metric-coverage }] }').replace(
        'tracks:\n',
        `sources: { prometheus: { kind: prometheus, address: "http://127.0.0.1:9090" } }\nmetrics:\n  all:\n${names
          .map((name) => `    ${name}: {}`)
          .join('\n')}\ntracks:\n`,
      );
    const names = metrics.map(({ name }) => name);
    expect(faultsOf(text(names)).filter((fault) => fault.includes('stands twice'))).toHaveLength(2);
    const read = readSpec(text([...new Set(names)]), 'inventory.yaml');
    expect(read.ok ? read.value.spec.metrics.length : read.problem).toBe(264);
  },
);

describe('a check of a file of the kit', () => {
  const kitFile = (path: string) => shipped.replace('path: scripts/fast_mainnet_gate.sh', `path: ${path}`);

  test('names a file that the spec yields', () => {
    const [fault, ...more] = faultsOf(kitFile('scripts/other.sh'));
    expect(more).toEqual([]);
    expect(fault).toMatch(
      /the spec yields no file scripts\/other\.sh: it yields .*monitoring\/alert\.rules\.yml/i,
    );
  });

  test('says nothing of its own where the spec has faults, since no kit can be made of it', () => {
    const faults = faultsOf(
      kitFile('scripts/other.sh').replace('threshold: execution-lag\n', 'threshold: none\n'),
    );
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.filter((fault) => fault.includes('yields'))).toEqual([]);
  });
});
