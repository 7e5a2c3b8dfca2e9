import type { ThresholdSpec } from '#lib/domain/spec.ts';

/** One step of Grafana's thresholds: its colour from its value up; the first has no value and begins below all. */
export interface Step {
  readonly color: string;
  readonly value: number | null;
}

const fine = 'green';
const warned = 'orange';
const bad = 'red';

/** Steps of a threshold's bounds. Where values below are bad, the colours go the other way round. */
export function stepsOf(threshold: ThresholdSpec | null): readonly Step[] {
  if (threshold === null) return [{ color: fine, value: null }];
  const { side, warning, critical } = threshold;
  if (side === 'above') {
    return [
      { color: fine, value: null },
      ...(warning === null ? [] : [{ color: warned, value: warning }]),
      ...(critical === null ? [] : [{ color: bad, value: critical }]),
    ];
  }
  return [
    { color: critical === null ? warned : bad, value: null },
    ...(critical === null ? [] : [{ color: warning === null ? fine : warned, value: critical }]),
    ...(warning === null ? [] : [{ color: fine, value: warning }]),
  ];
}

/** The bounds in words: "Execution lag, p95: warning above 300 seconds, critical above 600 seconds." */
export function boundsInWords({ title, side, warning, critical, unit }: ThresholdSpec): string {
  const bound = (name: string, value: number | null) =>
    value === null ? [] : [`${name} ${side} ${value}${unit === null ? '' : ` ${unit}`}`];
  return `${title}: ${[...bound('warning', warning), ...bound('critical', critical)].join(', ')}.`;
}
