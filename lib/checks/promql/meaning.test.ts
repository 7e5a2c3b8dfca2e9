import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { meaningOf } from './meaning.ts';

describe('expressions that mean the same', () => {
  test.each([
    ['sum by (a, b) (x)', 'SUM(x) BY (b,a,)'],
    ['sum(x)', 'sum by () ((x))'],
    ['x{a="b",c=~"d"}', "x{c=~`d`, a='b',}"],
    ['x', '{__name__="x"}'],
    ['{"http.x", a="b"}', '{a="b",__name__="http.x"}'],
    ['rate(x[5m])', 'rate( x [300s] ) # five minutes'],
    ['x > 0.01', 'x>1e-2'],
    ['x * 3600', '(x) * 1h'],
    ['(a + b) + c', 'a + b + c'],
    ['a + (b * c)', 'a + b * c'],
    ['a / on (x, y) group_left (z) b', 'a / ON(y,x) GROUP_LEFT(z) b'],
    ['a - ignoring () b', 'a - b'],
    ['a and b', 'a AND b'],
    ['x{a="\\\\d"}', 'x{a=`\\d`}'],
    ['+x', 'x'],
    ['# before\nx', 'x'],
    ['x > 010', 'x > 8'],
    ['x > 08', 'x > 8'],
    ['x{a="\\x41\\101\\u0041\\n"}', 'x{a="AAA\\u000a"}'],
    ['x offset 1h', '(x) offset 60m'],
    ['max_over_time(x[1h:1m])', 'max_over_time(x[60m:60s])'],
    ['x == bool 1000000', 'x == bool 1e+06'],
    ['holt_winters(x[5m], 0.3, 0.3)', 'double_exponential_smoothing(x[5m],.3,.3)'],
  ])('%s and %s', (one, other) => {
    expect(meaningOf(one)).not.toBeNull();
    expect(meaningOf(one)).toBe(meaningOf(other));
  });
});

describe('expressions that do not', () => {
  test.each([
    ['sum by (a) (x)', 'sum without (a) (x)'],
    ['sum by (a) (x)', 'sum(x)'],
    ['sum(x)', 'avg(x)'],
    ['sum without () (x)', 'sum(x)'],
    ['rate(x[5m])', 'rate(x[6m])'],
    ['rate(x[5m])', 'irate(x[5m])'],
    ['x > 1', 'x >= 1'],
    ['x > 1', 'x > bool 1'],
    ['x > 1', '1 > x'],
    ['a - (b - c)', 'a - b - c'],
    ['a or b', 'a and b'],
    ['a or b', 'a unless b'],
    ['a - on() b', 'a - b'],
    ['a * on(x) group_left b', 'a * on(x) group_right b'],
    ['x{a="b"}', 'x{a!="b"}'],
    ['x{a="b"}', 'x{a=~"b"}'],
    ['x{a="B"}', 'x{a="b"}'],
    ['-x', 'x'],
    ['-x + y', '-(x + y)'],
    ['x offset 1h', 'x offset -1h'],
    ['x offset 1h', 'x'],
    ['x offset +1h', 'x offset -1h'],
    ['x offset +(1h)', 'x offset -(1h)'],
    ['x[5m + -1m]', 'x[5m + +1m]'],
    ['x > 010', 'x > 10'],
    ['x{a="\\d"}', 'x{a="d"}'],
    ['x{"a\\d"="b"}', 'x{"ad"="b"}'],
    ['x{a="\\xe9"}', 'x{a="\\u00e9"}'],
    ['label_replace(x, "a", "\\$1", "b", "c")', 'label_replace(x, "a", "$1", "b", "c")'],
    ['x @ start()', 'x @ end()'],
    ['x @ 1', 'x @ 2'],
    ['x[5m]', 'x[5m:]'],
    ['topk(5, x)', 'topk(6, x)'],
    ['a + fill(0) b', 'a + fill(1) b'],
    ['clamp(x, 0, 1)', 'clamp(x, 1, 0)'],
    ['label_replace(x, "a", "$1", "b", "c")', 'label_replace(x, "a", "$1", "b", "d")'],
  ])('%s and %s', (one, other) => {
    expect(meaningOf(one)).not.toBeNull();
    expect(meaningOf(other)).not.toBeNull();
    expect(meaningOf(one)).not.toBe(meaningOf(other));
  });
});

test('what does not parse has no meaning', () => {
  expect(meaningOf('sum(rate(x[5m])')).toBeNull();
});

/** An expression, twice: written tightly and in one order, and as loosely as the grammar lets it be. */
const twoWays = fc.letrec<{ expr: readonly [string, string] }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc
      .uniqueArray(fc.constantFrom('a="1"', 'b!="2"', 'c=~"x|y"'), { maxLength: 3 })
      .map(
        (matchers) => [`m{${matchers.join(',')}}`, ` m { ${matchers.toReversed().join(' , ')} } `] as const,
      ),
    fc
      .tuple(
        fc.constantFrom('sum', 'max', 'count'),
        fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
        tie('expr'),
      )
      .map(
        ([how, labels, [one, other]]) =>
          [
            `${how} by (${labels.join(',')}) (${one})`,
            `${how.toUpperCase()}(\n${other}) by (${labels.toReversed().join(', ')})`,
          ] as const,
      ),
    fc
      .tuple(fc.constantFrom('+', '/', '>', 'or'), tie('expr'), tie('expr'))
      .map(
        ([how, [a, b], [c, d]]) =>
          [`(${a}) ${how} (${c})`, `((${b}) # why\n ${how.toUpperCase()}\t(( ${d} )))`] as const,
      ),
    tie('expr').map(([a, b]) => [`abs(${a})`, `(abs ( ${b} ))`] as const),
  ),
})).expr;

test('however it is written, it means the same', () => {
  fc.assert(
    fc.property(twoWays, ([one, other]) => {
      expect(meaningOf(one)).not.toBeNull();
      expect(meaningOf(other)).toBe(meaningOf(one));
    }),
  );
});

test('a chain of 5 000 is told whole', () => {
  const chain = Array.from({ length: 5000 }, (_, n) => `m${n}`);
  expect(meaningOf(chain.join(' + '))).toBe(meaningOf(chain.join('+')));
  expect(meaningOf(chain.join(' + '))).not.toBe(meaningOf(chain.with(2500, 'other').join(' + ')));
});
