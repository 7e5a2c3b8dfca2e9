import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from './check-steps.ts';
import { runStep } from './run-step.ts';
import { type Count, playwrightCount, vitestCount } from './test-reports.ts';

/** All tests: check, unit and integration, the build, browser. The last line sums them up, alone. */
const scratch = mkdtempSync(join(tmpdir(), 'big-green-test-'));
const say = (text: string) => console.log(text);
const bin = (name: string) => join('node_modules', '.bin', name);

async function checks(): Promise<Count> {
  say('— check');
  const steps = await runChecks(say);
  const passed = steps.filter(({ ok }) => ok).length;
  return { passed, failed: steps.length - passed, skipped: 0 };
}

async function unitAndIntegration(): Promise<Count> {
  say('\n— unit and integration');
  const file = join(scratch, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { ok } = await runStep(bin('vitest'), args, true);
  return vitestCount(file, ok);
}

/** One passed or failed for the build; without pages there is nothing to look at. */
async function browser(): Promise<Count> {
  say('\n— browser');
  const { ok: built, output, tookMs } = await runStep(process.execPath, ['lib/cli/run.mjs', 'pages']);
  say(`${built ? 'ok    ' : 'FAILED'} build (${(tookMs / 1000).toFixed(1)} s)`);
  if (!built) {
    say(output);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  if (!readdirSync('e2e', { recursive: true }).some((name) => String(name).endsWith('.e2e.ts'))) {
    say('There are no journeys.');
    return { passed: 1, failed: 0, skipped: 0 };
  }
  const file = join(scratch, 'playwright.json');
  const { ok } = await runStep(bin('playwright'), ['test', '--reporter=list,json'], true, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  const count = playwrightCount(file, ok);
  return { ...count, passed: count.passed + 1 };
}

const counts = [await checks(), await unitAndIntegration(), await browser()];
rmSync(scratch, { recursive: true, force: true });
const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
process.exitCode = sum('failed') > 0 ? 1 : 0;
say(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
