import type { AlertDeclaration, Spec, ThresholdSpec } from '#lib/domain/spec.ts';

/** An alert that the kit can write a rule for, with its threshold and its own bound. */
export interface BoundAlert {
  readonly alert: AlertDeclaration;
  readonly rule: NonNullable<AlertDeclaration['rule']>;
  readonly threshold: ThresholdSpec;
  readonly bound: number;
}

/** Alerts over thresholds, in the spec's order. One that only has to be loaded is somebody else's to write. */
export function boundAlerts(spec: Spec): readonly BoundAlert[] {
  return spec.alerts.flatMap((alert) => {
    const { rule } = alert;
    const threshold = spec.thresholds?.find(({ id }) => id === rule?.threshold);
    const bound = threshold?.[alert.severity] ?? null;
    return rule && threshold && bound !== null ? [{ alert, rule, threshold, bound }] : [];
  });
}

/** A number as people and Prometheus both read it. */
export function numberText(value: number): string {
  return String(Object.is(value, -0) ? 0 : value);
}

/** `600 seconds`, `0.01`. */
export function withUnit(value: number, unit: string | null): string {
  return unit === null ? numberText(value) : `${numberText(value)} ${unit}`;
}
