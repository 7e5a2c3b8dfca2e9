import type { Situation } from './situation.ts';

/** Whole inventories, k of n. */
export const coverageSituations: readonly Situation[] = [
  {
    title: 'the starting document’s script: Prometheus is down',
    kind: 'metric-coverage',
    source: 'down',
    check: {},
    verdict: 'unreachable',
    sentence: 'Prometheus at http://{nowhere}/api/v1/query refused the connection: nothing listens there.',
  },
  {
    title: 'one metric with Prometheus down',
    kind: 'metric',
    source: 'down',
    check: { metric: 'treasury_balance' },
    verdict: 'unreachable',
    sentence: 'Prometheus at http://{nowhere}/api/v1/query refused the connection: nothing listens there.',
  },
  {
    title: 'every metric of a group',
    kind: 'metric-coverage',
    check: { group: 'whole' },
    verdict: 'pass',
    sentence: '2 of 2 metrics are emitted as declared, 100 %.',
  },
  {
    title: 'one required value missing in a group',
    kind: 'metric-coverage',
    check: { group: 'treasury' },
    verdict: 'fail',
    sentence:
      '2 of 3 metrics are emitted as declared, 66 %: treasury_disbursement_backlog has no live series with status “rolled_back”: 6 of 7 required values.',
  },
  {
    title: 'one never seen and one without its label',
    kind: 'metric-coverage',
    check: { group: 'energy' },
    verdict: 'fail',
    sentence:
      '1 of 3 metrics are emitted as declared, 33 %: energy_treasury_fee_total was never seen in 15 d; energy_dispute_outcomes_total is emitted without the label “outcome”.',
  },
  {
    title: 'at least so many',
    kind: 'metric-coverage',
    check: { group: 'energy', atLeast: 1 },
    verdict: 'pass',
    sentence:
      '1 of 3 metrics are emitted as declared, 33 %, 1 wanted: energy_treasury_fee_total was never seen in 15 d; energy_dispute_outcomes_total is emitted without the label “outcome”.',
  },
  {
    title: 'one not a number and one gone',
    kind: 'metric-coverage',
    check: { group: 'dark' },
    verdict: 'fail',
    sentence:
      '0 of 2 metrics are emitted as declared, 0 %: treasury_reserve was last seen at {t} and is gone; nan_gauge is emitted, and its value is not a number (NaN).',
  },
  {
    title: 'one not a number among good ones',
    kind: 'metric-coverage',
    check: { metrics: ['treasury_balance', 'nan_gauge', 'energy_provider_total'] },
    verdict: 'unknown',
    sentence:
      '2 of 3 metrics are emitted as declared, 66 %: nan_gauge is emitted, and its value is not a number (NaN).',
  },
  {
    title: 'one not a number, which decides whether enough are there',
    kind: 'metric-coverage',
    check: { metrics: ['treasury_balance', 'nan_gauge', 'energy_treasury_fee_total'], atLeast: 2 },
    verdict: 'unknown',
    sentence:
      '1 of 3 metrics are emitted as declared, 33 %, 2 wanted: nan_gauge is emitted, and its value is not a number (NaN).',
  },
  {
    title: 'a metric that is named twice counts once',
    kind: 'metric-coverage',
    check: { metrics: ['treasury_balance', 'energy_provider_total', 'treasury_balance'] },
    verdict: 'pass',
    sentence: '2 of 2 metrics are emitted as declared, 100 %.',
  },
  {
    title: 'an empty list is not all of it',
    kind: 'metric-coverage',
    check: { metrics: [] },
    verdict: 'unknown',
    sentence: 'No metric is declared, so there is nothing that could be covered.',
  },
  {
    title: 'the whole inventory',
    kind: 'metric-coverage',
    check: {},
    verdict: 'fail',
    sentence:
      '5 of 10 metrics are emitted as declared, 50 %: treasury_disbursement_backlog has no live series with status “rolled_back”: 6 of 7 required values; energy_treasury_fee_total was never seen in 15 d; energy_dispute_outcomes_total is emitted without the label “outcome”; and 2 more.',
  },
];
