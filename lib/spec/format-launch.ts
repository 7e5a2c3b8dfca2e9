import { z } from 'zod';
import { duration, id, instant } from './scalars.ts';
import { name } from './text.ts';

const second = 1000;
const hour = 3_600_000;
const day = 24 * hour;

export const launchSchema = z
  .strictObject({
    id: id('Short name of the launch, as it stands in addresses. Never changes.', 'the-block'),
    title: name('What the board calls it.'),
    target: z
      .strictObject({
        at: instant('When the launch is meant to be.'),
        block: z
          .int()
          .min(0)
          .optional()
          .describe('Height of the block it is meant to be at, if there is one.'),
      })
      .meta({ title: 'target', description: 'When the launch is meant to be.' }),
  })
  .meta({ title: 'launch', description: 'What is launched, and when.' });

export const candidateSchema = z
  .strictObject({
    source: id(
      'The repository it is taken from: a source of kind `repository`, `github` or `gitlab`. Default: the only one.',
      'repository',
    ).optional(),
    ref: z
      .string()
      .min(1)
      .max(250)
      .regex(
        /^[^-\s~^:?*[\\][^\s~^:?*[\\]*$/,
        'A ref holds no space and none of ~ ^ : ? * [ \\, and begins with no `-`.',
      )
      .meta({
        description: 'Branch, tag or commit. Pinning it to a commit is done on the board.',
        examples: ['main'],
      }),
  })
  .meta({ title: 'candidate', description: 'Where the release candidate is taken from.' });

export const lengthsSchema = z
  .strictObject({
    epoch: duration('How long an epoch is.', { least: second, most: 30 * day, example: '10m' }),
    block: duration('How long a block takes.', { least: 1, most: hour, example: '1s' }),
  })
  .meta({ title: 'lengths', description: 'What "2 epochs" and "5 blocks" mean in time.' });

/** How old evidence may be. */
export const maxAge = duration('Evidence older than this no longer counts: the check is unknown or stale.', {
  least: second,
  most: 366 * day,
  example: '5m',
});
/** How often a source is asked. */
export const every = duration('How often it is asked.', { least: second, most: day, example: '15s' });
/** How long an answer may take. */
export const timeout = duration('How long an answer may take.', {
  least: 100,
  most: 120 * second,
  example: '10s',
});
/** How old a last sample may be. */
export const freshWithin = duration('A last sample older than this is not fresh.', {
  least: second,
  most: day,
  example: '1m',
});
/** Observations that confirm a fail. */
export const confirm = z
  .int()
  .min(1)
  .max(20)
  .describe('A fail counts after this many observations in a row.');
/** Time that confirms a fail. */
export const confirmFor = duration('A fail counts once it has lasted this long. Instead of `confirm`.', {
  least: second,
  most: 7 * day,
  example: '10m',
});
/** A Prometheus job. */
export const job = name('The Prometheus job that is to emit it. Default: any.');

export const defaultsSchema = z
  .strictObject({
    maxAge: maxAge.optional(),
    confirm: confirm.optional(),
    every: every.optional(),
    timeout: timeout.optional(),
    freshWithin: freshWithin.optional(),
    job: job.optional(),
  })
  .meta({ title: 'defaults', description: 'What holds where a check, source or metric says nothing else.' });

export const phaseSchema = z
  .strictObject({
    title: name('What the board calls it.'),
    at: instant('When it begins: what is due in it is due by then.'),
  })
  .meta({ title: 'phase' });

export const roleSchema = z
  .strictObject({
    title: name('What the role is called.'),
    abbreviation: z
      .string()
      .regex(/^[A-Z]{2,4}$/, 'An abbreviation has two to four capital letters.')
      .meta({ description: 'Two to four capital letters, for signature tags.', examples: ['SRE'] }),
  })
  .meta({ title: 'role' });

export type LaunchEntry = z.infer<typeof launchSchema>;
export type CandidateEntry = z.infer<typeof candidateSchema>;
export type LengthsEntry = z.infer<typeof lengthsSchema>;
export type DefaultsEntry = z.infer<typeof defaultsSchema>;
export type PhaseEntry = z.infer<typeof phaseSchema>;
export type RoleEntry = z.infer<typeof roleSchema>;
