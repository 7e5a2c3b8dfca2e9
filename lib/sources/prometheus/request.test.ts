import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiUrl, chunkNames, formBody, namesSelector, promqlDuration } from './request.ts';

describe('a form body', () => {
  test('is read back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (value) => {
        expect(new URLSearchParams(formBody({ query: value })).get('query')).toBe(value.toWellFormed());
      }),
    );
  });

  test('leaves alone what stands between names, which would treble', () => {
    expect(formBody({ query: '{__name__=~"a|b"}[60s]' })).toBe('query={__name__%3D~%22a|b%22}[60s]');
  });
});

test('a name is a pattern of itself alone, within a PromQL string', () => {
  expect(namesSelector(['a.b', 'c|d', 'e"f', 'g:h_i'])).toBe('{__name__=~"a\\\\.b|c\\\\|d|e\\"f|g:h_i"}');
});

describe('chunks of names', () => {
  test('hold every name once, in order, and stay within their bytes', () => {
    const names = fc.array(fc.stringMatching(/^[a-z.]{1,20}$/), { maxLength: 50 });
    fc.assert(
      fc.property(names, fc.integer({ min: 30, max: 200 }), (all, bytes) => {
        const chunks = chunkNames(all, bytes);
        expect(chunks.flat()).toEqual(all);
        for (const chunk of chunks) {
          if (chunk.length > 1) expect(formBody({ q: namesSelector(chunk) }).length).toBeLessThan(bytes + 60);
        }
      }),
    );
  });
});

test('an address may have a path of its own', () => {
  expect(apiUrl('https://metrics.example/prometheus/', 'query')).toBe(
    'https://metrics.example/prometheus/api/v1/query',
  );
});

test('a duration is one that every PromQL reads', () => {
  expect(promqlDuration(60_000)).toBe('60s');
  expect(promqlDuration(1500)).toBe('1500ms');
});
