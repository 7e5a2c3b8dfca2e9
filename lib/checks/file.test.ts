import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import { absentAt, commit, faultsOf, fileAt, judgeOver } from './file.fixture.ts';
import { file } from './file.ts';

const payload = {
  type: 'object',
  required: ['mode'],
  properties: { mode: { enum: ['batch', 'real-time'] }, quorum: { type: 'integer', maximum: 1_000_000 } },
  additionalProperties: false,
};

describe('what it comes to', () => {
  test.each<[string, JsonObject, ReturnType<typeof fileAt>, string, string]>([
    ['there', {}, fileAt('a', 'x'), 'pass', 'a is there at 3f2a00000000, 1 bytes, and as declared.'],
    [
      'an empty file is there',
      {},
      fileAt('a', ''),
      'pass',
      'a is there at 3f2a00000000, 0 bytes, and as declared.',
    ],
    [
      'a folder is there',
      {},
      fileAt('a', null, { found: 'folder' }),
      'pass',
      'a is there at 3f2a00000000, a folder, and as declared.',
    ],
    ['a binary file is there', {}, fileAt('a', null, { whyNoText: 'binary', bytes: 9 }), 'pass', '9 bytes'],
    ['a large file is there', {}, fileAt('a', null, { whyNoText: 'too-large' }), 'pass', 'as declared'],
    ['an LFS file is there', {}, fileAt('a', null, { whyNoText: 'lfs-pointer' }), 'pass', 'as declared'],
    ['absent', {}, absentAt('a'), 'fail', 'a at 3f2a00000000: it is not there.'],
    [
      'absent in this letter case',
      {},
      absentAt('a', { alike: 'A' }),
      'fail',
      'it is not there; A is, and differs in letter case',
    ],
    ['a folder for a file', { is: 'file' }, fileAt('a', null, { found: 'folder' }), 'fail', 'it is a folder'],
    [
      'a folder where content is wanted',
      { minBytes: 1 },
      fileAt('a', null, { found: 'folder' }),
      'fail',
      'it is a folder',
    ],
    ['a file for a folder', { is: 'folder' }, fileAt('a', 'x'), 'fail', 'it is a file'],
    [
      'a link',
      {},
      fileAt('a', null, { found: 'symlink', target: '../b' }),
      'unknown',
      'a symbolic link to ../b',
    ],
    ['a submodule', {}, fileAt('a', null, { found: 'submodule' }), 'unknown', 'it is a submodule'],
    ['enough bytes', { minBytes: 3 }, fileAt('a', 'abc'), 'pass', '3 bytes'],
    ['too few bytes', { minBytes: 4 }, fileAt('a', 'abc'), 'fail', 'it has 3 of at least 4 bytes'],
    [
      'an LFS pointer is not measured',
      { minBytes: 4 },
      fileAt('a', null, { whyNoText: 'lfs-pointer', bytes: 130 }),
      'unknown',
      'Git LFS',
    ],
    [
      'a line matches',
      { matches: '^## Rollback$' },
      fileAt('a', '# Ops\r\n## Rollback\r\n'),
      'pass',
      'as declared',
    ],
    [
      'no line matches',
      { matches: '^## Rollback$' },
      fileAt('a', '# Ops\n### Rollback\n'),
      'fail',
      'no line matches ^## Rollback$',
    ],
    [
      'binary for a match',
      { matches: 'x' },
      fileAt('a', null, { whyNoText: 'binary' }),
      'unknown',
      'it is not UTF-8 text',
    ],
    [
      'too large for a match',
      { matches: 'x' },
      fileAt('a', null, { whyNoText: 'too-large' }),
      'unknown',
      'over 1 MiB',
    ],
    [
      'an LFS pointer is not matched',
      { matches: 'oid' },
      fileAt('a', null, { whyNoText: 'lfs-pointer' }),
      'unknown',
      'Git LFS',
    ],
    ['JSON by its schema', { schema: payload }, fileAt('a.json', '{"mode":"batch"}'), 'pass', 'as declared'],
    [
      'JSON with a byte order mark',
      { schema: payload },
      fileAt('a.json', '\uFEFF{"mode":"batch"}'),
      'pass',
      'as declared',
    ],
    [
      'YAML by its schema',
      { schema: payload },
      fileAt('a.yml', 'mode: real-time\nquorum: 5\n'),
      'pass',
      'as declared',
    ],
    [
      'JSON against its schema',
      { schema: payload },
      fileAt('a.json', '{"mode":"now","x":1}'),
      'fail',
      '/mode must be equal to one of the allowed values: ["batch","real-time"]',
    ],
    [
      'a key too many is named',
      { schema: payload },
      fileAt('a.json', '{"mode":"batch","x":1}'),
      'fail',
      'must NOT have additional properties: "x"',
    ],
    ['half a JSON', { schema: payload }, fileAt('a.json', '{"mode":'), 'fail', 'it is not JSON'],
    ['broken YAML', { schema: payload }, fileAt('a.yaml', 'mode: [batch'), 'fail', 'it is not YAML'],
    ['YAML aliases that explode', { schema: payload }, fileAt('a.yaml', bomb()), 'fail', 'it is not YAML'],
    [
      'YAML with what JSON cannot say',
      { schema: payload },
      fileAt('a.yaml', 'mode: .nan'),
      'fail',
      'JSON has no word for',
    ],
    [
      'JSON nested without end',
      { schema: payload },
      fileAt('a.json', `${'['.repeat(1e5)}${']'.repeat(1e5)}`),
      'fail',
      'nested too deeply',
    ],
    [
      'several faults are all told',
      { minBytes: 100, matches: 'zz' },
      fileAt('a', 'x'),
      'fail',
      'it has 1 of at least 100 bytes; no line matches zz',
    ],
  ])('%s', (_name, parameters, seen, verdict, words) => {
    const judgement = judgeOver(file, { path: 'a', ...parameters }, seen);
    expect([judgement.verdict, judgement.sentence]).toEqual([verdict, expect.stringContaining(words)]);
    expect(judgement.toGreen.length > 0).toBe(verdict !== 'pass');
  });

  test('a failure is not hidden by what cannot be told', () => {
    const judgement = judgeOver(
      file,
      { path: 'a', minBytes: 9, matches: 'x' },
      fileAt('a', null, { whyNoText: 'binary', bytes: 1 }),
    );
    expect(judgement.verdict).toBe('fail');
  });
});

