import { describe, expect, test } from 'vitest';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { absentAt, commit, fileAt } from './file.fixture.ts';
import { kitFile } from './kit-file.ts';
import { registerCheck } from './register.ts';
import { specOf } from './spec.fixture.ts';

const rules = `groups:
  - name: treasury
    rules:
      - alert: LagHigh
        expr: (lag) > 300
        for: 5m
        labels: { severity: warning }
      - alert: LagCritical
        expr: (lag) > 600
        for: 5m
        labels: { severity: critical }
`;

const dashboard = JSON.stringify({
  uid: 'the-block-treasury',
  title: 'Treasury',
  schemaVersion: 41,
  panels: [
    {
      id: 1,
      title: 'Lag',
      type: 'stat',
      gridPos: { x: 0, y: 0, w: 6, h: 4 },
      targets: [{ refId: 'A', expr: 'lag' }],
    },
    {
      id: 2,
      title: 'Backlog',
      type: 'stat',
      gridPos: { x: 6, y: 0, w: 6, h: 4 },
      targets: [{ refId: 'A', expr: 'backlog' }],
    },
  ],
});

const runbook = `## Treasury Stuck

Money does not leave.

### Symptoms

- The lag is high.
- The backlog grows.

\`\`\`bash
tb-cli gov treasury balance
\`\`\`
`;

const script = '#!/bin/sh\n# Asks for every metric.\nset -eu\n\ncurl --fail "$url"\n';

function judge(
  format: KitFile['format'],
  kit: string,
  text: string,
  onPurpose: readonly { at: string; why: string }[] = [],
  modes: { readonly kit: boolean; readonly there: boolean | null } = { kit: false, there: false },
) {
  const files = () => [
    {
      path: 'the/file',
      part: 'alerts',
      title: 'A file',
      text: kit,
      executable: modes.kit,
      format,
      corrections: [],
    } as const,
  ];
  const kind = registerCheck(kitFile);
  const bind = kind.bind(
    { path: 'the/file', ...(onPurpose.length > 0 ? { onPurpose } : {}) },
    specOf({}),
    files,
  );
  if (!bind.ok) throw new Error(JSON.stringify(bind.faults));
  const [question] = kind.reads(bind.bound, 'repo');
  if (question?.ask !== 'file') throw new Error('It asks for no file.');
  const value = text === '' ? absentAt('the/file') : fileAt('the/file', text, { executable: modes.there });
  const observation = {
    question,
    observedAt: '2026-11-25T10:00:00Z',
    tookMs: 1,
    outcome: { ok: true, value },
    answers: [],
  } as const;
  const source = { id: 'repo', title: 'Repository', address: '/srv/launch' };
  return kind.evaluate([observation], bind.bound, { nowMs: 0, source, commit, itemStates: new Map() });
}

describe('a file that says the same passes', () => {
  test.each<[string, KitFile['format'], string, string]>([
    ['byte for byte', 'prometheus-rules', rules, rules],
    [
      'with other quotes, order of keys and comments',
      'prometheus-rules',
      rules,
      rules
        .replace(
          'labels: { severity: warning }',
          "labels:\n          # for the pager\n          severity: 'warning'",
        )
        .replace(
          'expr: (lag) > 300\n        for: 5m',
          'for: "5m"\n        expr: |\n          (lag)\n            > 300',
        ),
    ],
    [
      'with its rules in another order',
      'prometheus-rules',
      rules,
      rules.replace(/( {6}- alert: LagHigh[\s\S]*?warning \}\n)([\s\S]*)$/, '$2$1'),
    ],
    [
      'saved by Grafana, with ids and another layout',
      'grafana-dashboard',
      dashboard,
      JSON.stringify(
        {
          version: 7,
          ...JSON.parse(dashboard.replaceAll('"id":1', '"id":91').replaceAll('"x":6', '"x":12')),
        },
        null,
        4,
      ),
    ],
    [
      'wrapped as the API has it',
      'grafana-dashboard',
      dashboard,
      `{"dashboard": ${dashboard}, "overwrite": true}`,
    ],
    [
      'among other sections of a document',
      'markdown',
      runbook,
      `# Operations\n\nWords.\n\n${runbook}\n## Something else\n\n- own text\n`,
    ],
    [
      'below another heading, with rules and anchors between sections',
      'markdown',
      `# Made by the kit\n\nDo not change it.\n\n${runbook}`,
      `# Operations\n\n## Runbooks\n\n#${runbook.replace('### ', '#### ')}\n---\n\n<a id="other"></a>\n\n### Else\n`,
    ],
    [
      'with other marks of lists',
      'markdown',
      runbook,
      runbook.replaceAll('- The', '* The').replaceAll('\n', '\r\n'),
    ],
    [
      'with its lines wrapped otherwise',
      'markdown',
      runbook,
      runbook.replace('Money does not leave.', 'Money does\nnot leave.'),
    ],
    [
      'with other comments in a script',
      'shell',
      script,
      script.replace('# Asks for every metric.', '# Ours.\n# Two lines.'),
    ],
  ])('%s', (_name, format, kit, text) => {
    const { verdict, sentence } = judge(format, kit, text === kit ? kit : text);
    expect([verdict, sentence]).toEqual(['pass', expect.stringContaining('it is the kit’s')]);
  });
});

