import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogue } from './mistakes/catalogue.fixture.ts';
import { sound } from './mistakes/sound.fixture.ts';
import { readSpec } from './read.ts';

const signs = [
  ...':-?[]{},&*!|>%@`"\'#~<= \t\n\r\\\u0000\u00e9\u0430\u202e\ufeff\ud800',
  'null',
  'true',
  '.nan',
  '---\n',
  '!!str ',
  '<<: ',
  '*a ',
  '&a ',
  '1e999',
  '0x10',
];
const places = fc.nat({ max: sound.length });
const pieces = fc.oneof(fc.constantFrom(...signs), fc.string({ maxLength: 12 }), slices());

/** One change of a text: something put in, taken out, put in place of something else, or moved. */
const change = fc.oneof(
  fc.record({ at: places, cut: fc.constant(0), put: pieces }),
  fc.record({ at: places, cut: fc.integer({ min: 1, max: 40 }), put: fc.constant('') }),
  fc.record({ at: places, cut: fc.integer({ min: 1, max: 40 }), put: pieces }),
);

test('whatever is changed in a sound text, it is read or its faults stand inside it; nothing is thrown', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      const text = changes.reduce(
        (before, { at, cut, put }) => before.slice(0, at) + put + before.slice(at + cut),
        sound,
      );
      const read = readSpec(text, { catalogue, name: 'aurora.yaml' });
      if (read.ok) return;
      const lines = text.split('\n');
      expect(read.problem.faults.length).toBeGreaterThan(0);
      for (const { line, column, message } of read.problem.faults) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 2);
        expect(message).toMatch(/[.!?”]$/);
      }
    }),
    { numRuns: 400 },
  );
});

test('any text at all is answered', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((parts) => parts.join('')),
      ),
      (text) => {
        const read = readSpec(text, { catalogue, name: 'any.yaml' });
        expect(read.ok).toBe(false);
      },
    ),
    { numRuns: 400 },
  );
});

function slices(): fc.Arbitrary<string> {
  return fc
    .tuple(places, fc.integer({ min: 1, max: 60 }))
    .map(([at, length]) => sound.slice(at, at + length));
}
