import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlertRuleSeen, RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import { rulesDrift } from './rules-drift.ts';
import { loadedRules, type RuleRead, readRuleFile } from './rules-read.ts';
import { filesOfTheBlock } from './the-block.fixture.ts';

const [alertFile, recordFile] = filesOfTheBlock('prometheus-rules').filter(
  ({ title }) => !/test/.test(title),
);

function rulesOf(text: string): readonly RuleRead[] {
  const read = readRuleFile(text);
  if (!read.ok) throw new Error(read.message);
  return read.rules;
}

/** What a Prometheus says that has loaded some rules. */
function answerOf(rules: readonly RuleRead[]): RulesAnswer {
  const alerts = rules
    .filter(({ kind }) => kind === 'alert')
    .map(
      ({ name, group, expr, forMs, labels, annotations }): AlertRuleSeen => ({
        ...{ name, group, file: 'rules.yml', query: expr, forMs: forMs ?? 0, keepFiringForMs: 0 },
        ...{ labels: labels ?? {}, annotations, state: 'inactive', health: 'ok', lastError: '' },
        ...{ lastEvaluationAt: null, groupIntervalMs: 60_000, firing: [] },
      }),
    );
  const recording = rules
    .filter(({ kind }) => kind === 'record')
    .map(({ name, group, expr, labels }) => ({ name, group, query: expr, labels: labels ?? {} }));
  return { answeredAt: '2026-11-25T08:00:00Z', alerts, recording };
}

const alerts = rulesOf(alertFile?.text ?? '');
const path = alertFile?.path ?? '';

/** What is told when one alert is changed where it runs. */
function told(name: string, change: (rule: AlertRuleSeen, all: AlertRuleSeen[]) => readonly AlertRuleSeen[]) {
  const answer = answerOf(alerts);
  const loaded = answer.alerts.flatMap((rule) =>
    rule.name === name ? change(rule, [...answer.alerts]) : [rule],
  );
  const found = rulesDrift(alerts, loadedRules({ ...answer, alerts: loaded }), path);
  return found.map(({ kind, subject }) => [kind, subject]);
}

test('The Block’s alerts and records are as they were loaded', () => {
  expect(alerts.length).toBeGreaterThan(8);
  expect(rulesDrift(alerts, loadedRules(answerOf(alerts)), path)).toEqual([]);
  const records = rulesOf(recordFile?.text ?? '');
  expect(records.length).toBeGreaterThan(0);
  // Both files have the same groups: the alerts that were loaded are no rules too many of the records'.
  expect(rulesDrift(records, loadedRules(answerOf([...alerts, ...records])), recordFile?.path ?? '')).toEqual(
    [],
  );
});

describe.each([...new Set(alerts.map(({ name }) => name))])('%s, changed in Prometheus', (name) => {
  test.each<[string, string, (rule: AlertRuleSeen) => readonly AlertRuleSeen[]]>([
    ['not loaded', 'rule-gone', () => []],
    ['loaded twice', 'rule-added', (rule) => [rule, rule]],
    ['at another bound', 'rule-expression', (rule) => [{ ...rule, query: `${rule.query} + 1` }]],
    ['after another time', 'rule-for', (rule) => [{ ...rule, forMs: rule.forMs + 60_000 }]],
    ['that goes on firing', 'rule-keeps-firing', (rule) => [{ ...rule, keepFiringForMs: 60_000 }]],
    [
      'of another severity',
      'rule-severity',
      (rule) => [{ ...rule, labels: { ...rule.labels, severity: 'page' } }],
    ],
    ['with a label more', 'rule-label', (rule) => [{ ...rule, labels: { ...rule.labels, team: 'a' } }]],
    [
      'without its launch',
      'rule-label',
      ({ labels: { launch: _, ...labels }, ...rule }) => [{ ...rule, labels }],
    ],
    [
      'that leads to another runbook',
      'rule-runbook',
      (rule) => [{ ...rule, annotations: { ...rule.annotations, runbook_url: 'https://example.org/other' } }],
    ],
    [
      'that says something else',
      'rule-annotation',
      (rule) => [{ ...rule, annotations: { ...rule.annotations, summary: 'Something' } }],
    ],
    ['in another group', 'rule-group', (rule) => [{ ...rule, group: 'other' }]],
  ])('%s: exactly that is told', (_, kind, change) => {
    // Where a name stands twice, as a warning and as critical, both are changed.
    const same = alerts.filter((rule) => rule.name === name).map(() => [kind, name]);
    expect(told(name, change)).toEqual(same);
  });
});

