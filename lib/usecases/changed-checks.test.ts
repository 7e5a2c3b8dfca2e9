import { expect, test } from 'vitest';
import { changedChecks } from './changed-checks.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { readSpec } from './read-spec.ts';

const text = `format: big-green/v1
launch: { id: moved, title: Moved, target: { at: 2030-12-01T14:00:00Z } }
phases: { launch: { title: Launch, at: 2030-12-01T14:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  prometheus: { kind: prometheus, address: 'http://127.0.0.1:9090' }
  node: { kind: endpoint, address: 'http://127.0.0.1:8545' }
metrics:
  vault:
    vault_balance: { type: gauge }
    vault_lag: { type: gauge }
tracks:
  all:
    title: All
    lead: sre
    items:
      balance: { title: Balance, phase: launch, checks: [{ kind: metric, metric: vault_balance }] }
      lag: { title: Lag, phase: launch, checks: [{ kind: metric, metric: vault_lag }] }
      inventory: { title: Inventory, phase: launch, checks: [{ kind: metric-coverage }] }
      health: { title: Health, phase: launch, checks: [{ kind: endpoint, path: /health, assert: [{ at: /ok, equals: true }] }] }
`;

function launchOf(spec: string, addresses: Readonly<Record<string, string>> = {}): LaunchInForce {
  const read = readSpec(spec, 'moved.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problem.faults));
  const sources = read.value.spec.sources.map(({ id, address }) => {
    const at = addresses[id] ?? address;
    return [id, { key: at, address: at }] as const;
  });
  const head = { id: 'moved', title: 'Moved', candidate: null } as LaunchInForce['head'];
  return { head, spec: read.value.spec, sources: new Map(sources) };
}

const changedBy = (from: string, to: string) =>
  changedChecks(launchOf(text), launchOf(text.replace(from, to))).map(({ item }) => item);

test.each([
  ['a title', 'title: Lag', 'title: Lag of the vault', []],
  [
    'what a source is called, and when it is asked',
    'prometheus, address',
    'prometheus, title: Vault, every: 20s, timeout: 5s, address',
    [],
  ],
  [
    'the network of a source',
    'sources:\n  prometheus: { kind: prometheus',
    'networks: { main: Main }\nsources:\n  prometheus: { kind: prometheus, network: main',
    ['balance', 'lag', 'inventory'],
  ],
  [
    'a metric: those that name it, and the inventory',
    'vault_lag: { type: gauge }',
    'vault_lag: { type: counter }',
    ['lag', 'inventory'],
  ],
  [
    'a metric more: the inventory alone',
    'vault_lag: { type: gauge }',
    'vault_lag: { type: gauge }\n    vault_age: { type: gauge }',
    ['inventory'],
  ],
  ['a source of others', "'http://127.0.0.1:8545'", "'http://127.0.0.1:8546'", ['health']],
  ['a parameter', 'equals: true', 'equals: false', ['health']],
  ['how old evidence may be', 'metric: vault_lag }', 'metric: vault_lag, maxAge: 1h }', ['lag']],
  [
    'an item that is gone',
    text.slice(text.indexOf('      lag:'), text.indexOf('      inventory:')),
    '',
    ['lag'],
  ],
])('%s', (_name, from, to, expected) => {
  expect(changedBy(from, to)).toEqual(expected);
});

test('another address of the installation for a source', () => {
  const there = launchOf(text, { node: 'http://127.0.0.1:9999' });
  expect(changedChecks(launchOf(text), there).map(({ item }) => item)).toEqual(['health']);
});
