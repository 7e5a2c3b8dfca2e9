import { expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { CiFile, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { seenBy } from '../collected.fixture.ts';
import { runsQuestion, smallWorld, startGithub } from './github.fixture.ts';

const folder = '.github/workflows';
const lenient = '{ steps: [{ run: x, continue-on-error: true }] }';

/** What is told of a workflow's file with others beside it. */
async function fileOf(jobs: string, others: Readonly<Record<string, string>>): Promise<CiFile> {
  const { world } = smallWorld();
  const named = Object.entries(others).map(([name, own]) => [
    `${folder}/${name}`,
    `on: workflow_call\njobs:\n${own}`,
  ]);
  const main = { [`${folder}/fast-mainnet.yml`]: `on: push\njobs:\n${jobs}` };
  const commit = commitFiles(world, { ...Object.fromEntries(named), ...main }, { message: 'CI', at });
  const { ask } = await startGithub(world);
  const { file } = seenBy<CiRunsSeen>(await ask([runsQuestion()], commit));
  if (!file) throw new Error('No file was read.');
  return file;
}
const at = '2026-11-19T09:30:00Z';
const local = (name: string) => `{ uses: ./${folder}/${name} }`;
const told = ({ forgiving }: CiFile) => forgiving.map(({ job, name }) => [job, name]);

test('what a workflow of the same repository lets fail is told of the job that calls it, however deep', async () => {
  const file = await fileOf(
    `  a: ${local('one.yml')}\n  b: { name: B, strategy: { matrix: { n: [1] } }, uses: ./${folder}/one.yml }`,
    {
      'one.yml': `  c: ${lenient}\n  d: ${local('two.yml')}`,
      'two.yml': `  e: { name: E, ${lenient.slice(2)}`,
    },
  );
  expect(file.fault).toBeNull();
  expect(file.unreadCalls).toBeUndefined();
  expect(told(file)).toEqual([
    ['a / c', 'a / c'],
    ['a / d / e', 'a / d / E'],
    ['b / c', null],
    ['b / d / e', null],
  ]);
});

test.each([
  ['in another repository', 'o/r/.github/workflows/a.yml@v1'],
  ['that is not there', `./${folder}/none.yml`],
  ['outside its folder', './../../a.yml'],
  ['that is no workflow', `./${folder}/broken.yml`],
])('one %s is named as not read', async (_, uses) => {
  const file = await fileOf(`  a: { uses: ${uses} }\n  b: { steps: [] }`, { 'broken.yml': '\t[' });
  expect(file).toMatchObject({ fault: null, forgiving: [], unreadCalls: [{ job: 'a', name: 'a', uses }] });
});

test('those that call each other in a circle, or by thousands, end, and pass for nothing', async () => {
  const circle = await fileOf(`  a: ${local('a.yml')}`, { 'a.yml': `  a: ${local('a.yml')}` });
  expect(circle.unreadCalls).toMatchObject([{ job: 'a / a / a / a / a' }]);
  const many = Array.from({ length: 400 }, (_, n) => `  a${n}: ${local('a.yml')}`).join('\n');
  const wide = await fileOf(many, { 'a.yml': many });
  expect(wide.fault).toContain('its jobs call too many others (over 500)');
});
