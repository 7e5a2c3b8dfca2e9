import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '#e2e/repository/build.ts';
import { fileName, type Variety, workflowFile } from './vendors-spec.ts';

/** Each has a run of each workflow. */
const commits = 4;

/** A repository of four commits with the files and workflows that the launches name. */
export async function buildBenchRepository(folder: string, variety: Variety): Promise<void> {
  await mkdir(join(folder, 'docs'), { recursive: true });
  await mkdir(join(folder, '.github/workflows'), { recursive: true });
  await git(folder, 0, ['init', '--quiet', '--template=', '--initial-branch=main']);
  for (let n = 0; n < variety.files; n += 1) await writeFile(join(folder, fileName(n)), `# Part ${n}\n`);
  for (let n = 0; n < variety.workflows; n += 1) {
    const job = 'runs-on: ubuntu-latest, steps: [{ run: make }]';
    const text = `name: Gate ${n}\non: [push]\njobs: { build: { ${job} } }\n`;
    await writeFile(join(folder, '.github/workflows', workflowFile(n)), text);
  }
  await writeFile(join(folder, '.gitlab-ci.yml'), 'build: { script: [make] }\n');
  for (let n = 0; n < commits; n += 1) {
    await writeFile(join(folder, 'number'), `${n}\n`);
    await git(folder, n, ['add', '--all']);
    await git(folder, n, ['commit', '--quiet', '--message', `Commit ${n}`]);
  }
}
