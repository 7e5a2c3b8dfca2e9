import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['promtheus', 'prometheus'],
  ['promehteus', 'prometheus'],
  ['Prometheus', 'prometheus'],
  ['release_manager', 'release-manager'],
  ['relase-manger', 'release-manager'],
  ['sres', 'sre'],
  ['repo', null],
  ['grafana', null],
  ['', null],
  ['xx', null],
])('%s is near to %s', (written, near) => {
  expect(nearest(written, ['prometheus', 'release-manager', 'sre', 'repository'])).toBe(near);
});

test('of two it takes the nearer, of equals the first', () => {
  expect(nearest('ledger-leads', ['ledger-load', 'ledger-lead'])).toBe('ledger-lead');
  expect(nearest('laed', ['lead', 'laid'])).toBe('lead');
});
