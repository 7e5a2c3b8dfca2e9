import { describe, expect, test } from 'vitest';
import { catalogue } from './mistakes/catalogue.fixture.ts';
import { sound } from './mistakes/sound.fixture.ts';
import { readSpec, type SpecRead } from './read.ts';

function read(text: string): SpecRead {
  const result = readSpec(text, { catalogue, name: 'aurora.yaml' });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

function problem(text: string) {
  const result = readSpec(text, { catalogue, name: 'aurora.yaml' });
  if (result.ok) throw new Error('It was read.');
  return result.problem;
}

describe('a sound spec', () => {
  const { spec } = read(sound);

  test('has its instants in UTC and its durations in milliseconds', () => {
    expect(spec.launch.target).toEqual({ at: '2026-12-01T14:00:00.000Z', block: 1_200_000 });
    expect(spec.lengths).toEqual({ epochMs: 600_000, blockMs: 1000 });
    const zoned = read(sound.replace('at: 2026-11-28T18:00:00Z', 'at: 2026-11-28T19:00:00+01:00')).spec;
    expect(zoned.phases[0]?.at).toBe('2026-11-28T18:00:00.000Z');
  });

  test('has defaults filled in', () => {
    expect(spec.sources).toEqual([
      expect.objectContaining({
        id: 'prometheus',
        title: 'prometheus',
        everyMs: 15_000,
        timeoutMs: 10_000,
        network: 'mainnet',
      }),
      expect.objectContaining({
        id: 'repository',
        everyMs: 60_000,
        timeoutMs: 10_000,
        network: null,
        buildInfo: null,
      }),
      expect.objectContaining({ id: 'node', everyMs: 15_000 }),
    ]);
    expect(spec.metrics[0]).toEqual({
      name: 'vault_balance',
      type: 'gauge',
      group: 'vault',
      help: null,
      labels: [],
      minSeries: 1,
      absentUntilFirst: false,
      freshWithinMs: 60_000,
      job: null,
      quietWhen: null,
    });
    const [balance, runbook] = spec.tracks[0]?.items ?? [];
    expect(balance).toMatchObject({
      owner: 'Ada Byron',
      level: 'blocker',
      estimateMs: 2_700_000,
      signOff: { sre: 1 },
      line: 60,
    });
    expect(runbook).toMatchObject({ owner: null, level: 'blocker', estimateMs: null, anyCandidate: false });
    expect(runbook?.signOff, 'one signature of the lead').toEqual({ 'vault-lead': 1 });
  });

  test('has each check with its source, network, age and confirmation', () => {
    const checks = spec.tracks.flatMap(({ items }) => items.flatMap((item) => item.checks));
    expect(checks).toEqual([
      {
        id: 'metric',
        kind: 'metric',
        source: 'prometheus',
        network: 'mainnet',
        maxAgeMs: 120_000,
        confirm: { kind: 'observations', count: 2 },
        parameters: { metric: 'vault_balance' },
        line: 68,
      },
      expect.objectContaining({
        id: 'query',
        maxAgeMs: 300_000,
        confirm: { kind: 'duration', forMs: 600_000 },
      }),
      expect.objectContaining({ id: 'file', source: 'repository', network: null }),
      expect.objectContaining({ id: 'items', source: null, network: null, maxAgeMs: 30 * 86_400_000 }),
      expect.objectContaining({ id: 'attestation', source: null }),
      expect.objectContaining({ id: 'endpoint', source: 'node', network: 'mainnet' }),
    ]);
  });

  test('has the rule of each alert from its threshold, with epochs as time', () => {
    expect(spec.alerts).toEqual([
      {
        name: 'LagHigh',
        severity: 'warning',
        metric: 'vault_lag_seconds',
        group: 'vault',
        means: null,
        rule: { threshold: 'lag', expr: '(vault_lag_seconds) > 300', forMs: 1_200_000 },
      },
    ]);
  });

  test('numbers checks of one kind, and keeps items in the order of the text', () => {
    const text = sound
      .replace(
        '          - kind: query\n',
        '          - kind: metric\n            metric: vault_balance\n          - kind: query\n',
      )
      .replace('      runbook:\n', '      2026:\n');
    const items = read(text).spec.tracks[0]?.items ?? [];
    expect(items[0]?.checks.map(({ id }) => id)).toEqual(['metric', 'metric-2', 'query']);
    expect(
      items.map(({ id }) => id),
      'an id of digits stays where it stands',
    ).toEqual(['balance', '2026']);
  });

  test('takes values by alias', () => {
    const text = sound.replace('warning: 300', 'warning: &bound 300').replace('below: 300', 'below: *bound');
    expect(read(text).canonical).toBe(read(sound).canonical);
  });
});

describe('the canonical form', () => {
  const { canonical } = read(sound);

  test.each([
    ['a comment', `# Aurora\n${sound}`],
    ['an empty line', sound.replace('\nsources:', '\n\nsources:')],
    ['other quotes', sound.replace('title: Aurora mainnet', 'title: "Aurora mainnet"')],
    ['line ends of Windows', sound.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${sound}`],
    [
      'keys in another order',
      sound.replace('title: Freeze, at: 2026-11-28T18:00:00Z', 'at: 2026-11-28T18:00:00Z, title: Freeze'),
    ],
    [
      'the same instant in another zone',
      sound.replace('at: 2026-11-28T18:00:00Z', 'at: 2026-11-28T19:00:00+01:00'),
    ],
    ['the same duration', sound.replace('maxAge: 2m', 'maxAge: 120s')],
    [
      'a default written out',
      sound
        .replace('        phase: freeze', '        phase: freeze')
        .replace('timeout: 10s', 'timeout: 10000ms'),
    ],
  ])('does not move with %s', (_, text) => {
    expect(read(text).canonical).toBe(canonical);
  });

  test.each([
    ['a bound', sound.replace('below: 300', 'below: 301')],
    ['a level', sound.replace('level: blocker', 'level: recommended')],
    ['a sign-off rule', sound.replace('{ sre: 1 }', '{ sre: 2 }')],
    ['a threshold that no alert takes', sound.replace('critical: 600', 'critical: 601')],
    [
      'the order of tracks',
      sound.replace(/( {2}vault:\n {4}title: Vault[\s\S]*)( {2}final:[\s\S]*)$/, '$2$1'),
    ],
  ])('moves with %s', (_, text) => {
    expect(text).not.toBe(sound);
    expect(read(text).canonical).not.toBe(canonical);
  });

  test('holds no line numbers', () => {
    expect(canonical).not.toContain('"line"');
  });
});

describe('faults', () => {
  test('come all at once, in the order of the text', () => {
    const text = sound
      .replace('big-green/v1', 'big-green/v3')
      .replace('epoch: 10m', 'epoch: 600')
      .replace('kind: endpoint\n    network', 'kind: endpiont\n    network')
      .replace('severity: warning', 'severity: page')
      .replace('owner: ada', 'owner: eve')
      .replace('path: docs/runbook.md', 'pth: docs/runbook.md')
      .replace('role: sre,', 'role: nobody,');
    expect(problem(text).faults.map(({ path }) => path)).toEqual([
      'format',
      'lengths.epoch',
      'sources.node.kind',
      'alerts.LagHigh.severity',
      'tracks.vault.items.balance.owner',
      'tracks.vault.items.runbook.checks[0].pth',
      'tracks.final.items.approval.checks[1].role',
    ]);
  });

  test('are counted, and named up to fifty', () => {
    const owners = Array.from({ length: 73 }, (_, index) => `  Owner ${index}: Person ${index}`).join('\n');
    const told = problem(sound.replace('  max: Max Born', owners));
    expect(told.faults).toHaveLength(50);
    expect(told.message).toBe(
      'aurora.yaml has 73 faults, so nothing of it was taken over. The first 50 are listed, and 23 more.',
    );
    expect(problem(sound.replace('owner: ada', 'owner: eve')).message).toBe(
      'aurora.yaml has one fault, so nothing of it was taken over.',
    );
  });

  test('of what is declared but broken are said once, not again where it is named', () => {
    const text = sound
      .replace(
        '  sre: { title: Site reliability, abbreviation: SRE }',
        '  sre: { title: Site reliability, abbreviation: sre }',
      )
      .replace('vault_balance: { type: gauge }', 'vault_balance: { type: guage }');
    expect(problem(text).faults.map(({ path }) => path)).toEqual([
      'roles.sre.abbreviation',
      'metrics.vault.vault_balance.type',
    ]);
  });
});
