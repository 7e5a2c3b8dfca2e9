import { formatNumber } from './number.ts';

const short: Readonly<Record<string, string>> = {
  seconds: ' s',
  milliseconds: ' ms',
  minutes: ' min',
  hours: ' h',
  percent: ' %',
  score: '',
  share: '',
  ratio: '',
  'a second': '/s',
  'a minute': '/min',
  'an hour': '/h',
  'a day': '/d',
};

/** A number with its unit, as short as it is read: "0.42 s", "12 kWh", "3/h". */
export function withUnit(value: number, unit: string | null): string {
  const end = unit === null ? '' : (short[unit] ?? ` ${unit}`);
  return `${formatNumber(value)}${end}`;
}
