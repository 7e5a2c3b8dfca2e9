import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many tests of a phase came to what. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const noReport: Count = { passed: 0, failed: 1, skipped: 0 };

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/**
 * Counts Vitest's JSON report. A file that fails without a failing test (it could not be loaded, or its set-up failed)
 * is one failure, and so is a run that failed for no test's sake (`ok` is whether it ended well).
 */
export function vitestCount(file: string, ok: boolean): Count {
  const told = read(file, vitestSchema);
  if (!told) return noReport;
  const bareFiles = told.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const failed = told.numFailedTests + bareFiles;
  return {
    passed: told.numPassedTests,
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: told.numPendingTests + told.numTodoTests,
  };
}

const playwrightSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** Counts Playwright's JSON report. One that passed only when tried again did not pass. */
export function playwrightCount(file: string, ok: boolean): Count {
  const told = read(file, playwrightSchema);
  if (!told) return noReport;
  const { expected, unexpected, flaky, skipped } = told.stats;
  const failed = unexpected + flaky;
  return { passed: expected, failed: failed === 0 && !ok ? 1 : failed, skipped };
}

function read<S extends z.ZodType>(file: string, schema: S): z.output<S> | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