test('only another commit is no new fact; another content is', () => {
  const at = (given: Parameters<typeof fileAt>[2]) =>
    judgeOver(file, { path: 'a' }, fileAt('a', 'x', given)).deciding;
  expect(at({ commit: 'c'.repeat(40) })).toEqual(at({}));
  expect(at({ sha256: 'e'.repeat(64) })).not.toEqual(at({}));
});

test.each([
  ['/srv/launch', 'docs/a.md', `git show ${commit}:docs/a.md`, null],
  ['/srv/launch', "it's $(x)", `git show '${commit}:it'\\''s $(x)'`, null],
  [
    'https://github.com/the-block/node.git',
    'a b/#.md',
    `git show '${commit}:a b/#.md'`,
    `https://github.com/the-block/node/blob/${commit}/a%20b/%23.md`,
  ],
  [
    'https://gitlab.com/g/sub/node',
    'a.md',
    `git show ${commit}:a.md`,
    `https://gitlab.com/g/sub/node/-/blob/${commit}/a.md`,
  ],
  ['https://github.com.evil.org/x/y', 'a.md', `git show ${commit}:a.md`, null],
])('at %s, %s can be looked at again', (address, path, text, href) => {
  const { again } = judgeOver(file, { path }, fileAt(path, 'x'), address);
  expect(again).toEqual({ language: 'git', text, fault: null, href });
});

test.each<[JsonObject, string]>([
  [{ path: '../x' }, 'path: a path does not leave the repository'],
  [{ path: '/x' }, 'path: write the path from the repository’s root'],
  [{ path: 'a', matches: '(?=x)' }, 'matches: the pattern looks ahead or behind'],
  [{ path: 'a', schema: { type: 'objekt' } }, 'schema: '],
  [{ path: 'a', schema: { typ: 'object' } }, 'schema: strict mode: unknown keyword: "typ"'],
  [{ path: 'a', schema: { $ref: 'https://example.org/x.json' } }, "schema: can't resolve reference"],
  [{ path: 'a', schema: { type: 'string', pattern: '(a)\\1' } }, 'schema: the pattern refers back'],
  [
    { path: 'a', schema: { type: 'array', uniqueItems: true } },
    'schema: uniqueItems wants items of a plain type',
  ],
  [{ path: 'a', is: 'folder', matches: 'x' }, 'is: a folder has no content'],
  [{ path: 'a', minBytes: 0 }, 'minBytes: '],
  [{ path: 'a', match: 'x' }, 'Unrecognized key: "match"'],
])('%j is refused', (parameters, words) => {
  expect(faultsOf(file, parameters).join('\n')).toContain(words);
});

function bomb(): string {
  const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
  for (let level = 1; level < 12; level += 1)
    lines.push(
      `a${level}: &a${level} [${Array(10)
        .fill(`*a${level - 1}`)
        .join(',')}]`,
    );
  return lines.join('\n');
}

test('names in a document that cannot be seen or kept come as their code points', () => {
  const schema = { type: 'object', additionalProperties: { type: 'string' } };
  const text = '{"a\\u0000\\u202eb": 1, "c\\ud800": 1}';
  const { sentence } = judgeOver(file, { path: 'a', schema }, fileAt('a', text));
  expect(sentence).toContain('/aU+0000U+202Eb must be string, /c\ufffd must be string');
});
