import { verdictOrder } from '#components/verdict/states.ts';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { Verdict } from '#lib/domain/verdict.ts';

/** An alert as the check found it, read from its readings. */
export interface AlertReading {
  readonly name: string;
  readonly severity: string;
  /** `in-order`, or what is wrong in a word or two. */
  readonly state: string;
  /** Null where the check does not say it of each alert. */
  readonly verdict: Verdict | null;
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
    verdict: verdictOf(alert),
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

function verdictOf({ verdict, state }: JsonObject): Verdict | null {
  return verdictOrder.find((one) => one === verdict) ?? (state === 'in-order' ? 'pass' : null);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
