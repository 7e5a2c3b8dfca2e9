import { writeDuration } from '#lib/domain/duration.ts';
import type { GateSpec } from '#lib/domain/kit-spec.ts';

/** What stands at the top of each file of the gate. */
export function gateHeader(gate: GateSpec, launch: string, words: readonly string[]): string {
  const lines = [
    `${gate.name}: made from the readiness spec of ${launch} by Big Green. Change the spec, not this file.`,
    ...words,
    `The whole ends within ${writeDuration(gate.withinMs)}.`,
  ];
  return lines.map((line) => `# ${line}\n`).join('');
}

/** Minutes, rounded up, as both vendors count limits. */
export function minutes(ms: number): number {
  return Math.ceil(ms / 60_000);
}
