import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checklist } from './checklist.ts';
import { absentAt, faultsOf, fileAt, judgeOver } from './file.fixture.ts';

const judge = (text: string, section?: string) =>
  judgeOver(
    checklist,
    { path: 'LIST.md', ...(section === undefined ? {} : { section }) },
    fileAt('LIST.md', text),
  );

const counts = (text: string, section?: string) => {
  const { verdict, fact } = judge(text, section);
  return `${verdict} ${fact.lead}`;
};

describe('which boxes count', () => {
  test.each<[string, string, string]>([
    ['ticked ones', '- [x] a\n- [X] b\n* [x] c\n+ [x] d\n', 'pass 4 of 4.'],
    ['an open one', '- [x] a\n- [ ] b\n', 'fail 1 of 2.'],
    ['ordered lists', '1. [x] a\n2. [ ] b\n', 'fail 1 of 2.'],
    ['nested ones, each', '- [x] a\n  - [ ] b\n    1. [x] c\n', 'fail 2 of 3.'],
    ['a nested one under plain text', '- plain\n  - [ ] b\n', 'fail 0 of 1.'],
    ['ones in quotes', '> - [ ] a\n', 'fail 0 of 1.'],
    ['ones with a tab or Windows line ends', '- [x]\ta\r\n- [ ] b\r\n', 'fail 1 of 2.'],
    ['struck out is still open', '- [ ] ~~dropped~~\n', 'fail 0 of 1.'],
    ['a box over two lines', '- [ ] a\n  b\n', 'fail 0 of 1.'],
    ['ones in a fence are code', '```md\n- [ ] a\n```\n- [x] b\n', 'pass 1 of 1.'],
    ['ones in a fence of tildes, unclosed', '- [x] b\n\n~~~\n- [ ] a\n', 'pass 1 of 1.'],
    ['ones in a nested fence are code', '- [x] b\n  ```sh\n  - [ ] a\n  ```\n', 'pass 1 of 1.'],
    ['ones indented as code', '- [x] b\n\ntext\n\n    - [ ] a\n', 'pass 1 of 1.'],
    ['ones in a comment are gone', '<!--\n- [ ] a\n-->\n\n- [x] b\n', 'pass 1 of 1.'],
    [
      'in a sentence, link or cell it is text',
      'see [ ] here\n\n- [x] b [ ] c\n- [x](y)\n\n|a|\n|-|\n|[ ] q|\n',
      'pass 1 of 1.',
    ],
    ['an escaped one is text', '- \\[ ] a\n- [x] b\n', 'pass 1 of 1.'],
    ['a title does not', '# [ ] a\n\n- [x] b\n', 'pass 1 of 1.'],
    ['none at all', '# Title\n\nAll done!\n', 'unknown 0 of 0.'],
    ['an empty file', '', 'unknown 0 of 0.'],
  ])('%s', (_name, text, expected) => {
    expect(counts(text)).toBe(expected);
  });

  test.each([
    '- []  a',
    '- [ ]',
    '- [  ] a',
    '- [-] a',
    '- [~] a',
    '- [✓] a',
    '- [ x ] a',
    '- ☐ a',
    '[ ] a',
    '> [ ] a',
  ])('%j looks like a box: it is not counted, and the list does not pass', (line) => {
    const { verdict, fact, toGreen } = judge(`- [x] b\n\n${line}\n`);
    expect([verdict, fact]).toEqual([
      'unknown',
      { lead: '1 of 1.', rest: 'Line 3 looks like a box and is none.' },
    ]);
    expect(toGreen).toEqual(['Line 3: write “- [ ] …” or “- [x] …”.']);
  });

  test.each(['- [1] see below', '- [a]: x', '- [link][ref]', '- (x) a', 'text\n[ ] a'])(
    '%j does not',
    (line) => {
      expect(counts(`- [x] b\n\n${line}\n`)).toBe('pass 1 of 1.');
    },
  );
});

describe('sections', () => {
  const text = [
    '- [ ] before',
    '# Freeze',
    '- [x] a',
    '## Keys ##',
    '- [x] b',
    '# Launch',
    '- [ ] c',
    '```',
    '# Freeze',
    '```',
    '- [ ] d',
    '# *Freeze*',
    '- [ ] e',
  ].join('\n');

  test.each([
    ['Launch', 'fail 0 of 2.'],
    ['Keys', 'pass 1 of 1.'],
    ['keys', 'pass 1 of 1.'],
    ['#keys', 'pass 1 of 1.'],
    ['#freeze', 'pass 2 of 2.'],
    ['#freeze-1', 'fail 0 of 1.'],
    ['Freeze', 'fail 2 of 3.'],
  ])('%s', (section, expected) => {
    expect(counts(text, section)).toBe(expected);
  });

  test('one that is not there fails and says so', () => {
    expect(judge(text, 'Rollback').sentence).toBe('LIST.md at 3f2a00000000: it has no heading “Rollback”.');
    expect(judge(text, 'Rollback').verdict).toBe('fail');
  });
});

