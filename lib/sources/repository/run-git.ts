import { type Answer, complaint, type Failed, failed } from './failure.ts';
import { type GitRun, killGit, notStarted, startGit } from './git.ts';

/**
 * Runs Git to its end. `value` is its standard output; a run that exits other than 0 comes back with its complaint
 * read by `explain`. A run over `maxBytes` of output or over its time is ended.
 */
export function runGit(
  args: readonly string[],
  run: GitRun & {
    readonly maxBytes: number;
    readonly explain: (stderr: string) => Failed;
  },
): Promise<Answer<string>> {
  return new Promise((resolve) => {
    if (run.signal?.aborted) return resolve(failed('timeout', 'Reading the repository was called off.'));
    const child = startGit(args, run);
    const out: Buffer[] = [];
    let bytes = 0;
    let complaints = '';
    let ended: Answer<string> | null = null;
    const end = (answer: Answer<string>): void => {
      ended ??= answer;
      killGit(child);
    };
    const timer = setTimeout(
      () => end(failed('timeout', `Git did not finish within ${run.timeoutMs / 1000} s.`)),
      run.timeoutMs,
    );
    const callOff = (): void => end(failed('timeout', 'Reading the repository was called off.'));
    run.signal?.addEventListener('abort', callOff, { once: true });
    child.stdin?.on('error', () => {});
    child.stdin?.end();
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > run.maxBytes) end(failed('too-large', `Git answered more than ${run.maxBytes} bytes.`));
      else out.push(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      if (complaints.length < 16_384) complaints += chunk.toString('utf8');
    });
    child.on('error', (error) => end(notStarted(error)));
    child.on('close', (code) => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', callOff);
      if (ended) resolve(ended);
      else if (code === 0) resolve({ ok: true, value: Buffer.concat(out).toString('utf8') });
      else resolve(run.explain(complaints));
    });
  });
}

/** The plain reading of a complaint where there is nothing more to say about it. */
export function unexplained(stderr: string): Failed {
  return failed('malformed', `Git could not read the repository: ${complaint(stderr)}.`);
}
