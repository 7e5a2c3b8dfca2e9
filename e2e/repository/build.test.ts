import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { differences } from '#lib/checks/kit-file/differences.ts';
import { kitFiles } from '#lib/kit/kit.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { buildRepository } from './build.ts';
import { filesAfter, finishing, firstChanges } from './changes.ts';

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
  const last = filesAfter([...firstChanges, ...finishing]);
  const boxes = (files: typeof first) =>
    files['docs/MAINNET_READINESS_CHECKLIST.md']?.match(/^\s*- \[x\]/gm)?.length;
  expect([boxes(first), boxes(last)]).toEqual([26, 38]);
  expect(first['docs/operations.md']).toContain('[Diagnosis to be written by the ledger team]');
  expect(last['docs/operations.md']).not.toContain('to be written');
});

test('a gate that is narrowed fuzzes no consensus until it is widened, before or after the merge queue', () => {
  const gate = (...names: Parameters<typeof filesAfter>[0]) =>
    filesAfter([...firstChanges, ...names])['.github/workflows/fast-mainnet.yml'];
  expect(gate('merge-queue')).toContain('--target consensus,treasury,receipts,energy');
  expect(gate('narrow-gate-1', 'merge-queue')).not.toContain('consensus,treasury,receipts,energy');
  expect(gate('narrow-gate-1', 'merge-queue')).toContain('\n  merge_group:\n');
  expect(gate('narrow-gate-1', 'merge-queue', 'widen-gate-1')).toBe(gate('merge-queue'));
});

test('what is finished is the kit’s, but for what the spec means', () => {
  const path = fileURLToPath(new URL('../../launches/the-block.yaml', import.meta.url));
  const read = readSpec(readFileSync(path, 'utf8'), path);
  if (!read.ok) throw new Error(read.problem.message);
  const last = filesAfter([...firstChanges, ...finishing]);
  const found = kitFiles(read.value.spec).map((file) => {
    const compared = differences(file, last[file.path] ?? '');
    return [file.path, compared.ok ? compared.value.map(({ at }) => at) : [compared.fault]] as const;
  });
  const rules = 'groups › “the-block-energy” › rules › “EnergyDisputesHigh”';
  expect(Object.fromEntries(found.filter(([, places]) => places.length > 0))).toEqual({
    'monitoring/alert.rules.yml': [
      `${rules} › expr`,
      `${rules} › annotations › summary`,
      `${rules} › annotations › description`,
    ],
    'monitoring/rules.test.yml': [
      'tests › “EnergyDisputesHigh: above 20 for 10m” › input_series › 1 › values',
    ],
  });
});
