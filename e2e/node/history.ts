import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { advance, beginSimulation, expose } from './simulation.ts';
import type { NodeState } from './state.ts';

const everyS = 5;
const run = promisify(execFile);

/**
 * What scrapes of a node would have brought before it began: the same numbers that it goes on from. OpenMetrics text
 * with instants in seconds, as `promtool tsdb create-blocks-from openmetrics` reads it.
 */
export function exposeHistory(of: {
  readonly state: NodeState;
  readonly untilMs: number;
  readonly ranForMs: number;
  readonly labels: Readonly<Record<string, string>>;
}): string {
  const labels = Object.entries(of.labels).map(([name, text]) => `${name}="${text}"`);
  const lengthS = of.ranForMs / 1000;
  const lines: string[] = [];
  let simulation = beginSimulation();
  for (let second = 0; second < lengthS; second += everyS) {
    const at = (of.untilMs - of.ranForMs) / 1000 + second;
    for (const line of expose(simulation, of.state).split('\n')) {
      const [, name, inside, value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === undefined) continue;
      lines.push(`${name}{${[...(inside ? [inside] : []), ...labels].join(',')}} ${value} ${at.toFixed(3)}`);
    }
    lines.push(`up{${labels.join(',')}} 1 ${at.toFixed(3)}`);
    simulation = advance(simulation, Math.min(everyS, lengthS - second), of.state);
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

/**
 * Puts history into the data of a Prometheus that does not run yet, in the folder that it is to be started with.
 * `binary` is Prometheus's; its tool stands beside it wherever it is packaged.
 * @throws when there is no such tool, or it does not take the text
 */
export async function prefill(binary: string, dir: string, text: string): Promise<void> {
  const file = join(dir, 'history.om');
  const tool = binary.includes('/') ? join(dirname(binary), 'promtool') : 'promtool';
  await mkdir(join(dir, 'data'), { recursive: true });
  await writeFile(file, text);
  await run(tool, ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, join(dir, 'data')]);
  await rm(file, { force: true });
}
