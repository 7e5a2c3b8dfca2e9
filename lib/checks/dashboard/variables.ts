import type { Json, JsonObject } from '#lib/domain/json.ts';
import { readDatasource } from './datasource.ts';
import { isObject, listAt, numberAt, objectAt, textAt } from './json-at.ts';
import { type LabelValues, readLabelValues } from './label-values.ts';

/** A variable of a dashboard with what it stands for when the dashboard is opened. */
export interface DashboardVariable {
  readonly type: string;
  /** Values it has at first; null where the dashboard does not keep them and only Grafana could ask for them. */
  readonly values: readonly string[] | null;
  /** Whether several can be chosen: Grafana writes those as an alternation. */
  readonly multi: boolean;
  /** Its one value is a regular expression of its own: what stands for everything. */
  readonly isPattern: boolean;
  /** What Grafana asks for its values when the dashboard is opened; null where it does not ask, or that cannot be read. */
  readonly asks: LabelValues | null;
}

/**
 * The variables of a dashboard by name, as its own defaults have them: what was chosen when it was saved. Of both
 * schemas: `templating.list`, and `variables` with their `spec`.
 */
export function readVariables(dashboard: Json): ReadonlyMap<string, DashboardVariable> {
  const classic = listAt(objectAt(dashboard, 'templating') ?? {}, 'list').filter(isObject);
  const newer = listAt(dashboard, 'variables').flatMap((one) => {
    const spec = objectAt(one, 'spec');
    const type = (textAt(one, 'kind') ?? '').replace(/Variable$/, '').toLowerCase();
    return spec ? [{ ...spec, type } satisfies JsonObject] : [];
  });
  const read = new Map<string, DashboardVariable>();
  for (const one of [...classic, ...newer]) {
    const name = textAt(one, 'name');
    if (name) read.set(name, variableOf(one));
  }
  return read;
}

function variableOf(one: JsonObject): DashboardVariable {
  const type = textAt(one, 'type') ?? '';
  const multi = one.multi === true || one.includeAll === true;
  const values = valuesOf(one, type);
  const isAll = isEverything(one, type);
  const asks = type === 'query' && !isAll ? asksOf(one, values === null) : null;
  return { type, multi, values, isPattern: isAll && values?.length === 1, asks };
}

/** Grafana asks where it is told to on opening, and where nothing was ever chosen. */
function asksOf(one: JsonObject, isUnset: boolean): LabelValues | null {
  const refresh = one.refresh;
  const isAsked =
    isUnset || refresh === true || (typeof refresh === 'number' ? refresh > 0 : isNamed(refresh));
  const inner = objectAt(one, 'query');
  const text =
    textAt(one, 'query') ??
    textAt(inner ?? {}, 'query') ??
    textAt(objectAt(inner ?? {}, 'spec') ?? {}, 'query');
  const read = isAsked && text ? readLabelValues(text) : null;
  if (!read) return null;
  const datasource = one.datasource ?? inner?.datasource;
  const regex = textAt(one, 'regex');
  return {
    ...read,
    datasource: readDatasource(datasource, []),
    regex: regex === null || regex === '' ? null : regex,
    sort: numberAt(one, 'sort') ?? sortNames.indexOf(textAt(one, 'sort') ?? ''),
  };
}

/** The newer schema says these in words. */
function isNamed(refresh: Json | undefined): boolean {
  return refresh === 'onDashboardLoad' || refresh === 'onTimeRangeChanged';
}

const sortNames: readonly string[] = [
  'disabled',
  'alphabeticalAsc',
  'alphabeticalDesc',
  'numericalAsc',
  'numericalDesc',
  'alphabeticalCaseInsensitiveAsc',
  'alphabeticalCaseInsensitiveDesc',
];

function valuesOf(one: JsonObject, type: string): readonly string[] | null {
  const chosen = textsIn(objectAt(one, 'current')?.value);
  if (type === 'constant') return [textAt(one, 'query') ?? chosen[0] ?? ''];
  if (type === 'textbox') return chosen.length > 0 ? chosen : [textAt(one, 'query') ?? ''];
  if (isEverything(one, type)) return allOf(one, type);
  if (type === 'interval' && chosen.some((value) => value.startsWith('$__auto_interval'))) return ['1m'];
  if (chosen.length > 0) return chosen;
  const first = optionsIn(one)[0];
  return first === undefined ? null : [first];
}

/** Chosen as everything; so is what nobody chose for, where everything is the first that is offered. */
function isEverything(one: JsonObject, type: string): boolean {
  const chosen = textsIn(objectAt(one, 'current')?.value);
  if (chosen.length > 0) return chosen.includes('$__all');
  return one.includeAll === true && (type === 'query' || type === 'custom');
}

/** Everything: what the dashboard says that is, or each option it keeps. What it asks for anew each time matches all. */
function allOf(one: JsonObject, type: string): readonly string[] {
  const own = textAt(one, 'allValue');
  if (own) return [own];
  const options = optionsIn(one);
  return type === 'custom' && options.length > 0 ? options : ['.*'];
}

function optionsIn(one: JsonObject): readonly string[] {
  const kept = listAt(one, 'options').flatMap((option) =>
    textsIn(isObject(option) ? option.value : undefined),
  );
  const written = textAt(one, 'type') === 'custom' ? (textAt(one, 'query') ?? '').split(',') : [];
  return [...kept, ...written.map((word) => word.trim().replace(/^.*\s:\s/, ''))].filter(
    (value) => value !== '' && value !== '$__all',
  );
}

function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value)
    ? value.filter((one): one is string => typeof one === 'string' && one !== '')
    : [];
}
