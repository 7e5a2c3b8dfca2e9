import { z } from 'zod';

/** A short text on one line: a title, a name. */
export function name(description: string): z.ZodString {
  return z
    .string()
    .trim()
    .regex(/^[^\r\n]*$/, 'It stands on one line.')
    .min(1)
    .max(200)
    .meta({ description });
}

/** A longer text for people. */
export function prose(description: string): z.ZodString {
  return z.string().trim().min(1).max(4000).meta({ description });
}

/** A PromQL expression. Its grammar is looked at by who knows it; here it is a text. */
export function promql(description: string): z.ZodString {
  return z.string().trim().min(1).max(10_000).meta({ description });
}
