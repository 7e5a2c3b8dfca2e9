import type { Situation } from './situation.ts';

/** Alert rules in Prometheus. */
export const alertSituations: readonly Situation[] = [
  {
    title: 'loaded, evaluated and not firing',
    kind: 'alert-rule',
    check: { group: 'fine' },
    verdict: 'pass',
    sentence: '1 alert is loaded and evaluated, and none fires.',
  },
  {
    title: 'in a file and not loaded',
    kind: 'alert-rule',
    check: { alerts: ['TreasuryNegative', 'TreasuryInFileOnly'] },
    verdict: 'fail',
    sentence: '1 of 2 alerts are in order: “TreasuryInFileOnly” is not loaded.',
  },
  {
    title: 'firing',
    kind: 'alert-rule',
    check: { alerts: ['TreasuryFiring'] },
    verdict: 'fail',
    sentence: '0 of 1 alerts are in order: “TreasuryFiring” (warning) fires since {t}.',
  },
  {
    title: 'firing at a lesser severity',
    kind: 'alert-rule',
    check: { alerts: ['TreasuryFiring'], severity: 'critical' },
    verdict: 'pass',
    sentence:
      '1 alert is loaded and evaluated, and none fires; “TreasuryFiring” (warning) fires since {t}, below critical.',
  },
  {
    title: 'pending',
    kind: 'alert-rule',
    check: { alerts: ['TreasuryPending'] },
    verdict: 'pass',
    sentence: '1 alert is loaded and evaluated, and none fires; “TreasuryPending” is pending.',
  },
  {
    title: 'loaded and impossible to evaluate',
    kind: 'alert-rule',
    check: { alerts: ['TreasuryBroken'] },
    verdict: 'fail',
    sentence:
      '0 of 1 alerts are in order: “TreasuryBroken” cannot be evaluated: invalid regular expression in label_replace(): (.',
  },
  {
    title: 'loaded and not evaluated yet',
    kind: 'alert-rule',
    check: { alerts: ['TreasurySlow', 'TreasuryNegative'] },
    verdict: 'unknown',
    sentence:
      '1 of 2 alerts are in order: “TreasurySlow” is loaded and was not evaluated yet: its group “slow” is due every 365 d.',
  },
  {
    title: 'one name at two severities',
    kind: 'alert-rule',
    check: { group: 'twice' },
    verdict: 'pass',
    sentence: '2 alerts are loaded and evaluated, and none fires.',
  },
  {
    title: 'one name at two severities, of which one is loaded',
    kind: 'alert-rule',
    check: { group: 'half' },
    verdict: 'fail',
    sentence: '1 of 2 alerts are in order: “TreasuryHalf” (critical) is not loaded.',
  },
  {
    title: 'alerts with Prometheus down',
    kind: 'alert-rule',
    source: 'down',
    check: {},
    verdict: 'unreachable',
    sentence: 'Prometheus at http://{nowhere}/api/v1/rules refused the connection: nothing listens there.',
  },
  {
    title: 'an empty list of alerts',
    kind: 'alert-rule',
    check: { alerts: [] },
    verdict: 'unknown',
    sentence: 'No alert is declared, so there is nothing that could be loaded.',
  },
];
