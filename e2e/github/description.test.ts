import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import {
  fileQuestion,
  files,
  requiredQuestion,
  run,
  runsQuestion,
  smallWorld,
  startGithub,
} from '#lib/sources/github/github.fixture.ts';
import type { Answered } from './answer.ts';
import { commitFiles } from './objects.ts';

const app = { id: 15_368, name: 'GitHub Actions' };

/** What the stand-in answered to all that is ever asked of it. */
async function answers(): Promise<readonly Answered[]> {
  const { world, commits } = smallWorld();
  const parts = { ...files, link: { link: 'README.md' }, vendor: { submodule: 'b'.repeat(40) } };
  const head = commitFiles(world, parts, { message: 'All', at: '2026-11-19T12:00:00Z' });
  world.runs.push(run(head), run(head, { id: 502, number: 42, status: 'queued', conclusion: null }));
  world.rules.set('main', {
    checks: [
      { context: 'Mainnet gate', app: app.id },
      { context: 'x', app: null },
    ],
    workflows: ['a.yml'],
  });
  world.protection.set('main', { checks: [{ context: 'lint', app: null }], shownToAll: true });
  world.checks.push({ name: 'Mainnet gate', commit: head, at: '2026-11-19T12:05:00Z', app });
  world.statuses.push({ context: 'external/ci', commit: commits[0] ?? '', at: '2026-11-19T10:00:00Z' });
  const pull = { title: 'Add', body: '', head: 'side', base: 'main', at: '2026-11-19T11:00:00Z' };
  world.pulls.push({ ...pull, number: 7, state: 'open' });
  world.tags.set('v1', { commit: head, annotated: 'f'.repeat(40) });
  const started = await startGithub(world);
  const questions = [
    runsQuestion(2),
    runsQuestion(1, 'none.yml'),
    requiredQuestion('Mainnet gate', null),
    requiredQuestion('x', 'none'),
    requiredQuestion('x'),
  ];
  await started.ask([...questions, fileQuestion('README.md'), fileQuestion('link')], head);
  await started.resolve('v1');
  return started.github.asked.flatMap(({ answered, status }) =>
    answered && status !== 304 ? [answered] : [],
  );
}

/** What TypeScript says against an answer as GitHub's package of types describes its operation. */
function faultsOf(
  answers: readonly { readonly operation: string; readonly status: number; readonly body: unknown }[],
): string[] {
  const lines = answers.map(({ operation, status, body }, index) => {
    const type =
      status === 200
        ? `operations[${JSON.stringify(operation)}]['responses'][200]['content']['application/json']`
        : `components['schemas']['basic-error']`;
    return `export const a${index}: ${type} = ${JSON.stringify(body)};`;
  });
  const text = `import type { components, operations } from '@octokit/openapi-types';\n${lines.join('\n')}\n`;
  const name = join(import.meta.dirname, 'answers-told.ts');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => path === name || fileExists(path);
  host.readFile = (path) => (path === name ? text : readFile(path));
  host.getSourceFile = (path, language, ...more) =>
    path === name ? ts.createSourceFile(path, text, language) : getSourceFile(path, language, ...more);
  const program = ts.createProgram([name], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300));
}

test('every answer is as GitHub’s published description says', async () => {
  const told = await answers();
  expect(new Set(told.map(({ operation }) => operation)).size).toBe(17);
  expect(faultsOf(told)).toEqual([]);
}, 60_000);

test('an answer that lacks a field, has one too many, or a word not in the description is found', async () => {
  const job = (await answers()).find(
    ({ operation }) => operation === 'actions/list-jobs-for-workflow-run-attempt',
  );
  if (!job) throw new Error('No answer of jobs was told.');
  const wrong = (text: string, by: string) => {
    const before = JSON.stringify(job.body);
    expect(before).toContain(text);
    return { ...job, body: JSON.parse(before.replace(text, by)) as unknown };
  };
  const faults = faultsOf([
    wrong('"total_count":2,', ''),
    wrong('"total_count":2,', '"total_count":2,"totals":2,'),
    wrong('"conclusion":"success"', '"conclusion":"green"'),
  ]);
  expect(faults).toHaveLength(3);
}, 60_000);
