import { readArguments } from './arguments.ts';
import { type Exit, exit, wrong } from './exit.ts';
import { problemText, readSpecFile } from './read-spec-file.ts';

/** `spec validate FILE`: says whether a spec is sound, and if not where and what to write instead. */
export async function specCommand(args: readonly string[]): Promise<Exit> {
  const read = readArguments(args, { json: { type: 'boolean' } } as const);
  if (!read.ok) return wrong(read.message);
  const [verb, path, ...more] = read.positionals;
  if (verb !== 'validate' || !path || more.length > 0) return wrong('Say which: spec validate FILE.');
  const spec = await readSpecFile(path);
  if (!spec.ok) {
    if (read.values.json) process.stdout.write(`${JSON.stringify({ valid: false, ...spec.problem })}\n`);
    else process.stderr.write(`${problemText(path, spec.problem)}\n`);
    return spec.problem.code === 'invalid-input' ? exit.notReady : exit.wrongUse;
  }
  const items = spec.value.tracks.flatMap((track) => track.items);
  const checks = items.reduce((sum, item) => sum + item.checks.length, 0);
  const counts = {
    tracks: spec.value.tracks.length,
    items: items.length,
    checks,
    metrics: spec.value.metrics.length,
  };
  const told = Object.entries(counts).map(([what, n]) => `${n} ${n === 1 ? what.replace(/s$/, '') : what}`);
  const words = `${path} is sound: ${told.join(', ')}.`;
  process.stdout.write(read.values.json ? `${JSON.stringify({ valid: true, ...counts })}\n` : `${words}\n`);
  return exit.ready;
}
