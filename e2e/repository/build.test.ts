import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildRepository } from './build.ts';
import { filesAfter, firstChanges } from './changes.ts';

const folder = mkdtempSync(join(tmpdir(), 'launch-repository-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the same changes give the same commits, wherever and whenever', async () => {
  const one = await buildRepository(join(folder, 'one'), firstChanges);
  const two = await buildRepository(join(folder, 'two'), firstChanges.slice(0, 2));
  const more = [...firstChanges, 'merge-queue', 'patch-1'] as const;
  expect(await two.bring(firstChanges)).toBe(await one.bring(firstChanges));
  expect(await two.bring(more)).toBe(await one.bring(more));
  expect(readFileSync(join(one.path, '.github/workflows/fast-mainnet.yml'), 'utf8')).toContain(
    '\n  merge_group:\n',
  );
});

test('it does not go back', async () => {
  const three = await buildRepository(join(folder, 'three'), ['start', 'watch']);
  await expect(three.bring(['start'])).rejects.toThrow('only goes forward');
});

test('what is unfinished at first is finished by its change', () => {
  const first = filesAfter(firstChanges);
  const last = filesAfter([
    ...firstChanges,
    'audit-runbook',
    'energy-panels',
    'tick-energy',
    'tick-gate',
    'tick-launch',
  ]);
  const boxes = (files: typeof first) =>
    files['docs/MAINNET_READINESS_CHECKLIST.md']?.match(/^\s*- \[x\]/gm)?.length;
  expect([boxes(first), boxes(last)]).toEqual([26, 38]);
  expect(first['docs/operations.md']).not.toContain('## Settlement Audit');
  expect(last['docs/operations.md']).toContain('\n## Settlement Audit\n');
});

test('a gate that is narrowed fuzzes no consensus until it is widened, before or after the merge queue', () => {
  const gate = (...names: Parameters<typeof filesAfter>[0]) =>
    filesAfter([...firstChanges, ...names])['.github/workflows/fast-mainnet.yml'];
  expect(gate('narrow-gate-1', 'merge-queue')).not.toContain('consensus,treasury,receipts,energy');
  expect(gate('narrow-gate-1', 'merge-queue')).toContain('\n  merge_group:\n');
  expect(gate('narrow-gate-1', 'merge-queue', 'widen-gate-1')).toBe(gate('merge-queue'));
});
