import { expect, test } from 'vitest';
import { consequenceOf } from './consequence.ts';

const changed = (at: string) => ({ at, kit: 'a', repository: 'b' });

test.each([
  ['prometheus-rules', 'groups › “g” › rules › “Slow” › expr', 'It fires, or records, at something else'],
  ['prometheus-rules', 'groups › “g” › rules › “Slow” › for', 'It fires sooner or later than agreed'],
  ['prometheus-rules', 'groups › “g” › rules › “Slow” › labels › severity', 'Other people are woken'],
  [
    'grafana-dashboard',
    'panels › “Lag” › fieldConfig › defaults › thresholds › steps › 2 › value',
    'The bound drawn is not the one the alert fires at',
  ],
  ['grafana-dashboard', 'panels › “Lag” › targets › “A” › expr', 'The panel draws something else'],
  [
    'grafana-dashboard',
    'panels › “Lag” › datasource › uid',
    'It reads from another Prometheus, or from none',
  ],
  ['yaml', 'jobs › tests › continue-on-error', 'A stride may fail and the gate still passes'],
  ['yaml', 'jobs › tests › timeout-minutes', 'It may take longer, or is cut off sooner'],
  ['yaml', 'jobs › tests › steps › 1 › run', 'The job runs something else'],
  ['yaml', 'name', 'The file says something else than the spec'],
  ['shell', 'command 3', 'The script does something else here'],
  ['markdown', 'Stuck › Symptoms › part 1', 'People are told something else here'],
] as const)('in %s, what follows from %s', (format, at, said) => {
  expect(consequenceOf(format, changed(at))).toBe(said);
});

test('what is missing and what nobody agreed to are told apart, wherever they stand', () => {
  const at = 'groups › “g” › rules › “Slow” › for';
  expect(consequenceOf('prometheus-rules', { at, kit: '5m', repository: null })).toContain('lacks');
  expect(consequenceOf('prometheus-rules', { at, kit: null, repository: '5m' })).toContain('Nobody agreed');
});
