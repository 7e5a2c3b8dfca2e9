import { z } from 'zod';
import { durationPattern, readDuration } from '#lib/domain/duration.ts';
import { foreignCharacters } from './characters.ts';

/** A value read from a document, or what is wrong with it and what to write instead. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly message: string;
      readonly remedy: string;
      /** For a name: the sound one that was probably meant. */
      readonly near?: string;
    };

interface Written {
  readonly type: 'string';
  readonly pattern?: string;
  readonly format?: string;
  readonly description: string;
  readonly examples: readonly string[];
}

/** A schema for one value that says what is wrong in our words; `written` describes it to editors (JSON Schema). */
function scalar<T>(read: (input: unknown) => Read<T>, written: Written): z.ZodType<T> {
  return z
    .unknown()
    .transform((input, context): T => {
      const result = noText(input, written) ?? read(input);
      if (result.ok) return result.value;
      const { message, remedy } = result;
      context.issues.push({ code: 'custom', input, message, params: { remedy, scalar: true } });
      return z.NEVER;
    })
    .meta({ ...written });
}

function noText(input: unknown, { examples }: Written): Read<never> | null {
  if (typeof input !== 'object' && input !== undefined) return null;
  const what = Array.isArray(input)
    ? 'A list stands here.'
    : input
      ? 'A map stands here.'
      : 'Nothing stands here.';
  return { ok: false, message: what, remedy: `Write a text such as \`${examples[0]}\`.` };
}

export const idPattern = '^[a-z0-9][a-z0-9-]*$';

/** Reads an id: lower-case Latin letters, digits and `-`; for phases also `+`. At most 64 characters. */
export function readId(input: unknown, also = ''): Read<string> {
  const wrong = (message: string, plain: string): Read<string> => {
    const near = plain
      .toLowerCase()
      .replace(also === '' ? /[^a-z0-9]+/g : /[^a-z0-9+]+/g, '-')
      .replace(/^[-+]+|-+$/g, '')
      .slice(0, 64);
    if (near === '') return { ok: false, message, remedy: 'Write lower-case letters, digits and `-`.' };
    return { ok: false, message, remedy: `Write \`${near}\`.`, near };
  };
  if (typeof input !== 'string') {
    const read = wrong(`${String(input)} is not an id: without quotes it is no text.`, String(input));
    return read.ok || read.near === undefined ? read : { ...read, remedy: `Write \`"${read.near}"\`.` };
  }
  if (input.length > 64) return wrong(`An id of ${input.length} characters; 64 are allowed.`, input);
  const foreign = foreignCharacters(input);
  if (foreign) return wrong(`The id \`${input}\` ${foreign.message}.`, foreign.plain);
  if (new RegExp(`^[a-z0-9][a-z0-9${also}-]*$`).test(input)) return { ok: true, value: input };
  const allowed = `lower-case letters, digits and \`-\`${also && ` and \`${also}\``}`;
  return wrong(`\`${input}\` is not an id: only ${allowed}.`, input);
}

/** The id of something, or a reference to it. */
export function id(description: string, example: string): z.ZodType<string> {
  return scalar((input) => readId(input), {
    type: 'string',
    pattern: idPattern,
    description,
    examples: [example],
  });
}

/** A phase's id, which may hold a `+`: `launch+48h`. */
export function phaseId(description: string): z.ZodType<string> {
  const written = {
    type: 'string',
    pattern: '^[a-z0-9][a-z0-9+-]*$',
    description,
    examples: ['launch'],
  } as const;
  return scalar((input) => readId(input, '+'), written);
}

/** A duration within bounds, in milliseconds. */
export function duration(
  description: string,
  { least, most, example }: { readonly least: number; readonly most: number; readonly example: string },
): z.ZodType<number> {
  const read = (input: unknown): Read<number> => {
    const result = readDuration(input, { leastMs: least, mostMs: most });
    return result.ok ? { ok: true, value: result.ms } : result;
  };
  return scalar(read, { type: 'string', pattern: durationPattern, description, examples: [example] });
}

/** A span that an alert waits: a duration, or a number of epochs or blocks of the launch. */
export interface Span {
  readonly count: number;
  readonly unit: 'ms' | 'epoch' | 'block';
}

/** Reads a span; `description` is what editors show of its key. */
export function span(description: string): z.ZodType<Span> {
  const read = (input: unknown): Read<Span> => {
    const match = typeof input === 'string' ? /^([1-9][0-9]{0,6}) ?(epoch|block)s?$/.exec(input) : null;
    if (match)
      return { ok: true, value: { count: Number(match[1]), unit: match[2] === 'epoch' ? 'epoch' : 'block' } };
    const result = readDuration(input);
    return result.ok ? { ok: true, value: { count: result.ms, unit: 'ms' } } : result;
  };
  const pattern = `(${durationPattern})|(^[1-9][0-9]* ?(epoch|block)s?$)`;
  return scalar(read, { type: 'string', pattern, description, examples: ['10m', '2 epochs', '5 blocks'] });
}

const instantPattern =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2})$';

/** An instant: ISO 8601 with its zone. Comes out in UTC with milliseconds. */
export function instant(description: string): z.ZodType<string> {
  return scalar(readInstant, {
    type: 'string',
    pattern: instantPattern,
    description,
    examples: ['2026-12-01T14:00:00Z'],
  });
}

function readInstant(input: unknown): Read<string> {
  const example = 'Write it as `2026-12-01T14:00:00Z`.';
  if (typeof input !== 'string')
    return { ok: false, message: `${String(input)} is not an instant.`, remedy: example };
  const said = input.slice(0, 40);
  if (/^\d{4}-\d\d-\d\d$/.test(input)) {
    return {
      ok: false,
      message: `\`${input}\` is a day, not an instant.`,
      remedy: `Write \`${input}T00:00:00Z\`.`,
    };
  }
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(input)) {
    const withZone = `${input.replace(' ', 'T')}Z`;
    return {
      ok: false,
      message: `\`${said}\` has no zone.`,
      remedy: `Write \`${withZone}\` if it is in UTC.`,
    };
  }
  if (!new RegExp(instantPattern).test(input)) {
    return { ok: false, message: `\`${said}\` is not an instant.`, remedy: example };
  }
  const [year = 0, month = 0, day = 0] = input.slice(0, 10).split('-').map(Number);
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const ms = Date.parse(input);
  if (month < 1 || month > 12 || day < 1 || day > days || Number.isNaN(ms)) {
    const wrongDay = month >= 1 && month <= 12 && day > days;
    const remedy = wrongDay ? `That month has ${days} days.` : example;
    return { ok: false, message: `\`${said}\` is no instant that ever comes.`, remedy };
  }
  if (year < 2000 || year > 2199) {
    return { ok: false, message: `The year ${year} is far away.`, remedy: 'Look at the year again.' };
  }
  return { ok: true, value: new Date(ms).toISOString() };
}