describe('a file that says something else fails, and says where', () => {
  test.each<[string, KitFile['format'], string, string, string]>([
    [
      'a bound',
      'prometheus-rules',
      rules,
      rules.replace('> 300', '> 3000'),
      'groups › “treasury” › rules › “LagHigh” › expr is “(lag) > 3000”, the kit has “(lag) > 300”',
    ],
    [
      'a duration',
      'prometheus-rules',
      rules,
      rules.replace('for: 5m', 'for: 50m'),
      '“LagHigh” › for is “50m”, the kit has “5m”',
    ],
    [
      'a rule that is gone',
      'prometheus-rules',
      rules,
      rules.slice(0, rules.indexOf('      - alert: LagCritical')),
      '“LagCritical” › alert is missing',
    ],
    [
      'a rule that is not of the kit',
      'prometheus-rules',
      rules,
      `${rules}      - { alert: Own, expr: up == 0 }\n`,
      '“Own” › alert is not of the kit',
    ],
    [
      'a panel’s query',
      'grafana-dashboard',
      dashboard,
      dashboard.replace('"expr":"lag"', '"expr":"lag or vector(0)"'),
      'panels › “Lag” › targets › “A” › expr is “lag or vector(0)”',
    ],
    [
      'a panel that was renamed',
      'grafana-dashboard',
      dashboard,
      dashboard.replace('"title":"Backlog"', '"title":"Queue"'),
      'panels › “Backlog” › title is missing',
    ],
    [
      'a command of a runbook',
      'markdown',
      runbook,
      runbook.replace('treasury balance', 'treasury list'),
      'Treasury Stuck › Symptoms › line 11 reads “tb-cli gov treasury list”, the kit has “tb-cli gov treasury balance”',
    ],
    [
      'a section that is gone',
      'markdown',
      runbook,
      runbook.replace('### Symptoms', '### Signs'),
      'Treasury Stuck › line 5 reads “### Signs”, the kit has “### Symptoms”',
    ],
    [
      'a flag of a script',
      'shell',
      script,
      script.replace('curl --fail', 'curl -s'),
      'line 5 reads “curl -s "$url"”, the kit has “curl --fail "$url"”',
    ],
    [
      'one line more in a script, and nothing after it',
      'shell',
      script,
      script.replace('set -eu\n', 'set -eu\nset +e\n'),
      'the/file at 3f2a00000000: line 4 added: “set +e”.',
    ],
    [
      'one line less in a script, and nothing after it',
      'shell',
      script,
      script.replace('set -eu\n', ''),
      'the/file at 3f2a00000000: kit’s line 3 gone: “set -eu”.',
    ],
    [
      'a part that the kit’s section does not have',
      'markdown',
      runbook,
      runbook.replace('### Symptoms', '### Whom to call\n\n### Symptoms'),
      'the/file at 3f2a00000000: Treasury Stuck › line 5 added: “### Whom to call”.',
    ],
    [
      'two commands that became one',
      'markdown',
      runbook.replace('balance\n', 'balance\ntb-cli status\n'),
      runbook.replace('balance\n', 'balance tb-cli status\n'),
      'kit’s line 12 gone: “tb-cli status”',
    ],
    [
      'a whole section that is gone',
      'markdown',
      runbook,
      '# Operations\n\n```md\n## Treasury Stuck\n```\n',
      'the/file at 3f2a00000000: Treasury Stuck is missing.',
    ],
    ['what cannot be read', 'prometheus-rules', rules, 'groups: [', 'it is not YAML'],
  ])('%s', (_name, format, kit, text, expected) => {
    const { verdict, sentence, toGreen } = judge(format, kit, text);
    expect(verdict).toBe('fail');
    expect(sentence).toContain(expected);
    expect(toGreen.length).toBeGreaterThan(0);
  });

  test('a file that is not there', () => {
    expect(judge('shell', script, '')).toMatchObject({ verdict: 'fail', fact: { lead: 'Missing.' } });
  });
});

