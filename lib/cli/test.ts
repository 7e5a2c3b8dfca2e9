import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { runChecks } from './check-steps.ts';
import { runStep } from './run-step.ts';

/** All tests: check, unit and integration, browser. The last line sums them up, alone. */
const scratch = mkdtempSync(join(tmpdir(), 'big-green-test-'));
const say = (text: string) => console.log(text);

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

async function checkCount(): Promise<Count> {
  say('— check');
  const steps = await runChecks(say);
  const passed = steps.filter(({ ok }) => ok).length;
  return { passed, failed: steps.length - passed, skipped: 0 };
}

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numFailedTestSuites: z.number(),
});

async function vitestCount(): Promise<Count> {
  say('— unit and integration');
  const file = join(scratch, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { ok } = await runStep(join('node_modules', '.bin', 'vitest'), args, true);
  const told = report(file, vitestSchema);
  if (!told) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests: passed, numPendingTests, numTodoTests } = told;
  // A file that cannot be loaded fails without a test of its own, and an error outside tests fails the run.
  const failed = told.numFailedTests > 0 ? told.numFailedTests : ok ? 0 : 1;
  return { passed, failed, skipped: numPendingTests + numTodoTests };
}

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

async function browserCount(): Promise<Count> {
  const folder = join('e2e', 'journeys');
  if (!existsSync(folder) || !readdirSync(folder).some((name) => name.endsWith('.e2e.ts'))) {
    say('— browser: there are no journeys');
    return { passed: 0, failed: 0, skipped: 0 };
  }
  say('— browser');
  const file = join(scratch, 'playwright.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const { ok } = await runStep(
    join('node_modules', '.bin', 'playwright'),
    ['test', '--reporter=list,json'],
    true,
    env,
  );
  const told = report(file, playwrightSchema);
  if (!told) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = told.stats;
  return { passed: expected + flaky, failed: unexpected > 0 ? unexpected : ok ? 0 : 1, skipped };
}

function report<S extends z.ZodType>(file: string, schema: S): z.output<S> | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

const counts = [await checkCount(), await vitestCount(), await browserCount()];
rmSync(scratch, { recursive: true, force: true });
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
process.exitCode = sum('failed') > 0 ? 1 : 0;
say(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
