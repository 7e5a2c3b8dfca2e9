/** Units in the spec's words that Grafana knows by an id of its own: packages/grafana-data, valueFormats/categories. */
const known: Readonly<Record<string, string>> = {
  nanoseconds: 'ns',
  microseconds: 'µs',
  milliseconds: 'ms',
  seconds: 's',
  minutes: 'm',
  hours: 'h',
  days: 'd',
  bytes: 'bytes',
  'bytes a second': 'Bps',
  bits: 'bits',
  'bits a second': 'bps',
  percent: 'percent',
  share: 'percentunit',
  ratio: 'percentunit',
  score: 'none',
  ms: 'ms',
  s: 's',
  '%': 'percent',
  'a second': 'suffix:/s',
  'a minute': 'suffix:/min',
  'an hour': 'suffix:/h',
  'a day': 'suffix:/d',
};

/** Grafana's unit for one in the spec's words: its own id, else the word behind the number; `short` for none. */
export function grafanaUnit(unit: string | null): string {
  if (unit === null) return 'short';
  return known[unit.toLowerCase()] ?? `suffix:${unit}`;
}
