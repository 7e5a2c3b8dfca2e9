import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findPromtool } from '#e2e/prometheus/find.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { boundAlerts } from '../bound.ts';
import { otherText, shippedText, specFrom } from '../spec.fixture.ts';
import { ruleFiles } from './files.ts';
import { ruleTests } from './rule-test.ts';

const promtool = await findPromtool(process.env.PROMTOOL_BIN, process.env.PROMETHEUS_BIN);
test.runIf(process.env.CI)('a promtool is there to try rules with', () => {
  expect(promtool, 'install prometheus, or name promtool in PROMTOOL_BIN').not.toBeNull();
});

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function written(files: readonly KitFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'big-green-rules-'));
  folders.push(folder);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const shipped = specFrom(shippedText);
const other = specFrom(otherText);

describe('rules of the shipped spec', () => {
  const [alerts, records, tests] = ruleFiles(shipped);

  test('say bound, duration, severity, runbook and panel of each alert', () => {
    const { groups } = parse(alerts?.text ?? '') as {
      groups: { name: string; rules: { alert: string }[] }[];
    };
    expect(groups.map(({ name, rules }) => [name, rules.length])).toEqual([
      ['the-block-treasury', 6],
      ['the-block-energy', 5],
      ['the-block-receipts', 3],
    ]);
    expect(groups[0]?.rules.find(({ alert }) => alert === 'TreasuryExecutionLagCritical')).toEqual({
      alert: 'TreasuryExecutionLagCritical',
      expr: '(histogram_quantile(0.95, sum by (le) (rate(treasury_disbursement_lag_seconds_bucket[5m])))) > 600',
      for: '5m',
      labels: { severity: 'critical', launch: 'the-block', group: 'treasury' },
      annotations: {
        summary: 'Execution lag, p95: above 600 seconds',
        description: 'Now {{ $value | humanizeDuration }}; critical is above 600 seconds, for 5m.',
        runbook_url: 'https://github.com/the-block/the-block/blob/main/docs/operations.md#treasury-stuck',
        dashboard: '/d/the-block-treasury',
        panel: 'Treasury: Execution Lag (p95)',
      },
    });
  });

  test('keep the value of each threshold that has a record', () => {
    const { groups } = parse(records?.text ?? '') as { groups: { rules: { record: string }[] }[] };
    expect(groups.flatMap(({ rules }) => rules.map(({ record }) => record))).toEqual([
      'treasury:disbursement_lag_seconds:p95',
      'treasury:executor_tick_seconds:p95',
      'energy:oracle_latency_seconds:p95',
    ]);
  });

  test('have a test for every alert', () => {
    expect(ruleTests(shipped).untested).toEqual([]);
    expect(ruleTests(shipped).tests.map(({ name }) => name.split(':')[0])).toEqual(
      shipped.alerts.map(({ name }) => name),
    );
    expect(tests?.text).not.toContain('Not tried here');
  });

  test('say what they put right', () => {
    expect(alerts?.corrections.map(({ id }) => id)).toContain('thresholds-that-disagree');
    expect(alerts?.text).toContain('# Now: Warning at 300 s, critical at 600 s, in one place.');
  });
});

test('an alert that no series can be made for is named in the file', () => {
  expect(ruleTests(other).untested).toEqual([{ alert: 'Odd', why: '`deriv` of what stands there' }]);
  const [, , tests] = ruleFiles(other);
  expect(tests?.text).toContain(
    '# Not tried here: Odd. No series are made for `deriv` of what stands there.',
  );
  expect(tests?.text).toContain('- ../../rules/alerts.yml');
});

test('an alert without a threshold has no rule', () => {
  expect(boundAlerts(other).map(({ alert }) => alert.name)).not.toContain('Loaded');
});

describe.skipIf(promtool === null)('promtool', () => {
  const tool = promtool ?? '';
  test.each([
    ['the shipped spec', shipped],
    ['another spec', other],
  ])(
    'finds the rules of %s sound, and their tests pass',
    (_, spec) => {
      const files = ruleFiles(spec);
      const folder = written(files);
      const [alerts, records, tests] = files.map(({ path }) => path);
      const checked = execFileSync(tool, ['check', 'rules', alerts ?? '', records ?? ''], { cwd: folder });
      expect(checked.toString()).toContain(`SUCCESS: ${boundAlerts(spec).length} rules found`);
      const run = spawnSync(tool, ['test', 'rules', tests ?? ''], { cwd: folder, encoding: 'utf8' });
      expect(run.stdout + run.stderr).toContain('SUCCESS');
      expect(run.status).toBe(0);
    },
    240_000,
  );

  test.each([
    ['a bound moved by two hundredths', '> 600', '> 612'],
    ['a bound moved the other way', '> 600', '> 588'],
    ['a shorter duration', 'for: 5m', 'for: 280s'],
    ['a longer duration', 'for: 5m', 'for: 320s'],
    ['another severity', 'severity: critical', 'severity: warning'],
    ['another metric', 'treasury_disbursement_lag_seconds_bucket', 'treasury_lag_seconds_bucket'],
  ])(
    'sees %s',
    (_, from, to) => {
      const only = {
        ...shipped,
        alerts: shipped.alerts.filter(({ name }) => name === 'TreasuryExecutionLagCritical'),
      };
      const [alerts, ...rest] = ruleFiles(only);
      if (!alerts?.text.includes(from)) throw new Error('nothing to change');
      const folder = written([{ ...alerts, text: alerts.text.replace(from, to) }, ...rest]);
      const run = spawnSync(tool, ['test', 'rules', 'monitoring/rules.test.yml'], {
        cwd: folder,
        encoding: 'utf8',
      });
      expect(run.stdout + run.stderr).toContain('FAILED');
      expect(run.status).not.toBe(0);
    },
    60_000,
  );
});
