/** Milliseconds of each unit a duration may be written in. */
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof unitMs;

const words: Readonly<Record<string, Unit>> = {
  msec: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  hr: 'h',
  hrs: 'h',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
};

/** How a duration is written, for JSON Schema: a whole number and its unit, without a space. */
export const durationPattern = '^[1-9][0-9]*(ms|s|m|h|d)$';

export type DurationRead =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly message: string; readonly remedy: string };

/** What is too short or too long, where a duration stands. */
export interface DurationBounds {
  readonly leastMs: number;
  readonly mostMs: number;
}

const anyDuration: DurationBounds = { leastMs: 1, mostMs: Number.MAX_SAFE_INTEGER };

/**
 * Reads a duration as specs write it: `500ms`, `30s`, `10m`, `2h`, `30d`. One whole number, one unit.
 * What it cannot read comes back with what is wrong and what to write instead.
 */
export function readDuration(input: unknown, bounds: DurationBounds = anyDuration): DurationRead {
  if (typeof input === 'number') return numberWithoutUnit(input, bounds);
  if (typeof input !== 'string') return notOne(String(input));
  const match = /^([0-9]+)(ms|s|m|h|d)$/.exec(input);
  if (match?.[1] === undefined || !isUnit(match[2])) return otherwise(input);
  const ms = Number(match[1]) * unitMs[match[2]];
  if (ms === 0) {
    const remedy = `Write at least \`${writeDuration(bounds.leastMs)}\`.`;
    return { ok: false, message: `\`${input.slice(0, 40)}\` is no time at all.`, remedy };
  }
  if (!Number.isSafeInteger(ms)) return notOne(input);
  if (isWithin(ms, bounds)) return { ok: true, ms };
  return outside(input, ms, bounds);
}

/** A duration as specs write it, in the largest unit that divides it: 90 000 is `90s`. */
export function writeDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    if (ms >= unitMs[unit] && ms % unitMs[unit] === 0) return `${ms / unitMs[unit]}${unit}`;
  }
  return `${ms}ms`;
}

function isUnit(text: string | undefined): text is Unit {
  return text !== undefined && Object.hasOwn(unitMs, text);
}

function isWithin(ms: number, { leastMs, mostMs }: DurationBounds): boolean {
  return Number.isSafeInteger(ms) && ms >= leastMs && ms <= mostMs;
}

/** Offers the units with which the number would be a length that can stand there. */
function numberWithoutUnit(input: number, bounds: DurationBounds): DurationRead {
  const units = [
    ['s', 'seconds'],
    ['m', 'minutes'],
    ['ms', 'milliseconds'],
  ] as const;
  const offers = units
    .filter(([unit]) => isWithin(input * unitMs[unit], bounds))
    .map(([unit, name]) => `\`${writeDuration(input * unitMs[unit])}\` if ${name} are meant`);
  const remedy = offers.length > 0 ? `Write ${offers.slice(0, 2).join(', ')}.` : example;
  return { ok: false, message: `${input} has no unit.`, remedy };
}

/** Whoever writes 10000s mostly means milliseconds: the remedy says what that would be, where it fits. */
function outside(text: string, ms: number, bounds: DurationBounds): DurationRead {
  const least = `\`${writeDuration(bounds.leastMs)}\``;
  const most = `\`${writeDuration(bounds.mostMs)}\``;
  if (ms < bounds.leastMs) {
    return {
      ok: false,
      message: `\`${text}\` is less than ${least}, the least here.`,
      remedy: `Write ${least} or more.`,
    };
  }
  const message = `\`${text}\` is more than ${most}, the most here.`;
  const asMs = ms / 1000;
  const slip = /[0-9]s$/.test(text) && isWithin(asMs, bounds);
  const remedy = slip
    ? `Write \`${writeDuration(asMs)}\` if milliseconds were meant; else at most ${most}.`
    : `Write at most ${most}.`;
  return { ok: false, message, remedy };
}

const example = 'Write a whole number and a unit (ms, s, m, h, d), such as `10m`.';

function notOne(text: string): DurationRead {
  return { ok: false, message: `\`${text.slice(0, 40)}\` is not a duration.`, remedy: example };
}

function otherwise(text: string): DurationRead {
  const parts = [...text.matchAll(/([0-9]+)(ms|[smhd])/gy)];
  const whole = parts.reduce((sum, part) => sum + part[0].length, 0) === text.length;
  if (parts.length > 1 && whole) {
    const ms = parts.reduce(
      (sum, [, count, unit]) => sum + Number(count) * (isUnit(unit) ? unitMs[unit] : 0),
      0,
    );
    return {
      ok: false,
      message: `\`${text.slice(0, 40)}\` has more than one unit.`,
      remedy: Number.isSafeInteger(ms) && ms > 0 ? `Write \`${writeDuration(ms)}\`.` : example,
    };
  }
  const fraction = /^([0-9]{1,9}\.[0-9]{1,9})(ms|[smhd])$/.exec(text);
  if (fraction && isUnit(fraction[2])) {
    const ms = Math.round(Number(fraction[1]) * unitMs[fraction[2]]);
    const remedy = ms > 0 ? `Write \`${writeDuration(ms)}\`.` : example;
    return { ok: false, message: `\`${text}\` is not a whole number of its unit.`, remedy };
  }
  const spelled = /^([0-9]+)(\s*)([A-Za-z]+)$/.exec(text);
  if (spelled?.[1] === undefined || spelled[3] === undefined) return notOne(text);
  if (/^w(eeks?)?$/i.test(spelled[3]) && Number(spelled[1]) > 0) {
    const message = 'Weeks are no unit here.';
    return { ok: false, message, remedy: `Write \`${Number(spelled[1]) * 7}d\`.` };
  }
  const unit = words[spelled[3].toLowerCase()] ?? spelled[3].toLowerCase();
  const remedy = isUnit(unit) && Number(spelled[1]) > 0 ? `Write \`${Number(spelled[1])}${unit}\`.` : example;
  const message = isUnit(spelled[3])
    ? `\`${text.slice(0, 40)}\` has a space before its unit.`
    : `\`${spelled[3].slice(0, 40)}\` in \`${text.slice(0, 40)}\` is not a unit.`;
  return { ok: false, message, remedy };
}
