import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChecklist } from '#lib/checks/checklist-read.ts';
import { readDocument } from '#lib/spec/import/document.ts';

/** Lines of boxes by this reader, and by the one of the `checklist` check, which rests on micromark. */
function both(text: string): [readonly string[], readonly string[]] {
  const own = readDocument(text);
  const other = readChecklist(text, null);
  const told = (boxes: readonly { line: number; done: boolean }[]) =>
    boxes.map(({ line, done }) => `${line}${done ? 'x' : ' '}`);
  return [
    own.ok ? told(own.document.entries.filter(({ kind }) => kind === 'box')) : [],
    other.ok ? told(other.read.boxes.map(({ line, ticked }) => ({ line, done: ticked }))) : [],
  ];
}

const starts = ['', '', '', ' ', '  ', '    ', '      ', '\t', '> ', '>', '> > ', '- ', '1. ', '* ', '  - '];
const rests = [
  '- [ ] a',
  '- [x] b',
  '* [X] c',
  '+ [ ] d',
  '1. [ ] e',
  '-\t[ ] f',
  '-   [ ] g',
  '-     [ ] h',
  '- [ ]',
  '- plain',
  'text',
  '[ ] bare',
  '```',
  '```sh',
  '~~~',
  '# title',
  '---',
  '===',
  '<!-- open',
  '-->',
  '<!-- one -->',
  '<div>',
  '</div>',
  '| a | b |',
  '| - | - |',
  '***',
  '',
  '',
  '- # [ ] title',
  '- > [ ] quoted',
];

test('boxes are the ones that micromark finds, whatever stands around them', () => {
  // Of a marker without anything behind it the two make different things after indented code; CommonMark's own way is ours.
  const line = fc
    .tuple(fc.constantFrom(...starts), fc.constantFrom(...rests))
    .map((parts) => parts.join(''))
    .map((text) => (/^[\s>]*(?:[-*+]|1\.)\s*$/.test(text) ? 'text' : text));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const [own, other] = both(`${lines.join('\n')}\n`);
      expect(own).toEqual(other);
    }),
    { numRuns: 500 },
  );
});
