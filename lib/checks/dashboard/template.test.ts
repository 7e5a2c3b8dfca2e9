import { expect, test } from 'vitest';
import { fillVariables } from './template.ts';

test.each([
  ['a quote behind a backslash does not end it', 'a{b="x\\"$y"} + c', 'a{b="x\\"$y"} + c'],
  ['in backticks a backslash is a backslash', 'a{b=`x\\`} + $c', 'a{b=`x\\`} + grafana_variable_c'],
  ['a range', 'rate(a[$__rate_interval])', 'rate(a[424242424ms])'],
  ['a number before its unit', `rate(a[$\{n}m])`, 'rate(a[424242424m])'],
  ['a matcher’s value', 'a{b=~$c}', 'a{b=~"grafana_variable_c"}'],
  ['a comment', 'a # $b\n+ c', 'a \n+ c'],
])('%s', (_what, expr, filled) => {
  expect(fillVariables(expr)).toBe(filled);
});
