import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constantFallbacks } from './fallbacks.ts';
import { affirms, holdsWith } from './holds.ts';
import { metricNamesIn } from './names.ts';
import { parsePromql, unquote } from './parse.ts';

describe('metric names', () => {
  test.each([
    ['treasury_balance', ['treasury_balance']],
    [
      'histogram_quantile(0.95, sum by (le) (rate(oracle_latency_seconds_bucket[5m])))',
      ['oracle_latency_seconds_bucket'],
    ],
    ['sum(b) / sum(a) > on(job) group_left a', ['a', 'b']],
    ['{__name__="a"} unless {__name__=~"b|c"}', ['a', 'b', 'c']],
    ['{"http.server.requests", code="500"}', ['http.server.requests']],
    ["rate({__name__='a\\x62'}[5m])", ['ab']],
    ['sum by (status) (status)', ['status']],
    ['max_over_time(x[1h:1m] offset 5m)', ['x']],
    ['avg(sum) # avg(nothing)', ['sum']],
    ['count(on_time) + vector(1) + time()', ['on_time']],
    ['foo{bar="baz{qux}"}', ['foo']],
  ])('of %s', (expr, names) => {
    expect(metricNamesIn(expr)).toEqual({ ok: true, names, patterns: [] });
  });

  test('a pattern that is no list of names is told apart, not dropped', () => {
    expect(metricNamesIn('{__name__=~"energy_.*", job="node"}')).toEqual({
      ok: true,
      names: [],
      patterns: ['energy_.*'],
    });
  });

  test.each([
    ['', 'the PromQL expression is empty'],
    ['sum(rate(x[5m])', 'the PromQL does not parse: it ends too early'],
    ['foo{status=queued}', 'the PromQL does not parse at character 12: “queued” is not expected there'],
    ['foo bar', 'the PromQL does not parse at character 5: “bar” is not expected there'],
    ['foo{a="b}', 'the PromQL does not parse at character 7: a text without its closing quote'],
  ])('of %s: said not to parse', (expr, message) => {
    expect(metricNamesIn(expr)).toEqual({ ok: false, message });
  });

  test('any text is either parsed or refused in words', () => {
    const pieces = fc.constantFrom(
      'sum(',
      ')',
      'x',
      '[5m]',
      '{',
      '}',
      '"',
      '`',
      'or',
      ' ',
      'vector(0)',
      '\\',
      '\u202e',
      '#',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const expr = parts.join('');
        const read = metricNamesIn(expr);
        expect(read.ok || read.message.length > 0).toBe(true);
        constantFallbacks(expr);
        affirms(expr);
      }),
    );
  });
});

describe('constant fallbacks', () => {
  test.each([
    ['sum(x) or vector(0)', [['or vector(0)', 'sum(x)']]],
    ['(sum(rate(x[5m])) or on() vector(0)) / 10 < 3', [['or on() vector(0)', 'sum(rate(x[5m]))']]],
    ['vector(0) or sum(x)', [['vector(0) or', 'sum(x)']]],
    ['x or vector(-1)', [['or vector(-1)', 'x']]],
    ['x or (up * 0)', [['or (up * 0)', 'x']]],
    ['x or sum(0 * up)', [['or sum(0 * up)', 'x']]],
    ['(x > 5) or vector(0)', [['or vector(0)', 'x']]],
    ['(5 < x and y) or vector(0)', [['or vector(0)', 'x']]],
    [
      '(sum(a) or vector(0)) + (sum(b) or vector(0))',
      [
        ['or vector(0)', 'sum(a)'],
        ['or vector(0)', 'sum(b)'],
      ],
    ],
    ['sum(a) or sum(b)', []],
    ['sum(a) or sum(b) or vector(0)', [['or vector(0)', 'sum(a) or sum(b)']]],
    ['x / up', []],
    ['x{note="or vector(0)"}', []],
  ])('of %s', (expr, expected) => {
    expect(constantFallbacks(expr).map(({ text, guarded }) => [text, guarded])).toEqual(expected);
  });
});

describe('how a condition says yes', () => {
  test.each([
    ['sum(rate(x[5m])) == 0', 'there'],
    ['(x > 1) and (y > 1)', 'there'],
    ['x == bool 0', 'nonzero'],
    ['absent(x)', 'nonzero'],
    ['x or (y > 1)', 'nonzero'],
    ['(x > 1) or (y > 1)', 'there'],
  ])('%s: %s', (expr, how) => {
    expect(affirms(expr)).toBe(how);
  });

  test('no series never says yes; NaN and 0 do not either', () => {
    expect(holdsWith('there', [])).toBe(false);
    expect(holdsWith('there', ['0'])).toBe(true);
    expect(holdsWith('nonzero', ['0'])).toBe(false);
    expect(holdsWith('nonzero', ['NaN'])).toBe(false);
    expect(holdsWith('nonzero', ['1', '2'])).toBe(true);
  });
});

test('strings of PromQL are read as Go reads them', () => {
  expect(unquote('"a\\"b\\n\\u00e9\\101"')).toBe('a"b\n\u00e9A');
  expect(unquote('`a\\n`')).toBe('a\\n');
  expect(unquote('"a\\"')).toBe(null);
  expect(unquote('"')).toBe(null);
  expect(parsePromql('x{a="\\\\"}').ok).toBe(true);
});

test('a function of Prometheus 2 is read, and a fault after it is found where it is', () => {
  expect(metricNamesIn('holt_winters(a[5m], 0.3, 0.3)')).toMatchObject({ ok: true, names: ['a'] });
  expect(parsePromql('holt_winters(a[5m], 0.3) )')).toMatchObject({
    message: 'the PromQL does not parse at character 26: “)” is not expected there',
  });
});

describe('long and deep expressions', () => {
  const each = (count: number, name: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => name(n));

  test.each(['+', 'or', '*', '== bool'])('a chain of 2 000 by `%s` is read whole', (operator) => {
    const names = metricNamesIn(each(2000, (n) => `m${n}{a="b"}`).join(` ${operator} `));
    expect(names.ok && names.names.length).toBe(2000);
  });

  test('a fault at the end of a long chain is found there', () => {
    const parse = parsePromql(`${each(1000, (n) => `m${n}`).join(' + ')} + )`);
    expect(parse).toMatchObject({ ok: false, message: expect.stringMatching(/at character 6891:/) });
  });

  test.each([
    ['brackets', `${'('.repeat(399)}a${')'.repeat(399)}`, `${'abs('.repeat(401)}a${')'.repeat(401)}`],
    ['powers', `${'a^'.repeat(399)}a`, `${'a^'.repeat(401)}a`],
    ['signs', `${'-'.repeat(399)}a`, `${'- '.repeat(401)}a`],
  ])('%s are read some hundreds deep, and more is said to be too deep', (_, read, refused) => {
    expect(metricNamesIn(read)).toEqual({ ok: true, names: ['a'], patterns: [] });
    const message = 'the PromQL is nested more than 400 deep and was not parsed';
    expect(parsePromql(refused)).toEqual({ ok: false, message });
  });

  test('brackets in texts and comments are not nested', () => {
    const text = `sum(a{b=~"${'('.repeat(500)}${'\\\\)'.repeat(9)}", c='${'{'.repeat(500)}'}) # ${'('.repeat(500)}\n+ b`;
    expect(metricNamesIn(text)).toEqual({ ok: true, names: ['a', 'b'], patterns: [] });
  });
});
