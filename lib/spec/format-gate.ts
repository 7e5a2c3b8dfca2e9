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
      .array(pattern('A pattern of paths.', 'governance/**'))
      .min(1)
      .optional()
      .describe('On a pull request it is skipped when none of these changed. Default: it always runs.'),
    artifacts: z
      .strictObject({
        name: name('What the archive is called.'),
        paths: z
          .array(pattern('A path or pattern to keep.', 'target/coverage/'))
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
      .array(pattern('A protected branch.', 'main'))
      .min(1)
      .optional()
      .describe('Branches that it protects. Default: main.'),
    tags: z
      .array(pattern('A pattern of tags.', 'v*'))
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
      .array(pattern('A pattern of paths.', 'Cargo.lock'))
      .optional()
      .describe('A change to one of these runs every stride. The gate’s own files are among them.'),
    strides: z
      .record(z.string(), strideSchema)
      .describe('Its parts by id, each a job of its own, side by side.'),
  })
  .meta({ title: 'gate', description: 'The gate that each change and each candidate must pass in CI.' });

export type GateEntry = z.infer<typeof gateSchema>;
