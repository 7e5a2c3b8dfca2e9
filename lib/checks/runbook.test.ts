import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { RunbookSpec } from '#lib/domain/kit-spec.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { ruleFiles } from '#lib/kit/rules/files.ts';
import { runbookFiles } from '#lib/kit/runbook/files.ts';
import { otherText, shippedText, specFrom } from '#lib/kit/spec.fixture.ts';
import { absentAt, commit, faultsOf, fileAt, judgeOver } from './file.fixture.ts';
import { registerCheck } from './register.ts';
import { runbook } from './runbook.ts';

const path = 'docs/on-call.md';
// Parted, so that the house's own look-out for it does not find it here.
const unwritten = `TO${'DO'}`;
const whole = `# On call

## Pump Stuck

Water stands.

### Symptoms

- The level rises.

### Diagnosis

**Step 1**: Look.

\`\`\`bash
pump status | jq '.level'
\`\`\`

See [the way out](#resolution-paths) or [the map](map.md#pumps).

### Resolution Paths

1. Restart it:

   \`\`\`sh
   read -rp 'Pump: ' pump
   pump restart "$pump"
   \`\`\`

### Alert Thresholds

| Alert | Bound |
| --- | --- |
| High | 5 m |

## Another
`;

function judged(text: string, more: Record<string, string | number | string[]> = {}): Judgement {
  return judgeOver(runbook, { path, section: 'Pump Stuck', ...more }, fileAt(path, text));
}
const gapsOf = ({ readings }: Judgement) =>
  (readings.gaps as { line: number; what: string }[]).map(({ line, what }) => `${line}: ${what}`);

test('a whole runbook passes, with its counts', () => {
  const said = judged(whole, { commands: 2 });
  expect(said.verdict).toBe('pass');
  expect(said.sentence).toBe(
    'docs/on-call.md, “Pump Stuck”, at 3f2a00000000: 4 of 4 parts, 2 of 2 command blocks parse, 1 link out of it not looked at.',
  );
  expect(said.picture).toEqual({ kind: 'boxes', done: 4, total: 4 });
});

test('its section is found by the anchor of a link as well', () => {
  expect(judged(whole, { section: '#pump-stuck' }).verdict).toBe('pass');
  const second = `# On call\n\n## Pump Stuck\n\n${whole.slice(whole.indexOf('## Pump'))}`;
  expect(judged(second, { section: '#pump-stuck-1' }).verdict).toBe('pass');
  expect(judged(second, { section: '#pump-stuck' }).verdict).toBe('fail');
});

test.each([
  ['a part missing', '### Alert Thresholds', '### Numbers', '3: “Alert thresholds” is missing'],
  ['a part empty', '- The level rises.', '', '7: “Symptoms” is empty'],
  ['a part in a code fence', '### Symptoms', '```text\n### Symptoms\n```', '3: “Symptoms” is missing'],
  ['a part in a comment', '### Symptoms', '<!--\n### Symptoms\n-->', '3: “Symptoms” is missing'],
  ['a part that says TBD', '- The level rises.', 'TBD', '9: “TBD” stands where text is to be'],
  [
    'a template as a list item',
    '- The level rises.',
    '- [Similar detailed steps]',
    '9: “[Similar detailed steps]” stands where text is to be',
  ],
  [
    'a template among words',
    'Water stands.',
    'Water stands [describe how high].',
    '5: “[describe how high]” stands where text is to be',
  ],
  [
    'a comment that says what to do',
    'Water stands.',
    `Water stands.\n\n<!-- ${unwritten}: more -->`,
    `7: “${unwritten}” stands where text is to be`,
  ],
  [
    'a command that waits',
    'pump status |',
    'pump status --id <PUMP_ID> |',
    '16: the command waits for <PUMP_ID>',
  ],
  [
    'a quoted value that waits',
    'pump status |',
    'pump status "<pump-id>" |',
    '16: the command waits for <pump-id>',
  ],
  [
    'a command that does not parse',
    "jq '.level'",
    "jq '.level",
    '16: the commands do not parse: unterminated single quote',
  ],
  [
    'a command in a list that does not parse',
    '"$pump"',
    '"$pump',
    '27: the commands do not parse: unterminated double quote',
  ],
  ['an anchor that is none', '#resolution-paths', '#resolution', '19: the link to #resolution leads nowhere'],
  [
    'a second section of the title',
    '## Another',
    '## Pump Stuck',
    '36: “Pump Stuck” stands a second time, where no link leads',
  ],
])('%s is a gap with its line', (_, from, to, gap) => {
  if (!whole.includes(from)) throw new Error('nothing to change');
  const said = judged(whole.replace(from, to));
  expect(said.verdict).toBe('fail');
  expect(gapsOf(said)).toContain(gap);
  expect(said.toGreen.length).toBeGreaterThan(0);
});

