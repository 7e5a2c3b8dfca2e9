import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { ThresholdsRead } from './dashboard.ts';
import { isObject, listAt, numberAt, objectAt, textAt } from './json-at.ts';

type Steps = ThresholdsRead['steps'];

/** The thresholds of a panel in the classic schema, whichever of Grafana's formats it is of. */
export function readThresholds(panel: Json, type: string): ThresholdsRead {
  const current = readFieldThresholds(fieldDefaults(panel), type);
  if (current.steps.some(({ value }) => value !== null)) return current;
  return legacy(panel) ?? current;
}

/** What holds for all fields of a panel of the classic schema. */
export function fieldDefaults(panel: Json): JsonObject | null {
  return objectAt(panel, 'fieldConfig', 'defaults') ?? objectAt(panel, 'options', 'fieldOptions', 'defaults');
}

/** The thresholds of field options, which both schemas have alike. */
export function readFieldThresholds(defaults: Json | null, type: string): ThresholdsRead {
  const thresholds = objectAt(defaults ?? {}, 'thresholds');
  const steps: Steps = listAt(thresholds ?? {}, 'steps').map((step) => ({
    value: numberAt(step, 'value'),
    color: textAt(step, 'color') ?? '',
  }));
  return {
    steps,
    percentage: textAt(thresholds ?? {}, 'mode') === 'percentage',
    drawn: isDrawn(defaults, type),
  };
}

/** Lines where there are lines; colours where there are numbers, in tables only in cells that are coloured. */
function isDrawn(defaults: Json | null, type: string): boolean {
  const custom = objectAt(defaults ?? {}, 'custom') ?? {};
  const mode = textAt(objectAt(defaults ?? {}, 'color') ?? {}, 'mode');
  if (type === 'timeseries' || type === 'trend' || type === 'barchart') {
    const style = textAt(objectAt(custom, 'thresholdsStyle') ?? {}, 'mode') ?? 'off';
    return style !== 'off' || mode === 'thresholds';
  }
  const color = mode ?? 'thresholds';
  if (type === 'table') {
    const cell =
      textAt(objectAt(custom, 'cellOptions') ?? {}, 'type') ?? textAt(custom, 'displayMode') ?? 'auto';
    return color === 'thresholds' && !['auto', 'json-view', 'image'].includes(cell);
  }
  return color === 'thresholds';
}

/** `graph` kept a list of lines, `singlestat` a text such as "50,80", the first `gauge` a list among its options. */
function legacy(panel: Json): ThresholdsRead | null {
  const old = isObject(panel) ? panel.thresholds : undefined;
  if (typeof old === 'string' && old.trim() !== '') {
    const steps = old.split(',').map((part) => ({ value: finite(Number(part)), color: '' }));
    return { steps, percentage: false, drawn: true };
  }
  const lines = Array.isArray(old) ? old : listAt(objectAt(panel, 'options') ?? {}, 'thresholds');
  if (lines.length === 0) return null;
  const steps = lines.map((line: Json) => ({
    value: numberAt(line, 'value'),
    color: textAt(line, 'colorMode') ?? textAt(line, 'color') ?? '',
  }));
  return { steps, percentage: false, drawn: true };
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