describe('what it says', () => {
  test('names the first open boxes with their lines, without marks', () => {
    const text =
      '# A\n\n- [ ] **Freeze** `genesis.json`\n- [ ] [Two](x)\n- [x] ok\n- [ ] Three\n- [ ] Four\n';
    const { sentence, toGreen, picture } = judge(text);
    expect(sentence).toBe(
      'LIST.md at 3f2a00000000: 1 of 5 boxes are ticked. Open: line 3 “Freeze genesis.json”, line 4 “Two”, line 6 “Three” and 1 more.',
    );
    expect(toGreen).toEqual(['Line 3: Freeze genesis.json', 'Line 4: Two', 'Line 6: Three', 'Line 7: Four']);
    expect(picture).toEqual({ kind: 'boxes', done: 1, total: 5 });
  });

  test('what cannot be seen is taken out of a box’s words', () => {
    expect(judge('- [ ] a\u202eb\u001b[31m\u200b\n').toGreen).toEqual(['Line 1: ab[31m']);
  });

  test('a new commit or another paragraph is no new fact; a ticked, added or reworded box is', () => {
    const facts = (text: string) => judge(text).deciding;
    const base = facts('- [x] a\n- [ ] b\n');
    expect(facts('Hello\n\n- [x] a\n- [ ] b\n')).toEqual(base);
    for (const other of ['- [x] a\n- [x] b\n', '- [x] a\n- [ ] b\n- [ ] c\n', '- [x] a\n- [ ] c\n'])
      expect(facts(other)).not.toEqual(base);
  });

  test.each([
    [absentAt('LIST.md'), 'fail', 'it is not there'],
    [absentAt('LIST.md', { alike: 'list.md' }), 'fail', 'list.md is, and differs in letter case'],
    [fileAt('LIST.md', null, { found: 'folder' }), 'fail', 'it is a folder'],
    [fileAt('LIST.md', null, { found: 'symlink' }), 'unknown', 'it is a symlink'],
    [fileAt('LIST.md', null, { whyNoText: 'binary' }), 'unknown', 'it is not UTF-8'],
    [fileAt('LIST.md', null, { whyNoText: 'too-large' }), 'unknown', 'over 1 MiB'],
    [fileAt('LIST.md', null, { whyNoText: 'lfs-pointer' }), 'unknown', 'Git LFS'],
  ])('%#', (seen, verdict, words) => {
    const judgement = judgeOver(checklist, { path: 'LIST.md' }, seen);
    expect([judgement.verdict, judgement.sentence]).toEqual([verdict, expect.stringContaining(words)]);
  });

  test('a path out of the repository is refused', () => {
    expect(faultsOf(checklist, { path: '../LIST.md' })).toEqual([
      'path: a path does not leave the repository: take .. out',
    ]);
  });
});

describe('what is made to be slow', () => {
  test.each([
    ['brackets', '['.repeat(250_000)],
    ['a million brackets', '['.repeat(1_000_000)],
    ['quotes in quotes', '>'.repeat(100_000)],
    ['lists in lists', '- '.repeat(100_000)],
    [
      'ever deeper lists',
      Array.from({ length: 700 }, (_, depth) => `${' '.repeat(2 * depth)}- [ ] x`).join('\n'),
    ],
    ['emphasis', '*a _a '.repeat(40_000)],
    ['links', '[a]('.repeat(60_000)],
    ['footnotes', '[^'.repeat(120_000)],
    ['code marks', Array.from({ length: 700 }, (_, run) => '`'.repeat(run)).join('a')],
    ['addresses', 'http://a@b.'.repeat(20_000)],
    ['tags', '<a '.repeat(80_000)],
    ['tables', `${'|a'.repeat(40_000)}\n${'|-'.repeat(40_000)}\n`],
    ['definitions', '[a]: <b> "'.repeat(20_000)],
    ['empty lines in quotes', '> \n>\n'.repeat(50_000)],
  ])('%s', (_name, text) => {
    expect(judge(text).verdict).toBe('unknown');
  });

  test('thirty thousand boxes are all counted', () => {
    expect(counts('- [x] a\n'.repeat(30_000))).toBe('pass 30000 of 30000.');
  });
});

const reference = new URL('../../../shared/reference/the-block/checklist-history/', import.meta.url);
describe.skipIf(!existsSync(reference))('real checklists, where they are at hand', () => {
  const files = existsSync(reference) ? readdirSync(reference).filter((name) => name.endsWith('.md')) : [];
  test.each(files)('%s: as many boxes as a plain count outside fences finds', (name) => {
    const text = readFileSync(new URL(name, reference), 'utf8');
    const lines = text.replace(/^```[\s\S]*?^```/gm, '').split('\n');
    const ticked = lines.filter((line) => /^\s*[-*+] \[[xX]\] \S/.test(line)).length;
    const open = lines.filter((line) => /^\s*[-*+] \[ \] \S/.test(line)).length;
    expect(judge(text).picture).toEqual({ kind: 'boxes', done: ticked, total: ticked + open });
  });
});
