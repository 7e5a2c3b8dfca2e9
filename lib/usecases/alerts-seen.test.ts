import { expect, test } from 'vitest';
import type { AlertRuleSeen, RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import { alertOnScreen, type RulesReader } from './alerts-seen.ts';

const declared = { name: 'Slow', severity: 'warning', metric: 'lag', group: null } as const;

function reader(item: string, state: AlertRuleSeen['state'] | null): RulesReader {
  const at = '2026-11-25T08:00:00Z';
  const rules: RulesAnswer = {
    answeredAt: at,
    recording: [],
    alerts: [
      {
        ...{ name: 'Slow', group: 'g', file: 'a.yml', query: 'lag > 1', forMs: 0, annotations: {} },
        ...{
          labels: { severity: 'warning' },
          state: state ?? 'unknown',
          health: 'ok' as const,
          lastError: '',
        },
        ...{ lastEvaluationAt: at, groupIntervalMs: 60_000 },
        firing: state === 'firing' ? [{ labels: {}, activeAt: at }] : [],
      },
    ],
  };
  return {
    planned: { item: { id: item } },
    watched: [{ name: 'Slow', severity: 'warning' }],
    rules: state === null ? null : rules,
    sentence: 'Nobody answers.',
    silentSince: null,
  } as unknown as RulesReader;
}

test.each([
  ['firing before loaded', [reader('testnet', 'inactive'), reader('mainnet', 'firing')], 'firing', 'mainnet'],
  ['unknown before loaded', [reader('testnet', 'inactive'), reader('mainnet', null)], 'unknown', 'mainnet'],
  ['firing before unknown', [reader('testnet', null), reader('mainnet', 'firing')], 'firing', 'mainnet'],
] as const)(
  'an alert that several checks watch is the worst of what they saw: %s',
  (_, readers, state, item) => {
    for (const some of [readers, readers.toReversed()]) {
      expect(alertOnScreen(declared, some)).toMatchObject({ state, item });
    }
  },
);

test('one that no check watches was not looked at', () => {
  expect(alertOnScreen(declared, []).state).toBe('not-looked-at');
});
