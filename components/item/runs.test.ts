import { expect, test } from 'vitest';
import { jobReadings, runReadings } from './runs.ts';

test('runs and jobs are read with their vendor’s page, and what is not told is not made up', () => {
  const readings = {
    runs: [
      {
        number: '#413',
        commit: '2c9e4d1',
        counts: true,
        attempt: 2,
        outcome: 'success',
        href: 'https://ci.example/1',
      },
      { number: '#412', outcome: 'running', tookMs: null },
      'nonsense',
    ],
    jobs: [{ name: 'fuzz', outcome: 'skipped', mayFail: true, tookMs: 4000 }],
  };
  expect(runReadings(readings)).toMatchObject([
    {
      number: '#413',
      counts: true,
      attempt: 2,
      outcome: 'success',
      href: 'https://ci.example/1',
      tookMs: null,
    },
    { number: '#412', counts: false, attempt: 1, outcome: 'running', href: null, startedAt: null },
  ]);
  expect(jobReadings(readings)).toEqual([
    { name: 'fuzz', outcome: 'skipped', mayFail: true, tookMs: 4000, href: null },
  ]);
});

test.each([{}, { runs: null, jobs: null }, { runs: 3, jobs: 'many' }])('%j holds no runs', (readings) => {
  expect([runReadings(readings), jobReadings(readings)]).toEqual([[], []]);
});
