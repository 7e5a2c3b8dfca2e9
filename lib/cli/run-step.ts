import { spawn } from 'node:child_process';
import { inheritedEnvironment } from '#lib/server/env.ts';

/** What a step came to. */
export interface StepOutcome {
  readonly ok: boolean;
  readonly output: string;
  readonly tookMs: number;
}

/** Runs a program of the project's own and keeps what it says; `echo` shows it at once as well. */
export function runStep(
  program: string,
  args: readonly string[],
  echo = false,
  env: Readonly<Record<string, string>> = {},
): Promise<StepOutcome> {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, [...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...inheritedEnvironment(), ...env } as NodeJS.ProcessEnv,
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (echo) process.stdout.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) =>
      resolve({ ok: false, output: error.message, tookMs: performance.now() - began }),
    );
    child.on('close', (code) => resolve({ ok: code === 0, output, tookMs: performance.now() - began }));
  });
}