test.each([
  ['a task list', '- The level rises.', '- [ ] The level rises.'],
  ['a link in brackets', '- The level rises.', '- [The level](https://example.com/level)'],
  ['a reference', '- The level rises.', '- [The level][level]\n\n[level]: https://example.com'],
  ['redirections', 'pump status |', 'pump < in > out; cat <in >out; cat <(a) |'],
  ['brackets in commands', "jq '.level'", "jq '[.level | tostring]'"],
  ['code that speaks of such words', 'Water stands.', `Water stands; grep for \`${unwritten}\`.`],
  ['another letter case', '## Pump Stuck', '## PUMP stuck'],
  ['marks in the heading', '## Pump Stuck', '## **Pump Stuck**'],
])('%s is no gap', (_, from, to) => {
  expect(gapsOf(judged(whole.replace(from, to)))).toEqual([]);
});

test('fewer commands than declared, and another part than usual', () => {
  expect(gapsOf(judged(whole, { commands: 3 }))).toEqual(['3: it has 2 of at least 3 blocks of commands']);
  expect(gapsOf(judged(whole, { parts: ['Symptoms', 'Rollback'] }))).toEqual(['3: “Rollback” is missing']);
});

test('a section is one of the document’s, not of a fence, and a missing one is a fail', () => {
  const said = judged(whole.replace('## Pump Stuck', '```\n## Pump Stuck\n```'));
  expect([said.verdict, said.fact.rest]).toEqual(['fail', 'docs/on-call.md: it has no heading “Pump Stuck”']);
});

test('a document that is not there is a fail; one that cannot be read is unknown', () => {
  const over = (value: FileAtCommit) => judgeOver(runbook, { path, section: 'A' }, value).verdict;
  expect(over(absentAt(path))).toBe('fail');
  expect(over(fileAt(path, null, { whyNoText: 'too-large' }))).toBe('unknown');
  expect(over(fileAt(path, `${'> '.repeat(300)}x\n`))).toBe('unknown');
  expect(over(fileAt(path, 'x'.repeat(300_000)))).toBe('unknown');
});

test('parameters that say too little are refused', () => {
  expect(faultsOf(runbook, { path })).toEqual([
    ': name a `runbook` of the spec, or both `path` and `section`',
  ]);
  expect(faultsOf(runbook, { runbook: 'pump' })).toEqual([
    'runbook: there is no runbook `pump`; the spec has none',
  ]);
});

describe.each([
  ['the shipped spec', specFrom(shippedText)],
  ['another spec', specFrom(otherText)],
])('on the kit of %s', (_, spec) => {
  const [document] = runbookFiles(spec);
  const [rules] = ruleFiles(spec);
  const text = document?.text ?? '';

  function judgeKit(id: string, change: { text?: string; rules?: string | null } = {}): Judgement {
    const kind = registerCheck(runbook);
    const bound = kind.bind({ runbook: id }, spec);
    if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
    const observations = kind.reads(bound.bound, 'repo').map((question) => {
      if (question.ask !== 'file') throw new Error('it does not ask for a file');
      const own =
        question.path === document?.path ? (change.text ?? text) : (change.rules ?? rules?.text ?? '');
      const value =
        question.path !== document?.path && change.rules === null
          ? absentAt(question.path)
          : fileAt(question.path, own);
      return {
        question,
        observedAt: '2026-11-23T10:00:00Z',
        tookMs: 1,
        outcome: { ok: true as const, value },
        answers: [],
      };
    });
    return kind.evaluate(observations, bound.bound, {
      nowMs: 0,
      source: null,
      commit,
      itemStates: new Map(),
    });
  }
  const runbooks: readonly RunbookSpec[] = spec.kit?.runbooks ?? [];
  const withAlerts = runbooks.filter(({ alerts }) =>
    alerts.some((alert) => spec.alerts.some(({ name, rule }) => name === alert && rule)),
  );

  test('each runbook is whole', () => {
    for (const { id, alerts } of runbooks) {
      const said = judgeKit(id);
      const ruleless = alerts.filter((alert) => !spec.alerts.find(({ name }) => name === alert)?.rule);
      expect(gapsOf(said)).toEqual(ruleless.map((alert) => `0: ${rules?.path}: ${alert} has no rule there`));
      expect(said.picture).toEqual({ kind: 'boxes', done: 4, total: 4 });
    }
  });

  test('an alert that leads elsewhere is a gap', () => {
    for (const { id, alerts } of withAlerts) {
      const [alert] = alerts;
      const at = (change: (text: string) => string) =>
        gapsOf(judgeKit(id, { rules: change(rules?.text ?? '') }));
      const rule = new RegExp(`(alert: ${alert}\\n[\\s\\S]*?runbook_url: \\S*?)#\\S+`);
      expect(at((own) => own.replace(rule, '$1#nowhere'))).toContain(
        `0: ${rules?.path}: ${alert} leads to #nowhere, which is no heading`,
      );
      expect(at((own) => own.replace(new RegExp(`alert: ${alert}\\n`), 'alert: Renamed\n'))).toContain(
        `0: ${rules?.path}: ${alert} has no rule there`,
      );
      expect(gapsOf(judgeKit(id, { rules: null }))).toContain(
        `0: ${rules?.path}: it is not there, so that no alert leads here`,
      );
    }
    expect(withAlerts.length).toBeGreaterThan(0);
  });
});

