import { spawnSync } from 'node:child_process';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { anchorsOf } from '#lib/domain/anchor.ts';
import type { RunbookSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { runbookAnchor, runbookUrl } from '../anchor.ts';
import { otherText, shippedText, specFrom } from '../spec.fixture.ts';
import { runbookFiles } from './files.ts';

const shipped = specFrom(shippedText);
const other = specFrom(otherText);
const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;
test.runIf(process.env.CI)('a shellcheck is there to try commands with', () => {
  expect(hasShellcheck, 'install shellcheck').toBe(true);
});

/** Read back with a Markdown parser, independent of how it was written. */
function read(text: string) {
  const { children } = fromMarkdown(text);
  const headings = children.flatMap((node) =>
    node.type === 'heading'
      ? [{ depth: node.depth, text: text.slice(node.position?.start.offset, node.position?.end.offset) }]
      : [],
  );
  return {
    headings: headings.map(({ depth, text }) => ({ depth, text: text.slice(depth + 1) })),
    commands: children.flatMap((node) => (node.type === 'code' && node.lang === 'bash' ? [node.value] : [])),
  };
}

function textOf(spec: Spec): string {
  const [file, ...more] = runbookFiles(spec);
  expect(more).toEqual([]);
  return file?.text ?? '';
}

const commandsOf = ({ diagnosis, resolution }: RunbookSpec) =>
  [...diagnosis, ...resolution.flatMap(({ steps }) => steps)].flatMap(({ run }) =>
    run === null ? [] : [run],
  );

describe.each([
  ['the shipped spec', shipped],
  ['another spec', other],
])('runbooks of %s', (_, spec) => {
  const { headings, commands } = read(textOf(spec));
  const runbooks = spec.kit?.runbooks ?? [];

  test('are whole, each under its own heading', () => {
    const sections = headings.filter(({ depth }) => depth === 2).map(({ text }) => text);
    expect(sections).toEqual(runbooks.map(({ title }) => title));
    const parts = headings.filter(({ depth }) => depth === 3).map(({ text }) => text);
    const wanted = ['Symptoms', 'Diagnosis', 'Resolution', 'Alert thresholds'];
    expect(parts).toEqual(
      runbooks.flatMap(({ over }) => (over.length > 0 ? [...wanted, 'Over when'] : wanted)),
    );
  });

  test('carry every command of the spec as it stands there', () => {
    expect(commands).toEqual(runbooks.flatMap(commandsOf).map((run) => run.trim()));
  });

  test('have only commands that parse', () => {
    for (const command of commands) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: command, encoding: 'utf8' });
      expect([command, status, stderr]).toEqual([command, 0, '']);
    }
  });

  test.skipIf(!hasShellcheck)('have only commands that shellcheck finds sound', () => {
    for (const command of commands) {
      const { stdout } = spawnSync('shellcheck', ['--shell=bash', '-'], { input: command, encoding: 'utf8' });
      expect([command, stdout]).toEqual([command, '']);
    }
  });

  test('have headings whose anchors the links of alerts lead to', () => {
    const anchors = anchorsOf(headings.map(({ text }) => text));
    for (const runbook of runbooks) {
      const at = headings.findIndex(({ depth, text }) => depth === 2 && text === runbook.title);
      expect(runbookAnchor(spec, runbook)).toBe(anchors[at]);
    }
  });
});

test('a section named like a part of another keeps its own anchor', () => {
  expect(runbookUrl(other, 'Depth')).toBe('https://git.example/ferry/docs/on%20call.md#symptoms');
  expect(runbookUrl(other, 'DepthBad')).toBe(
    'https://git.example/ferry/docs/on%20call.md#queue-stuck-or-slow',
  );
  expect(runbookUrl(other, 'Cold')).toBeNull();
});

test('thresholds stand in a table, each alert with its bound', () => {
  const text = textOf(shipped);
  expect(text).toContain(
    '| `TreasuryExecutionLagCritical` | critical | Execution lag, p95 | above 600 seconds | for 5m |',
  );
  expect(text).toContain('No alert watches this. What counts as a breach:\n\n- Any difference');
  expect(textOf(other)).toContain('| `Loaded` | critical | `temperature` | as its rule says |  |');
});

test('nothing in them waits to be written', () => {
  const [prose] = [textOf(shipped).replace(/```bash\n[\s\S]*?\n```/g, '')];
  expect(prose).not.toMatch(/\b(TBD|TBC)\b|\[[A-Z][^\]]* [^\]]*\](?!\()|<[A-Z_]+>/);
});
