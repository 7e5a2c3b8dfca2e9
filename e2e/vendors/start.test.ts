import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { theBlock } from '#e2e/demo/surroundings.ts';
import { buildRepository } from '#e2e/repository/build.ts';
import { firstState } from '#e2e/story/state.ts';
import { tell } from '#e2e/story/steps.ts';
import { startVendors } from './start.ts';

const folder = mkdtempSync(join(tmpdir(), 'vendors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runsSchema = z.object({
  workflow_runs: z.array(
    z.object({
      id: z.number(),
      head_sha: z.string(),
      run_attempt: z.number(),
      conclusion: z.string(),
      run_started_at: z.string(),
      updated_at: z.string(),
    }),
  ),
});

test('runs stand on the repository’s commits, and one that was told stays as it was when another comes', async () => {
  const repository = await buildRepository(join(folder, 'the-block'), firstState.changes);
  const spec = await theBlock();
  const nowhere = 'http://127.0.0.1:9';
  const vendors = await startVendors({ spec, repository: repository.path, prometheus: nowhere }, firstState);
  const { origin, pathname } = new URL(vendors.addresses.github);
  const headers = { authorization: `Bearer ${vendors.tokens.github}` };
  const runs = async () => {
    const path = `${origin}/api/v3/repos${pathname}/actions/workflows/11/runs?per_page=100`;
    return runsSchema.parse(await (await fetch(path, { headers })).json()).workflow_runs;
  };
  const before = await runs();
  expect(before.filter(({ conclusion }) => conclusion === 'failure').length).toBeGreaterThan(1);
  expect(before.filter(({ run_attempt: attempt }) => attempt > 1)).toHaveLength(1);
  for (const run of before) {
    const tookMs = Date.parse(run.updated_at) - Date.parse(run.run_started_at);
    expect(tookMs).toBeLessThan(spec.kit?.gate?.withinMs ?? 0);
    expect(Date.parse(run.updated_at)).toBeLessThan(Date.now());
  }
  const failed = tell('fail gate run', firstState);
  if (!('state' in failed)) throw new Error(failed.kind);
  const newest = await repository.bring([...firstState.changes, 'patch-1']);
  await vendors.show(failed.state);
  const after = await runs();
  expect(after.filter(({ id }) => before.some((run) => run.id === id))).toEqual(before);
  expect(after.filter(({ id }) => !before.some((run) => run.id === id))).toMatchObject([
    { head_sha: newest, conclusion: 'success' },
    { head_sha: before[0]?.head_sha, conclusion: 'failure' },
  ]);
  await vendors.stop();
});
