import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMatrix } from './matrix.ts';
import { readSamples } from './samples.ts';
import type { Series } from './series.ts';

const text = (result: unknown) =>
  JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
const generally = (body: string): readonly Series[] => {
  const read = readSamples(JSON.parse(body).data);
  return read.ok ? read.series : [];
};
const facts = (series: readonly Series[] | undefined) =>
  series?.map((one) => ({
    name: one.name,
    labels: one.labels,
    points: one.points,
    native: one.native,
    lastAt: one.lastAt,
    lastText: one.lastText,
    line: one.line(3),
  }));

const values = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 4_000_000_000_000 }).map((ms) => ms / 1000),
    fc.oneof(fc.double().map(String), fc.constantFrom('NaN', '+Inf', '-Inf', '1e+06', '0')),
  ),
  { minLength: 1, maxLength: 9 },
);
const metric = fc.dictionary(fc.string(), fc.string());

describe('a matrix read from its text', () => {
  test('is what the general reader makes of it', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ metric, values }), { minLength: 1, maxLength: 4 }), (result) => {
        const body = text(result);
        expect(facts(readMatrix(body)?.series)).toEqual(facts(generally(body)));
      }),
    );
  });

  test('is null or the same, however a character of the text is changed', () => {
    const body = text([
      {
        metric: { __name__: 'a', job: 'n' },
        values: [
          [1.5, '2'],
          [2.5, '3'],
        ],
      },
    ]);
    const character = fc.constantFrom(...'[]{}",.:0-e\\ x\n');
    fc.assert(
      fc.property(fc.nat(body.length - 1), character, (at, put) => {
        const changed = body.slice(0, at) + put + body.slice(at + 1);
        const read = readMatrix(changed);
        if (read !== null) expect(facts(read.series)).toEqual(facts(generally(changed)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['nothing', text([])],
    ['histograms', text([{ metric: {}, histograms: [[1, { count: '1', sum: '1' }]] }])],
    ['values and histograms', text([{ metric: {}, values: [[1, '1']], histograms: [] }])],
    ['warnings', text([{ metric: {}, values: [[1, '1']] }]).replace(/\}$/, ',"warnings":["partial"]}')],
    ['half of it', text([{ metric: {}, values: [[1, '1']] }]).slice(0, -9)],
    ['a time before 1970', text([{ metric: {}, values: [[-1, '1']] }])],
    ['a value with an escape', text([{ metric: {}, values: [[1, '"']] }])],
    ['NUL in a label', text([{ metric: { a: '\0' }, values: [[1, '1']] }])],
    ['half a character in a label', text([{ metric: { a: '\ud800' }, values: [[1, '1']] }])],
    ['labels that nest', text([{ metric: { a: [] }, values: [[1, '1']] }])],
  ])('leaves %s to the general reader', (_what, body) => {
    expect(readMatrix(body)).toBeNull();
  });
});
