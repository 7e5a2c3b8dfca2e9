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

/**
 * Reads a duration as specs write it: `500ms`, `30s`, `10m`, `2h`, `30d`. One number, one unit.
 * What it cannot read comes back with what is wrong and what to write instead.
 */
export function readDuration(input: unknown): DurationRead {
  if (typeof input === 'number') return numberWithoutUnit(input);
  if (typeof input !== 'string') return notOne(String(input));
  const match = /^([0-9]+)(ms|s|m|h|d)$/.exec(input);
  if (match?.[1] === undefined || !isUnit(match[2])) return otherwise(input);
  const ms = Number(match[1]) * unitMs[match[2]];
  if (ms === 0) {
    return { ok: false, message: `\`${input}\` is no time at all.`, remedy: 'Write at least `1ms`.' };
  }
  if (!Number.isSafeInteger(ms)) return notOne(input);
  return { ok: true, ms };
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

function numberWithoutUnit(input: number): DurationRead {
  const message = `${input} has no unit.`;
  if (!Number.isSafeInteger(input) || input <= 0) return { ok: false, message, remedy: example };
  const asSeconds = `\`${writeDuration(input * 1000)}\``;
  if (input % 1000 !== 0) return { ok: false, message, remedy: `Write ${asSeconds} if seconds are meant.` };
  const remedy = `Write \`${writeDuration(input)}\` if milliseconds are meant, ${asSeconds} if seconds.`;
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
  const spelled = /^([0-9]+)\s*([A-Za-z]+)$/.exec(text);
  if (spelled?.[1] === undefined || spelled[2] === undefined) return notOne(text);
  const unit = words[spelled[2].toLowerCase()] ?? spelled[2].toLowerCase();
  const remedy = isUnit(unit) && Number(spelled[1]) > 0 ? `Write \`${Number(spelled[1])}${unit}\`.` : example;
  return {
    ok: false,
    message: `\`${spelled[2].slice(0, 40)}\` in \`${text.slice(0, 40)}\` is not a unit.`,
    remedy,
  };
}
