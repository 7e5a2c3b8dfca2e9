import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The Prometheus to use: the one given (from `$PROMETHEUS_BIN`), else `prometheus` on the path, else
 * `/usr/bin/prometheus`. Null when none of them runs. One that is given and does not run is not replaced by another.
 */
export function findPrometheus(given?: string | undefined): Promise<string | null> {
  return firstThatRuns(given ? [given] : ['prometheus', '/usr/bin/prometheus']);
}

/**
 * Its tool: the one given (from `$PROMTOOL_BIN`), else `promtool` beside the Prometheus that was given, on the path, or
 * in `/usr/bin`. Null when none of them runs.
 */
export function findPromtool(
  given?: string | undefined,
  prometheus?: string | undefined,
): Promise<string | null> {
  const beside = prometheus?.includes('/') ? [join(dirname(prometheus), 'promtool')] : [];
  return firstThatRuns(given ? [given] : [...beside, 'promtool', '/usr/bin/promtool']);
}

async function firstThatRuns(candidates: readonly string[]): Promise<string | null> {
  for (const candidate of candidates) {
    try {
      await run(candidate, ['--version'], { timeout: 10_000 });
      return candidate;
    } catch {
      // The next one.
    }
  }
  return null;
}
