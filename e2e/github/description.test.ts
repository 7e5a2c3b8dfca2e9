import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import {
  allPermissions,
  fileQuestion,
  files,
  nowMs,
  requiredQuestion,
  run,
  runsQuestion,
  smallWorld,
  startGithub,
} from '#lib/sources/github/github.fixture.ts';
import { proposeTo } from '#lib/sources/registry.ts';
import type { Answered } from './answer.ts';
import { commitFiles } from './objects.ts';

const app = { id: 15_368, name: 'GitHub Actions' };
const writes = ['pull_requests', 'contents:write', 'pull_requests:write'] as const;
const proposal = {
  files: [{ path: 'scripts/verify.sh', text: 'exit 0\n', executable: true, was: null }],
  title: 'Add the kit',
  text: 'As the spec has it.',
  message: 'Add the kit',
};

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
  const writing = 'github_pat_that_writes_0123456789';
  world.tokens.set(writing, new Set([...allPermissions, ...writes]));
  const outgoing = createOutgoing({ allow: ['127.0.0.1'], now: () => nowMs });
  const credential = { origin: started.github.origin, token: writing };
  const context = { outgoing, now: () => nowMs, commit: null, credential };
  // The second time the list of requests holds the first's.
  for (const branch of ['big-green/kit-00000001', 'big-green/kit-00000001'])
    await proposeTo(started.source, { ...proposal, base: { branch: 'main', commit: head }, branch }, context);
  await outgoing.close();
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
      status === 200 || status === 201
        ? `operations[${JSON.stringify(operation)}]['responses'][${status}]['content']['application/json']`
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
  expect(new Set(told.map(({ operation }) => operation)).size).toBe(22);
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
