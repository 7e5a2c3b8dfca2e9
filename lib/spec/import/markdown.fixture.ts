import fc from 'fast-check';

const pieces = [
  '# Title',
  '## Part ✅ READY',
  '### Sign-off',
  '## Optional things',
  '- [ ] do `src/a.rs` now',
  '- [x] done (45 min)',
  '* [X] star',
  '+ [ ] plus `docs/run.md#stuck`',
  '1. [ ] numbered',
  '  - [ ] nested',
  '    - [x] nested deeper `x_total{status}`',
  '      - [ ] nested four deep',
  '> - [ ] quoted',
  '- ✅ marked',
  '- plain bullet',
  '- []  no box',
  '[ ] bare',
  'Some text.',
  '**Verification**:',
  '```bash',
  '```',
  '~~~',
  "curl -s 'http://localhost:9090/api/v1/query?query=up_total' | jq .",
  'cargo test -p node consensus',
  '<!-- - [ ] hidden -->',
  '<!--',
  '-->',
  '| Task | Status |',
  '|------|--------|',
  '| One | ✅ Done |',
  '| Two | in progress |',
  '| [ ] cell | x |',
  'Treasury Lead: ________ Date: ____',
  '| Role | Name | Date |',
  '**File**: `docs/a.md`',
  '---',
  '',
  '\t- [ ] tab',
  '- [ ] \u202eturned\u200b "quoted" \\ back: # hash',
  '- [ ] 🟡 ünïcode 漢字',
];

/** Documents of lines that checklists are made of, in any order, with any line ends. */
export const documents: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string() }),
      {
        maxLength: 40,
      },
    ),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '\ufeff'),
  )
  .map(([lines, end, mark]) => mark + lines.join(end));
