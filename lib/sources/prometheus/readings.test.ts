import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRetention } from './absence.ts';
import { Families, familiesIn, readFamilies } from './families.ts';
import { groupByWindow, matchersFor } from './window.ts';

const day = 86_400_000;

describe('how long Prometheus keeps samples', () => {
  test.each([
    ['15d', 15 * day],
    ['1w3d', 10 * day],
    ['30d or 10GiB', 30 * day],
    ['512MB', null],
    ['', null],
    ['15 days', null],
  ])('%s', (text, ms) => {
    expect(readRetention(text)).toBe(ms);
  });
});

test('metadata gives all types that targets tell, and of another shape nothing', () => {
  const read = familiesIn({
    a: [{ type: 'counter' }, { type: 'gauge' }, { type: 'counter' }],
    b: [{ type: 'unknown' }],
    c: [{ type: 'gaugehistogram' }],
  });
  expect([...(read?.types ?? [])]).toEqual([
    ['a', ['counter', 'gauge']],
    ['b', ['untyped']],
    ['c', ['histogram']],
  ]);
  expect(familiesIn([])).toBeNull();
  expect(familiesIn({ a: [{ help: 'x' }] })).toBeNull();
});

describe('metadata read from its text', () => {
  const words = fc.constantFrom('counter', 'gauge', 'histogram', 'unknown', 'constructor', '');
  const entry = fc.record({ type: words, help: fc.string({ unit: 'binary' }), unit: fc.string() });
  const data = fc.dictionary(fc.string(), fc.array(entry, { minLength: 1, maxLength: 3 }));

  test('is what the general reader makes of it, or is left to that', () => {
    fc.assert(
      fc.property(data, (families) => {
        const read = readFamilies(JSON.stringify({ status: 'success', data: families }));
        const escaped = (text: string) => JSON.stringify(text) !== `"${text}"`;
        const plain = !JSON.stringify(families).includes('\\u') && !Object.keys(families).some(escaped);
        if (plain) expect(read).toBeInstanceOf(Families);
        if (read) expect(read).toEqual(familiesIn(families));
      }),
    );
  });

  const whole = '{"status":"success","data":{"a":[{"type":"gauge","help":"say \\"b\\":[{","unit":""}]}}';

  test('is refused at every place where it ends early, or goes on', () => {
    expect(readFamilies(whole)?.types).toEqual(new Map([['a', ['gauge']]]));
    expect(readFamilies(`${whole}\n`)).not.toBeNull();
    for (let length = 0; length < whole.length; length += 1)
      expect(readFamilies(whole.slice(0, length))).toBeNull();
    expect(readFamilies(`${whole}}`)).toBeNull();
    expect(readFamilies(whole.replace('}]}}', '}]},"warnings":["x"]}'))).toBeNull();
    expect(readFamilies(whole.replace('"a":[', '"b":[],"a":['))).toBeNull();
  });
});

describe('windows', () => {
  const question = (name: string, freshWithinMs: number, type: 'histogram' | null = null) =>
    ({ ask: 'metric', source: 's', name, type, job: null, freshWithinMs }) as const;

  test('near each other are one, the longest', () => {
    expect(
      groupByWindow([question('a', 30_000), question('b', 120_000)]).map(({ windowMs }) => windowMs),
    ).toEqual([120_000]);
  });

  test('are two at most, parted where they differ most', () => {
    const groups = groupByWindow(
      [30_000, 60_000, 900_000, 3_600_000].map((ms, index) => question(`m${index}`, ms)),
    );
    expect(groups.map(({ windowMs, questions }) => [windowMs, questions.length])).toEqual([
      [60_000, 2],
      [3_600_000, 2],
    ]);
  });

  test('take one bucket of a histogram, unless somebody declares buckets', () => {
    expect(matchersFor([question('a', 1, 'histogram')])).toBe(',le=~"|\\\\+Inf"');
    expect(matchersFor([question('a', 1, 'histogram'), question('b_bucket', 1)])).toBe('');
    expect(matchersFor([question('a', 1)])).toBe('');
  });
});