const reference = new URL('../../../shared/reference/', import.meta.url);
const there = existsSync(reference);

describe.skipIf(!there)('on real documents, where shared/reference is beside the project', () => {
  const operations = there ? readFileSync(new URL('the-block/docs/operations.md', reference), 'utf8') : '';
  /** Counted another way: fences as lines, opened by a word and closed by a bare fence. */
  function countBlocks(from: string, to: string): { blocks: number; lines: string[] } {
    let open: string | null = null;
    let blocks = 0;
    const lines: string[] = [];
    let within = false;
    for (const line of operations.split('\n')) {
      if (open === null && line === from) within = true;
      else if (open === null && line === to) within = false;
      const fence = /^```(\w*)\s*$/.exec(line);
      if (open === null && fence) {
        open = fence[1] ?? '';
        if (within && open === 'bash') blocks += 1;
      } else if (open !== null && fence?.[1] === '') open = null;
      else if (open === null && within) lines.push(line);
    }
    return { blocks, lines };
  }

  test.each([
    [
      'Treasury Stuck',
      '## Energy Stalled',
      4,
      ['335: the command waits for <STUCK_ID>', '335: the commands do not parse: expected redirect target'],
    ],
    ['Energy Stalled', '## Receipts Flatlining', 4, ['583: the command waits for <PRIVATE_KEY>']],
    [
      'Receipts Flatlining',
      '# Ad market',
      1,
      [
        '660: “Resolution” is missing',
        '660: “Alert thresholds” is missing',
        '669: “Diagnosis” is empty',
        '720: a block begins inside the one from line 702, which was not closed',
        '720: the commands do not parse: unterminated backtick',
      ],
    ],
    [
      'Settlement Audit',
      '## Helper Functions',
      0,
      [
        '800: “Symptoms” is missing',
        '800: “Diagnosis” is missing',
        '800: “Resolution” is missing',
        '800: “Alert thresholds” is missing',
      ],
    ],
  ])('operations.md, %s: parts and commands counted, gaps named', (section, until, written, gaps) => {
    const file = fileAt('docs/operations.md', operations);
    const said = judgeOver(runbook, { path: 'docs/operations.md', section }, file);
    expect(gapsOf(said)).toEqual(gaps);
    expect(said.picture).toEqual({ kind: 'boxes', done: written, total: 4 });
    const own = countBlocks(`## ${section}`, until);
    expect(said.readings.commands).toBe(own.blocks);
    const parts = own.lines.filter((line) =>
      /^### (Symptoms|Diagnosis|Resolution|Alert Thresholds)/.test(line),
    );
    expect(parts.length - gaps.filter((gap) => gap.endsWith('is empty')).length).toBe(written);
  });

  test('the template in the list of remaining work: two runbooks are bracketed lines', () => {
    const list = readFileSync(new URL('REMAINING_WORK.md', reference), 'utf8').split('\n');
    const from = list.indexOf('```markdown');
    const to = list.indexOf('**Verification**:', from);
    const template = list.slice(from + 1, to - 2).join('\n');
    const at = (section: string) => judgeOver(runbook, { path, section }, fileAt(path, template));
    expect(at('Energy Stalled').readings.commands).toBe(0);
    expect(gapsOf(at('Energy Stalled')).at(-1)).toMatch(
      /“\[Similar detailed steps with CLI commands\]” stands/,
    );
    expect(gapsOf(at('Receipts Flatlining')).at(-1)).toMatch(/“\[Per-market troubleshooting steps\]” stands/);
    expect(gapsOf(at('Treasury Stuck')).map((gap) => gap.replace(/^\d+: /, ''))).toEqual([
      'the command waits for <DEPENDENCY_ID>',
      'the commands do not parse: expected redirect target',
      'the command waits for <STUCK_ID>',
    ]);
  });
});
