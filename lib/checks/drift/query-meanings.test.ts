import { expect, test } from 'vitest';
import { dashboardsOf, panel } from '../dashboard/dashboard.fixture.ts';
import { dashboardDrift } from './dashboard-drift.ts';

test.each([
  ['a comment’s end', 'x # the number\n> 5', 'x # the number > 5'],
  ['white space in a text', 'x{a="b  c"}', 'x{a="b c"}'],
  ['a sign for comments in a text', 'x{a="# b"}', 'x{a="# c"}'],
])('a query that differs in %s alone is told', (_, one, other) => {
  const [file, held] = [one, other].map((expr) => dashboardsOf({ panels: [panel('p', expr)] })[0]);
  if (!file || !held) throw new Error('no dashboard');
  expect(dashboardDrift(file, held).map(({ kind }) => kind)).toEqual(['query-changed']);
});
