import { expect, test } from 'vitest';
import { energyMarket } from './energy-market.ts';
import { advance, beginSimulation, expose } from './simulation.ts';
import { healthyNode } from './state.ts';

const after = (seconds: number, state = healthyNode) => advance(beginSimulation(), seconds, state);

function values(text: string): Map<string, number> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

test('counters and buckets never fall, whatever happens to the node', () => {
  let simulation = beginSimulation();
  let before = values(expose(simulation, healthyNode));
  const states = [
    healthyNode,
    { ...healthyNode, oracle: 'slow' as const },
    { ...healthyNode, stoppedMarkets: ['ad'] },
  ];
  for (let second = 0; second < 300; second += 1) {
    simulation = advance(simulation, 1, states[Math.floor(second / 20) % 3] ?? healthyNode);
    const now = values(expose(simulation, healthyNode));
    for (const [series, value] of now)
      if (
        /_total|_bucket|_sum|_count/.test(series) &&
        !/^(energy_(provider|pending|active)|economics)/.test(series)
      )
        expect(value, series).toBeGreaterThanOrEqual(before.get(series) ?? 0);
    before = now;
  }
});

test('a histogram’s buckets rise, and its last is its count', () => {
  const shown = values(expose(after(600), healthyNode));
  const buckets = [...shown].filter(([series]) => series.startsWith('oracle_latency_seconds_bucket'));
  expect(buckets.map(([, value]) => value)).toEqual(
    buckets.map(([, value]) => value).toSorted((a, b) => a - b),
  );
  expect(buckets.at(-1)?.[1]).toBe(shown.get('oracle_latency_seconds_count'));
  expect(shown.get('oracle_latency_seconds_count')).toBe(2400);
});

test('a metric that is not there yet has no line, and begins at nothing', () => {
  const state = { ...healthyNode, missing: ['energy_treasury_fee_total'] };
  expect(expose(after(60, state), state)).not.toContain('energy_treasury_fee_total');
  expect(expose(after(60, state), healthyNode)).toContain('\nenergy_treasury_fee_total 0\n');
});

test('a counter before its first event is declared and has no series', () => {
  const text = expose(after(60), healthyNode);
  expect(text).toContain('# TYPE energy_slashing_total counter');
  expect(text).not.toMatch(/^energy_slashing_total/m);
});

test('one long pause adds up to what short ones do', () => {
  let short = beginSimulation();
  for (let count = 0; count < 20; count += 1) short = advance(short, 5, healthyNode);
  expect(expose(after(100), healthyNode)).toBe(expose(short, healthyNode));
});

test.each([
  ['batch', { mode: 'batch', quorum_threshold_ppm: 667_000, expiry_blocks: 7200, blocks_per_settlement: 30 }],
  [
    'real_time',
    { mode: 'real_time', quorum_threshold_ppm: 667_000, expiry_blocks: 7200, latency_bound_ms: 1500 },
  ],
  ['broken', { mode: 'batch', quorum_threshold_ppm: 1_500_000, expiry_blocks: 0 }],
] as const)('the energy market in %s', (governance, block) => {
  expect(energyMarket(90, { ...healthyNode, governance })).toMatchObject({
    height: 184_290,
    governance: block,
  });
});
