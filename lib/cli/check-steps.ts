import { join } from 'node:path';
import { houseRuleFaults } from './house-rules.ts';
import { runStep } from './run-step.ts';

export interface CheckedStep {
  readonly name: string;
  readonly ok: boolean;
}

const bin = (name: string) => join('node_modules', '.bin', name);

const programs: readonly (readonly [name: string, program: string, args: readonly string[]])[] = [
  ['types', bin('tsc'), ['--noEmit', '-p', '.']],
  ['lint and format', bin('biome'), ['check', '--error-on-warnings', '.']],
  [
    'import rules',
    bin('depcruise'),
    [
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'app',
      'components',
      'lib',
      'e2e',
      'bench',
    ],
  ],
  ['unused code', bin('knip'), ['--no-progress']],
];

/** Every step of `npm run check`, all of them even when one fails; what a failing step said is printed. */
export async function runChecks(say: (text: string) => void): Promise<CheckedStep[]> {
  const steps: CheckedStep[] = [];
  for (const [name, program, args] of programs) {
    const { ok, output, tookMs } = await runStep(program, args);
    say(`${ok ? 'ok    ' : 'FAILED'} ${name} (${(tookMs / 1000).toFixed(1)} s)`);
    if (!ok) say(output);
    steps.push({ name, ok });
  }
  const faults = houseRuleFaults();
  say(`${faults.length === 0 ? 'ok    ' : 'FAILED'} house rules`);
  for (const fault of faults) say(fault);
  return [...steps, { name: 'house rules', ok: faults.length === 0 }];
}