test('a rule that somebody added to one of the groups is told, and other people’s are not', () => {
  const [first] = answerOf(alerts).alerts;
  if (!first) throw new Error('no alert');
  const mine = { ...first, name: 'Mine' };
  const theirs = { ...first, name: 'Theirs', group: 'payments', file: 'payments.yml' };
  const ours = { ...theirs, name: 'Ours', file: path.split('/').at(-1) ?? '' };
  const answer = answerOf(alerts);
  const loaded = loadedRules({ ...answer, alerts: [...answer.alerts, mine, theirs, ours] });
  expect(rulesDrift(alerts, loaded, path)).toMatchObject([
    { kind: 'rule-added', subject: 'Mine', file: null, says: `rule is loaded in the group “${first.group}”` },
    { kind: 'rule-added', subject: 'Ours' },
  ]);
});

test('a time that was moved is told from when to when', () => {
  const [rule] = rulesOf('groups: [{ name: g, rules: [{ alert: A, expr: x > 6, for: 1h30m }] }]');
  if (!rule) throw new Error('no rule');
  const found = rulesDrift([rule], [{ ...rule, forMs: 600_000, expr: 'x > 8' }], 'a.yml');
  expect(found.map(({ says, file, runs }) => [says, file, runs])).toEqual([
    ['expression changed', 'x > 6', 'x > 8'],
    ['“for” is 10m, not 90m', '90m', '10m'],
  ]);
});

test('evidence of before `keep_firing_for` was asked for says nothing of it', () => {
  const kept = rulesOf('groups: [{ name: g, rules: [{ alert: A, expr: x, keep_firing_for: 5m }] }]');
  const { keepFiringForMs: _, ...old } = answerOf(kept).alerts[0] as AlertRuleSeen;
  expect(rulesDrift(kept, loadedRules({ ...answerOf([]), alerts: [old] }), 'a.yml')).toEqual([]);
});

test('a label that a recording rule puts on is told, and nothing of it by evidence of before it was asked for', () => {
  const records = rulesOf(
    'groups: [{ name: g, rules: [{ record: a:b, expr: x, labels: { network: mainnet } }] }]',
  );
  const { recording, ...answer } = answerOf(records);
  const loaded = (labels: Readonly<Record<string, string>>) =>
    loadedRules({ ...answer, recording: recording.map((rule) => ({ ...rule, labels })) });
  expect(rulesDrift(records, loaded({ network: 'mainnet' }), 'a.yml')).toEqual([]);
  for (const labels of [{}, { network: 'testnet' }])
    expect(rulesDrift(records, loaded(labels), 'a.yml')).toMatchObject([
      { kind: 'rule-label', subject: 'a:b' },
    ]);
  const old = loadedRules({ ...answer, recording: recording.map(({ labels: _, ...rule }) => rule) });
  expect(rulesDrift(records, old, 'a.yml')).toEqual([]);
});

test('rules as Prometheus writes them out, in any order, are no drift', () => {
  const respelled = (expr: string, seed: number) =>
    [expr, ` (${expr}) `, expr.replaceAll('(', '( '), `# why\n${expr}`][seed % 4] ?? expr;
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 3, maxLength: 20 }), (seed) => {
      const by = (at: number) => seed[at % seed.length] ?? 0;
      const loaded = alerts
        .map((rule, at) => ({ rule: { ...rule, expr: respelled(rule.expr, by(at)) }, rank: by(at) }))
        .sort((one, other) => one.rank - other.rank)
        .map(({ rule }) => rule);
      expect(rulesDrift(alerts, loadedRules(answerOf(loaded)), path)).toEqual([]);
    }),
  );
});

test.each([
  ['- '.repeat(30_000), 'it is YAML of more than 20000 parts, and was not compared'],
  ['{', 'it is not YAML'],
  ['groups: 3', 'it is no file of Prometheus’s rules'],
])('what is no rule file is said to be none', (text, message) => {
  expect(readRuleFile(text)).toEqual({ ok: false, message });
});

test('50 000 rules of one name, loaded by somebody, end', () => {
  const [rule] = alerts;
  if (!rule) throw new Error('no rule');
  const loaded = Array.from({ length: 50_000 }, (_, n) => ({ ...rule, expr: `m${n}` }));
  expect(rulesDrift(alerts, loaded, path).filter(({ kind }) => kind === 'rule-added')).toHaveLength(49_999);
});
