import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * The Prometheus to use: the one given (from `$PROMETHEUS_BIN`), else `prometheus` on the path, else
 * `/usr/bin/prometheus`. Null when none of them runs. One that is given and does not run is not replaced by another.
 */
export async function findPrometheus(given?: string | undefined): Promise<string | null> {
  for (const candidate of given ? [given] : ['prometheus', '/usr/bin/prometheus']) {
    try {
      await run(candidate, ['--version'], { timeout: 10_000 });
      return candidate;
    } catch {
      // The next one.
    }
  }
  return null;
}
