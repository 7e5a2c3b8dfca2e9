import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { kitFiles } from './kit.ts';
import { otherText, shippedText, specFrom } from './spec.fixture.ts';

const shipped = specFrom(shippedText);

test('files come by path, each once, with a newline at the end', () => {
  for (const files of [kitFiles(shipped), kitFiles(specFrom(otherText))]) {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)].sort());
    for (const { text } of files) expect(text).toMatch(/[^\n]\n$/);
  }
});

test('the same spec gives the same bytes, in any time zone and language', () => {
  const script = `
    const { kitFiles } = await import('#lib/kit/kit.ts');
    const { shippedText, specFrom } = await import('#lib/kit/spec.fixture.ts');
    process.stdout.write(JSON.stringify(kitFiles(specFrom(shippedText))));`;
  const env = { ...process.env, TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
  const { stdout } = spawnSync(
    process.execPath,
    ['--conditions=react-server', '--input-type=module-typescript', '--eval', script],
    { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, cwd: new URL('../../', import.meta.url) },
  );
  expect(stdout).toBe(JSON.stringify(kitFiles(shipped)));
});

/** Lines that stand in one text and not in the other, both ways, by path. */
function changed(from: string, to: string): Record<string, string[]> {
  if (!shippedText.includes(from)) throw new Error('nothing to change');
  const before = new Map(kitFiles(shipped).map(({ path, text }) => [path, text]));
  const after = kitFiles(specFrom(shippedText.replace(from, to)));
  expect(after.map(({ path }) => path)).toEqual([...before.keys()]);
  return Object.fromEntries(
    after.flatMap(({ path, text }) => {
      const old = before.get(path)?.split('\n') ?? [];
      const lines = text.split('\n');
      expect(lines.length).toBe(old.length);
      const differ = lines.filter((line, index) => line !== old[index]).map((line) => line.trim());
      return differ.length === 0 ? [] : [[path, differ]];
    }),
  );
}

test('a critical bound that moves changes its panel, its alert, its line in the runbook and its test, and nothing else', () => {
  const lines = changed(
    '&execution-lag-warning 300, critical: 600',
    '&execution-lag-warning 300, critical: 660',
  );
  const { 'monitoring/rules.test.yml': tests = [], ...rest } = lines;
  expect(rest).toEqual({
    'docs/operations.md': [
      '| `TreasuryExecutionLagCritical` | critical | Execution lag, p95 | above 660 seconds | for 5m |',
    ],
    'monitoring/alert.rules.yml': [
      'expr: (histogram_quantile(0.95, sum by (le) (rate(treasury_disbursement_lag_seconds_bucket[5m])))) > 660',
      'summary: "Execution lag, p95: above 660 seconds"',
      'description: Now {{ $value | humanizeDuration }}; critical is above 660 seconds, for 5m.',
    ],
    'monitoring/grafana_treasury_dashboard.json': [
      expect.stringMatching(/^"description": "Time from queued .* critical above 660 seconds\./),
      '"value": 660',
    ],
  });
  expect(tests).toHaveLength(5);
  expect(tests[0]).toBe('- name: "TreasuryExecutionLagCritical: above 660 for 5m"');
});

test('a warning that moves leaves the critical alert alone', () => {
  const lines = changed(
    'warning: &oracle-latency-warning 10, critical: 30',
    'warning: &oracle-latency-warning 12, critical: 30',
  );
  expect(Object.keys(lines)).toEqual([
    'docs/operations.md',
    'monitoring/alert.rules.yml',
    'monitoring/grafana_energy_dashboard.json',
    'monitoring/rules.test.yml',
  ]);
  const { 'monitoring/grafana_energy_dashboard.json': panel = [], ...rest } = lines;
  expect(Object.values(rest).flat().join('\n')).not.toContain('EnergyOracleStalled');
  expect(panel).toEqual([
    expect.stringMatching(/^"description": .* warning above 12 seconds, critical above 30 seconds\./),
    '"value": 12',
  ]);
});

test('a duration that moves changes its alert, its line in the runbook and its test', () => {
  const lines = changed(
    '{ threshold: disputes, severity: critical, for: 10m }',
    '{ threshold: disputes, severity: critical, for: 15m }',
  );
  expect(lines['docs/operations.md']).toEqual([
    '| `EnergyDisputesCritical` | critical | Disputes that are not resolved | above 50 disputes | for 15m |',
  ]);
  expect(lines['monitoring/alert.rules.yml']).toEqual([
    'for: 15m',
    'description: Now {{ printf "%.6g" $value }} disputes; critical is above 50 disputes, for 15m.',
  ]);
});

test('the readme names every file, how it is checked, what was put right and what no test tries', () => {
  for (const spec of [shipped, specFrom(otherText)]) {
    const files = kitFiles(spec);
    const readme = files.find(({ part }) => part === 'readme')?.text ?? '';
    for (const { path, corrections } of files.filter(({ part }) => part !== 'readme')) {
      expect(readme).toContain(`| \`${path}\` |`);
      for (const { was, now, why } of corrections) {
        const [, places] = readme.split(`- Was: ${was}\n  Now: ${now}\n  Why: ${why}\n  In: `);
        expect(places?.split('\n')[0]).toContain(`\`${path}\``);
      }
    }
  }
  const readme = kitFiles(specFrom(otherText)).find(({ part }) => part === 'readme')?.text;
  expect(readme).toContain('- `Odd`: `deriv` of what stands there.');
});
