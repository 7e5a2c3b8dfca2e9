import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { playwrightCount, vitestCount } from './test-reports.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'big-green-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = (value: unknown) => {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
};
const vitest = (testResults: unknown[], numFailedTests = 0) =>
  written({ numPassedTests: 5, numFailedTests, numPendingTests: 2, numTodoTests: 1, testResults });
const failedFile = (...statuses: string[]) => ({
  status: 'failed',
  assertionResults: statuses.map((status) => ({ status })),
});

describe("Vitest's report", () => {
  test('counts what passed, and what was skipped or is to be written', () => {
    expect(vitestCount(vitest([]), true)).toEqual({ passed: 5, failed: 0, skipped: 3 });
  });

  test('a file that could not be loaded is a failure beside those of other files', () => {
    const file = vitest([failedFile('failed', 'passed'), failedFile(), failedFile('passed')], 1);
    expect(vitestCount(file, false).failed).toBe(3);
  });

  test('a run that failed with every test passed is a failure', () => {
    expect(vitestCount(vitest([]), false).failed).toBe(1);
  });

  test('no report is a failure', () => {
    expect(vitestCount(join(folder, 'none.json'), true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

test("in Playwright's report what passed at the second try did not pass", () => {
  const file = written({ stats: { expected: 7, unexpected: 1, flaky: 2, skipped: 3 } });
  expect(playwrightCount(file, false)).toEqual({ passed: 7, failed: 3, skipped: 3 });
  expect(playwrightCount(written({ stats: {} }), true).failed).toBe(1);
});
