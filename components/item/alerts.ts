import type { Json, JsonObject } from '#lib/domain/json.ts';

/** An alert as the check found it, read from its readings. */
export interface AlertReading {
  readonly name: string;
  readonly severity: string;
  /** `in-order`, or what is wrong in a word or two. */
  readonly state: string;
  readonly rules: readonly {
    readonly query: string;
    readonly forMs: number | null;
    readonly where: string;
    readonly lastEvaluationAt: string | null;
    readonly lastError: string;
    readonly firing: number;
  }[];
}

/** Reads the alerts of an `alert-rule` check; empty when the readings hold none. */
export function alertReadings(readings: JsonObject): readonly AlertReading[] {
  const { alerts } = readings;
  if (!Array.isArray(alerts)) return [];
  return alerts.filter(isObject).map((alert) => ({
    name: text(alert.name),
    severity: text(alert.severity),
    state: text(alert.state),
    rules: (Array.isArray(alert.rules) ? alert.rules : []).filter(isObject).map((rule) => ({
      query: text(rule.query),
      forMs: typeof rule.forMs === 'number' ? rule.forMs : null,
      where: [text(rule.group), text(rule.file)].filter((part) => part !== '').join(', '),
      lastEvaluationAt: typeof rule.lastEvaluationAt === 'string' ? rule.lastEvaluationAt : null,
      lastError: text(rule.lastError),
      firing: Array.isArray(rule.firing) ? rule.firing.length : 0,
    })),
  }));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