test('what is meant of one line is not meant of another whose number begins alike', () => {
  const kit = `#!/bin/sh\n${Array.from({ length: 12 }, (_, at) => `step ${at}`).join('\n')}\n`;
  const meant = [{ at: 'line 1', why: 'Ours is another shell.' }];
  const other = kit.replace('#!/bin/sh', '#!/bin/dash');
  expect(judge('shell', kit, other, meant).verdict).toBe('pass');
  expect(judge('shell', kit, other.replace('step 10', 'stop 10'), meant)).toMatchObject({
    verdict: 'fail',
    sentence: expect.stringContaining('line 12 reads “stop 10”'),
  });
});

test('a document too large to be looked at is not said to differ', () => {
  const large = judge('markdown', runbook, `${runbook}\n${'More words.\n'.repeat(30_000)}`);
  expect([large.verdict, large.sentence]).toEqual(['unknown', expect.stringContaining('over 256 Ki')]);
});

describe('differences on purpose', () => {
  const looser = rules.replace('> 600', '> 900');
  const purpose = [
    { at: 'groups › “treasury” › rules › “LagCritical” › expr', why: 'Agreed until the next release.' },
  ];

  test('pass, and are counted', () => {
    expect(judge('prometheus-rules', rules, looser, purpose)).toMatchObject({
      verdict: 'pass',
      fact: { lead: 'As meant.' },
    });
  });

  test('do not cover what differs besides', () => {
    const { verdict, sentence } = judge('prometheus-rules', rules, looser.replace('> 300', '> 301'), purpose);
    expect(verdict).toBe('fail');
    expect(sentence).toMatch(/LagHigh.*besides, it differs in 1 on purpose/);
  });

  test('are named where nothing differs any more', () => {
    const { verdict, sentence } = judge('prometheus-rules', rules, rules, purpose);
    expect([verdict, sentence]).toEqual(['pass', expect.stringContaining('is said to differ and does not')]);
  });
});

describe('the mode of a file', () => {
  const meant = [{ at: 'mode', why: 'It is run by `sh`.' }];
  test.each([
    ['a script that can be run', true, true, [], 'pass', 'it is the kit’s'],
    ['one that cannot', true, false, [], 'fail', 'mode is “100644”, the kit has “100755”'],
    ['one that is meant not to', true, false, meant, 'pass', '1 on purpose'],
    ['one whose mode nobody told', true, null, [], 'pass', 'it is the kit’s'],
    ['a file that can be run for nothing', false, true, [], 'pass', 'it is the kit’s'],
  ] as const)('%s', (_, kit, mode, onPurpose, verdict, said) => {
    const judged = judge('shell', script, script, onPurpose, { kit, there: mode });
    expect([judged.verdict, judged.sentence]).toEqual([verdict, expect.stringContaining(said)]);
    if (verdict === 'fail') expect(judged.toGreen[0]).toContain('git update-index --chmod=+x the/file');
  });
});

test('a path that the spec does not yield is a fault, with those that it does', () => {
  const bind = registerCheck(kitFile).bind({ path: 'other' }, specOf({}), () => []);
  expect(bind).toMatchObject({
    ok: false,
    faults: [{ path: ['path'], message: 'the spec yields no file other: it yields none' }],
  });
});

test('what it read decides the evidence: a difference moves it, another commit alone does not', () => {
  const one = judge('shell', script, script.replace('curl', 'wget'));
  expect(one.deciding).not.toEqual(judge('shell', script, script).deciding);
  expect(JSON.stringify(one.deciding)).not.toContain(commit);
});
