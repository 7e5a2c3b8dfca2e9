import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChecklistDocument, readDocument } from './document.ts';
import { documents } from './markdown.fixture.ts';

function read(text: string): ChecklistDocument {
  const result = readDocument(text);
  if (!result.ok) throw new Error(result.message);
  return result.document;
}

const entriesOf = (text: string): string[] =>
  read(text).entries.map(({ kind, done, text: said, line, parent }) =>
    [kind, done ? 'x' : 'o', line, said, ...(parent === null ? [] : [`in ${parent}`])].join(' '),
  );

describe('what is a box', () => {
  test.each<[string, string, string[]]>([
    [
      'four deep, each in the one around it',
      '- [ ] a\n  - [ ] b\n    * [x] c\n      1. [ ] d\n',
      ['box o 1 a', 'box o 2 b in 0', 'box x 3 c in 1', 'box o 4 d in 2'],
    ],
    ['any marker, either letter', '* [x] a\n+ [X] b\n1) [ ] c\n', ['box x 1 a', 'box x 2 b', 'box o 3 c']],
    ['with tabs', '- [ ] a\n\t- [x]\tb\n', ['box o 1 a', 'box x 2 b in 0']],
    [
      'with Windows line ends, a byte order mark, no last line end',
      '\ufeff- [ ] a\r\n- [x] b',
      ['box o 1 a', 'box x 2 b'],
    ],
    ['in quotes', '> - [ ] a\n>   - [x] b\n', ['box o 1 a', 'box x 2 b in 0']],
    [
      'in cells',
      '| a | b |\n|--|--|\n| [x] one | two |\n| [ ] | three |\n',
      ['cell x 3 two · one', 'cell o 4 three'],
    ],
    ['over two lines', '- [ ] a\n  b\n', ['box o 1 a b']],
    ['under a plain bullet', '- plain\n  - [ ] b\n', ['box o 2 b']],
    ['not in fences', '```\n- [ ] a\n```\n~~~md\n- [ ] b\n', []],
    ['not in comments', '<!--\n- [ ] a\n\n- [ ] b\n-->\n- [ ] c\n', ['box o 6 c']],
    ['not indented as code', 'text\n\n    - [ ] a\n', []],
    [
      'two in a cell',
      '| a | b |\n|--|--|\n| x | [x] one<br>[ ] two |\n',
      ['cell x 3 x · one', 'cell o 3 x · two'],
    ],
    ['by GitHub’s names of emoji', '- :white_check_mark: a\n- :x: b\n', ['mark x 1 a', 'mark o 2 b']],
    ['twice the same', '- [ ] a\n- [ ] a\n', ['box o 1 a', 'box o 2 a']],
  ])('%s', (_name, text, expected) => {
    expect(entriesOf(text)).toEqual(expected);
  });

  test('a table of contents is none, and loses nothing', () => {
    const text = '# T\n\n## Contents\n\n- [x](#x)\n- [One](#one)\n  - [Two](#two)\n\n## One\n\n- [ ] a\n';
    expect(entriesOf(text)).toEqual(['box o 11 a']);
    expect(read(text).notUnderstood).toEqual([]);
  });

  test('what only looks like one is told of', () => {
    const looks = read('- []  a\n\n[ ] b\n').notUnderstood;
    expect(looks.map(({ line, what }) => [line, what])).toEqual([
      [1, 'looks like a box, and is none on GitHub'],
      [3, 'looks like a box, and is none on GitHub'],
    ]);
  });
});

describe('marks', () => {
  test.each([
    ['✅ Done', 'x'],
    ['Done', 'x'],
    ['**Complete**', 'x'],
    ['🟢', 'x'],
    ['100%', 'x'],
    ['❌', 'o'],
    ['⚠️ partly', 'o'],
    ['🟡', 'o'],
    ['⏳ waiting', 'o'],
    ['In progress', 'o'],
    ['Not started', 'o'],
    ['85%', 'o'],
    ['', 'o'],
  ])('a status of %j', (cell, state) => {
    const text = `| Task | Status |\n|---|---|\n| a | ${cell} |\n| b | ✅ |\n`;
    expect(entriesOf(text)[0]).toMatch(new RegExp(`^mark ${state} 3 a`));
  });

  test('a table of several states has one for each', () => {
    const text = '| | Linux | Mac |\n|-|-|-|\n| build | ✅ | ❌ |\n';
    expect(entriesOf(text)).toEqual(['mark x 3 build · Linux', 'mark o 3 build · Mac']);
  });

  test('a table without states is told of', () => {
    expect(read('| a | b |\n|-|-|\n| 1 | 2 |\n').notUnderstood).toMatchObject([
      { line: 1, endLine: 3, what: 'a table' },
    ]);
  });

  test('a heading’s is a claim about it', () => {
    expect(read('## Stride 1: Treasury ✅ READY\n').sections).toMatchObject([
      { title: 'Stride 1: Treasury', claim: 'done', claimText: 'READY' },
    ]);
  });
});

