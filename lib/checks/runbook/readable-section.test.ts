import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DocumentBlock, DocumentText } from '#lib/domain/document.ts';
import { readableSection } from './readable-section.ts';

const head = '# Runbooks\n\n## Stuck\n\n';

function shown(markdown: string): readonly DocumentBlock[] {
  const read = readableSection(`${head}${markdown}\n\n## Other\n\nElsewhere.\n`, 'Stuck');
  if (!read.ok) throw new Error(read.message);
  return read.blocks;
}

/** Every address that a page would link, wherever it stands. */
function addresses(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(addresses);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'href' in value && typeof value.href === 'string' ? [value.href] : [];
  return [...own, ...Object.values(value).flatMap(addresses)];
}

test('a section is what stands under its heading, and no more', () => {
  expect(
    shown('### Symptoms\n\nIt is **slow**, see `last_error`.\n\n1. Look\n2. Mend\n\n- [x] told\n'),
  ).toEqual([
    { kind: 'heading', depth: 3, anchor: 'symptoms', text: [{ kind: 'text', text: 'Symptoms' }] },
    {
      kind: 'paragraph',
      text: [
        { kind: 'text', text: 'It is ' },
        { kind: 'strong', text: [{ kind: 'text', text: 'slow' }] },
        { kind: 'text', text: ', see ' },
        { kind: 'code', text: 'last_error' },
        { kind: 'text', text: '.' },
      ],
    },
    {
      kind: 'list',
      start: 1,
      items: ['Look', 'Mend'].map((text) => ({
        ticked: null,
        blocks: [{ kind: 'paragraph', text: [{ kind: 'text', text }] }],
      })),
    },
    {
      kind: 'list',
      start: null,
      items: [{ ticked: true, blocks: [{ kind: 'paragraph', text: [{ kind: 'text', text: 'told' }] }] }],
    },
  ]);
});

test('commands are code to be copied, and say where they do not parse', () => {
  expect(shown('```bash\ntrue\nif true; then\n```\n\n```json\n{\n```')).toEqual([
    {
      kind: 'code',
      language: 'bash',
      text: 'true\nif true; then',
      fault: { line: expect.any(Number), message: expect.any(String) },
    },
    { kind: 'code', language: 'json', text: '{', fault: null },
  ]);
});

test('a table is its cells', () => {
  const cell = (text: string): readonly DocumentText[] => [{ kind: 'text', text }];
  expect(shown('| Alert | Fires |\n|---|---|\n| Stuck | at once |')).toEqual([
    {
      kind: 'table',
      rows: [
        [cell('Alert'), cell('Fires')],
        [cell('Stuck'), cell('at once')],
      ],
    },
  ]);
});

test.each([
  ['a link to the web', '[a](https://example.com/x)', ['https://example.com/x']],
  ['a bare address', 'See https://example.com/x for more.', ['https://example.com/x']],
  ['a heading of the section', '### Symptoms\n\n[a](#symptoms)', ['#symptoms']],
  ['a heading of another section', '[a](#other)', []],
  ['javascript:', '[a](javascript:alert(1)) <javascript:alert(1)>', []],
  [
    'javascript: in capitals and with marks',
    '[a](JaVaScRiPt&colon;alert(1)) [b](java&#10;script:alert(1))',
    [],
  ],
  ['data:', '[a](data:text/html;base64,PHNjcmlwdD4=)', []],
  ['vbscript: and file:', '[a](vbscript:x) [b](file:///etc/passwd)', []],
  ['another host without a scheme', '[a](//evil.example/x)', []],
  ['a definition', '[a][b]\n\n[b]: javascript:alert(1)', []],
  ['a picture', '![a](https://evil.example/pixel.png)', []],
])('%s', (_, markdown, expected) => {
  expect(addresses(shown(markdown))).toEqual(expected);
});

test('an address that is not linked is there to be read', () => {
  expect(JSON.stringify(shown('[Open](javascript:alert(1))'))).toContain('javascript:alert(1)');
});

test.each(['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)></svg>'])(
  '%s is text',
  (html) => {
    for (const markdown of [html, `Look ${html} here`]) {
      const text = JSON.stringify(shown(markdown));
      expect(text).toContain(JSON.stringify(html.slice(0, html.indexOf('>') + 1)).slice(1, -1));
      expect(text).not.toMatch(/"kind":"(?!code|text|paragraph)/);
    }
  },
);

test('a comment is not shown, and marks that nobody sees stand as code points', () => {
  expect(shown('<!-- kept by hand -->')).toEqual([]);
  expect(shown('pay\u202Eload')).toEqual([
    { kind: 'paragraph', text: [{ kind: 'text', text: 'pay\\u{202E}load' }] },
  ]);
});

test.each([
  ['brackets', '['],
  ['pictures', '!['],
  ['stars', '*a '],
  ['tags', '<a '],
])('200 000 characters of %s are refused or read as they stand', (_, mark) => {
  const read = readableSection(`${head}${mark.repeat(200_000 / mark.length)}`, 'Stuck');
  expect(read).toEqual({ ok: false, message: 'its section has over 64 Ki characters' });
  expect(shown(mark.repeat(5000)).length).toBeLessThanOrEqual(1);
});

test('a million brackets are too long a document', () => {
  expect(readableSection(head + '['.repeat(1_000_000), 'Stuck')).toMatchObject({ ok: false });
});

test('a section that is not there is said so', () => {
  expect(readableSection(head, 'Gone')).toEqual({ ok: false, message: 'it has no heading “Gone”' });
});

test('whatever is written, no address but the web’s and the section’s own is linked', () => {
  const piece = fc.constantFrom(
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    'javascript:',
    'data:x',
    '\n',
    '`',
    '!',
    '#',
    'https://a',
    ' ',
    '&#106;',
    '\\',
    '*',
    '|',
    '-',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const read = readableSection(head + pieces.join(''), 'Stuck');
      for (const href of read.ok ? addresses(read.blocks) : []) expect(href).toMatch(/^(https?:\/\/|#)/i);
    }),
    { numRuns: 500 },
  );
});
