import { z } from 'zod';
import { repositoryFile } from './format-kit.ts';
import { duration } from './scalars.ts';
import { name } from './text.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const pattern = (description: string, example: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(500)
    .regex(/^[^\s'"\\]+$/, 'A pattern of paths holds no space, quote or backslash.')
    .meta({ description, examples: [example] });

/** Paths that changed. Both vendors are to read them alike: braces, `!` and a leading slash mean something to one alone. */
const pathPattern = (description: string, example: string) =>
  pattern(description, example)
    .regex(
      /^(?!!|\/|\.\.?\/)[^{}]+$/,
      'A path is from the root of the repository, without `/`, `./` or `!` before it, and holds no brace.',
    )
    .meta({ description, examples: [example] });

/** A branch or tags. GitLab has no way to leave some out again. */
const refPattern = (description: string, example: string) =>
  pattern(description, example)
    .regex(
      /^(?!!)[^{}()|^$]+$/,
      'A pattern of branches or tags holds no brace, parenthesis, `|`, `^` or `$`, and no `!` before it.',
    )
    .meta({ description, examples: [example] });

const command = z
  .string()
  .trim()
  .min(1)
  .max(4000)
  .meta({ description: 'A shell command.', examples: ['just lint'] });

const within = (what: string, example: string) => duration(what, { least: minute, most: 6 * hour, example });

const vendor = (file: string, runsOn: z.ZodString) =>
  z
    .strictObject({ file: repositoryFile('Where it stands.', file), runsOn })
    .meta({ title: 'gate of a vendor' });

const strideSchema = z
  .strictObject({
    title: name('What its job is called.'),
    run: z
      .array(command)
      .min(1)
      .max(100)
      .describe('Commands, one after the other; the first that fails ends it.'),
    within: within('It must end within this.', '10m'),
    paths: z
      .array(pathPattern('A pattern of paths.', 'governance/**'))
      .min(1)
      .optional()
      .describe('On a pull request it is skipped when none of these changed. Default: it always runs.'),
    artifacts: z
      .strictObject({
        name: name('What the archive is called.')
          .regex(
            /^[^"':<>|*?\\/$]+$/,
            'An archive’s name holds no slash, backslash, quote, `$` or any of : < > | * ?',
          )
          .meta({ description: 'What the archive is called.', examples: ['fuzz-coverage'] }),
        paths: z
          .array(pathPattern('A path or pattern to keep.', 'target/coverage/'))
          .min(1)
          .describe('What is kept: paths and patterns.'),
        keep: duration('How long they are kept: whole days.', {
          least: day,
          most: 400 * day,
          example: '30d',
        }),
      })
      .optional()
      .meta({
        title: 'artifacts',
        description: 'What is kept of it. When none of it is there, the stride fails.',
      }),
  })
  .meta({ title: 'stride' });

export const gateSchema = z
  .strictObject({
    name: name('The name of the required check.'),
    github: vendor(
      '.github/workflows/fast-mainnet.yml',
      name('Label of the runner.').meta({ description: 'Label of the runner.', examples: ['ubuntu-24.04'] }),
    )
      .optional()
      .describe('The gate on GitHub Actions.'),
    gitlab: vendor(
      '.gitlab-ci.yml',
      name('The image.').meta({
        description: 'The image its jobs run in.',
        examples: ['rust:1.86-bookworm'],
      }),
    )
      .optional()
      .describe('The gate on GitLab CI.'),
    local: repositoryFile(
      'Where the script stands that runs it on one’s own machine.',
      'scripts/gate.sh',
    ).optional(),
    branches: z
      .array(refPattern('A protected branch.', 'main'))
      .min(1)
      .optional()
      .describe('Branches that it protects. Default: main.'),
    tags: z
      .array(refPattern('A pattern of tags.', 'v*'))
      .optional()
      .describe('Tags on which it runs. Default: v*.'),
    within: within('The whole must end within this.', '30m'),
    cache: z
      .strictObject({
        key: z
          .array(pattern('A file whose content keys the cache.', 'Cargo.lock'))
          .min(1)
          .describe('Files whose content keys the cache.'),
        paths: z.array(pattern('A folder to keep.', 'target')).min(1).describe('Folders to keep.'),
      })
      .optional()
      .meta({ title: 'cache', description: 'What strides share between runs.' }),
    setup: z.array(command).max(100).optional().describe('Commands that each stride needs before its own.'),
    always: z
      .array(pathPattern('A pattern of paths.', 'Cargo.lock'))
      .optional()
      .describe('A change to one of these runs every stride. The gate’s own files are among them.'),
    strides: z
      .record(z.string(), strideSchema)
      .describe('Its parts by id, each a job of its own, side by side.'),
  })
  .meta({ title: 'gate', description: 'The gate that each change and each candidate must pass in CI.' });

export type GateEntry = z.infer<typeof gateSchema>;