test('a box that no reader draws is listed by its own line, in HTML and behind a bullet’s text', () => {
  const text = '<details>\n- [ ] a\n</details>\n\n- ☑ b\n☐ c\n\nsee <input type="checkbox"> d\n';
  expect(entriesOf(text)).toEqual(['mark x 5 b']);
  const boxes = read(text).notUnderstood.filter(({ what }) => /box/.test(what));
  expect(boxes.map(({ line }) => line)).toEqual([2, 6, 8]);
});

test('front matter is no heading, and is listed', () => {
  const { sections, notUnderstood } = read('---\ntitle: a\nlabels:\n  - b\n---\n\n# L\n\n- [ ] c\n');
  expect(sections.map(({ title }) => title)).toEqual(['L']);
  expect(notUnderstood).toMatchObject([{ line: 1, endLine: 5, what: 'front matter' }]);
  expect(read('---\n\n- [ ] a\n\n---\n').entries).toHaveLength(1);
});

test('a table that asks for a go is a table of who signs', () => {
  const { signers } = read('| Team | Person | Go/No-Go |\n|-|-|-|\n| QA | Ada | GO |\n');
  expect(signers).toEqual([{ title: 'QA', name: 'Ada', line: 3 }]);
});

test('who signs: lines with blanks, tables, lines with names', () => {
  const text = `## Sign-Off

\`\`\`
[TEAM]
Treasury Lead:  ____________  Date: ____
\`\`\`

| Role | Name | Date |
|------|------|------|
| SRE | Ada Byron | |

Release Manager: Mara Okafor  Date: 2026-01-02
`;
  const { signers, notUnderstood } = read(text);
  expect(signers.map(({ title, name, line }) => [title, name, line])).toEqual([
    ['Treasury Lead', null, 5],
    ['SRE', 'Ada Byron', 10],
    ['Release Manager', 'Mara Okafor', 12],
  ]);
  expect(notUnderstood).toEqual([]);
});

test('every line that is not empty became something or is listed, and never both', () => {
  fc.assert(
    fc.property(documents, (text) => {
      const result = readDocument(text);
      if (!result.ok) return;
      const { kept, notUnderstood } = result.document;
      const listed = new Set<number>();
      for (const { line, endLine } of notUnderstood)
        for (let at = line; at <= endLine; at += 1) listed.add(at);
      const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
      for (const [index, line] of lines.entries()) {
        const at = index + 1;
        if (line.trim() !== '') expect([kept.has(at), listed.has(at)], `line ${at}: ${line}`).toContain(true);
        expect(kept.has(at) && listed.has(at), `line ${at} twice: ${line}`).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});

describe('attack 17: what is not read is refused, and hostile Markdown does not hang', () => {
  test.each([
    ['NUL', '\0'.repeat(5_000_000), /binary/],
    ['quotes in quotes', '>'.repeat(1_000_000), /Line 1 is nested/],
    [
      'a staircase',
      Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(2 * depth)}- [ ] a`).join('\n'),
      /nested/,
    ],
    ['a million boxes', '- [ ] a\n'.repeat(600_000), /over 100000/],
    ['20 000 boxes', '- [ ] a\n'.repeat(20_000), /over 10000/],
    ['9 MB', 'a'.repeat(9_000_000), /over 8 Mi/],
  ])('%s', (_name, text, message) => {
    expect(readDocument(text)).toEqual({ ok: false, message: expect.stringMatching(message) });
  });

  test('links that run, raw HTML and pictures are words of the item, and nothing more', () => {
    const text = [
      '- [ ] [Open](javascript:alert(1)) <script>alert(1)</script> a',
      '- [ ] ![x](data:text/html,<script>1</script>) b',
      '- [ ] <svg onload=alert(1)> c',
    ].join('\n');
    expect(entriesOf(text)).toEqual([
      'box o 1 [Open](javascript:alert(1)) <script>alert(1)</script> a',
      'box o 2 x b',
      'box o 3 <svg onload=alert(1)> c',
    ]);
  });

  test.each([
    ['a million brackets', `- [ ] ${'['.repeat(1_000_000)}`],
    ['links that never close', `- [ ] ${'[]('.repeat(300_000)}`],
    ['backticks', `- [ ] ${'`'.repeat(1_000_000)}`],
    ['comments that never close', `- [ ] ${'<!--'.repeat(250_000)}`],
    ['number signs', `- [ ] a\n\n# ${'#'.repeat(1_000_000)} a\n`],
    ['spaces', `- [ ] a\n\n${`a${' '.repeat(5000)}b\n`.repeat(500)}`],
    ['bars', `- [ ] a\n\n${'|'.repeat(500_000)}\n${'|-'.repeat(500_000)}|\n`],
    ['a paragraph of 5 MB', `- [ ] a\n\n${'word [x] foo `bar` | baz\n'.repeat(200_000)}`],
  ])('%s: read', (_name, text) => {
    expect(read(text).entries).toHaveLength(1);
  });
});
