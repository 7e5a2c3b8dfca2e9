import { z } from 'zod';
import { repositoryPathFault } from '#lib/domain/observations/repository.ts';
import { duration, id } from './scalars.ts';
import { name, promql, prose } from './text.ts';

const second = 1000;
const day = 86_400_000;

/** A path of the launched project's repository. */
export function repositoryFile(description: string, example: string) {
  return z
    .string()
    .superRefine((path, context) => {
      const fault = repositoryPathFault(path);
      const message = fault ?? fileFault(path);
      if (message)
        context.addIssue({
          code: 'custom',
          message,
          params: { remedy: `Write a path such as \`${example}\`.` },
        });
    })
    .meta({ description, examples: [example] });
}

/**
 * What a file to be made cannot be called, in words, or null. Its name stands in shell scripts between single quotes, in
 * archives and on every system that unpacks them, where a backslash may divide folders.
 */
function fileFault(path: string): string | null {
  if (path.endsWith('/')) return 'the path ends in a slash: name a file';
  if (/['"`\\\p{Cc}\p{Cf}\u2028\u2029]/u.test(path))
    return 'the path of a file to be made holds no quote, backslash, line break or mark that cannot be seen';
  const strange = path.split('/').find((part) => device.test(part) || /[<>:|*?]|[ .]$/.test(part));
  return strange === undefined ? null : `“${strange}” is no name for a file on Windows`;
}

/** Names of devices, whatever follows the first dot (learn.microsoft.com, “Naming Files, Paths, and Namespaces”). */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i;

export const kitFilesSchema = z
  .strictObject({
    alertRules: repositoryFile(
      'Where Prometheus’s alerting rules stand.',
      'monitoring/alert.rules.yml',
    ).optional(),
    recordingRules: repositoryFile(
      'Where its recording rules stand.',
      'monitoring/recording.rules.yml',
    ).optional(),
    ruleTests: repositoryFile('Where the unit tests of both stand.', 'monitoring/rules.test.yml').optional(),
    coverageScript: repositoryFile(
      'Where the script stands that asks for every metric.',
      'scripts/verify_metrics_coverage.sh',
    ).optional(),
    readme: repositoryFile('Where it is said which file goes where.', 'docs/launch-kit.md').optional(),
    webBase: z
      .url({ protocol: /^https?$/, error: 'an address begins with https:// or http://' })
      .max(1000)
      .meta({
        description:
          'Where people read the files of the repository: links from panels and alerts begin with it.',
        examples: ['https://github.com/the-block/the-block/blob/main'],
      })
      .optional(),
  })
  .meta({ title: 'kit', description: 'Where the files that the spec yields stand in the launched project.' });

const over = (description: string) =>
  duration(description, { least: 60 * second, most: 366 * day, example: '24h' });

const querySchema = z
  .strictObject({
    expr: promql('What it draws.'),
    legend: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({
        description: 'The name of each line, with labels in braces. Default: the panel’s title.',
        examples: ['{{status}}'],
      }),
  })
  .meta({ title: 'query' });

const panelSchema = z
  .strictObject({
    title: name('Its title in Grafana.'),
    type: z.enum(['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'heatmap']).describe('How it draws.'),
    about: prose('What it shows, for whoever looks at it.').optional(),
    unit: name(
      'Unit of its values: seconds, percent, BLOCK, kWh, a second. Default: its threshold’s.',
    ).optional(),
    threshold: id('The threshold whose bounds it draws.', 'execution-lag').optional(),
    over: over('Its own stretch of time. Default: its dashboard’s.').optional(),
    queries: z
      .array(querySchema)
      .min(1)
      .max(20)
      .optional()
      .describe('What it draws. Default: the value of its threshold.'),
    quietWhen: promql('Where this holds, no data is right, because nothing happened.').optional(),
  })
  .meta({ title: 'panel' });

export const dashboardSchema = z
  .strictObject({
    title: name('Its title in Grafana.'),
    file: repositoryFile('Where its JSON stands.', 'monitoring/grafana_treasury_dashboard.json'),
    uid: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,40}$/, 'A uid has at most 40 letters, digits, `-` and `_`.')
      .meta({
        description: 'Grafana’s stable id for it. Default: the launch’s id and its own.',
        examples: ['the-block-treasury'],
      })
      .optional(),
    folder: name('The folder it stands in. Default: none.').optional(),
    about: prose('What it is for.').optional(),
    over: over('The time it shows when it is opened. Default: 6h.').optional(),
    refresh: duration('How often it asks again. Default: never by itself.', {
      least: 5 * second,
      most: day,
      example: '30s',
    }).optional(),
    panels: z.record(z.string(), panelSchema).describe('Its panels by id, in the order they are laid out.'),
  })
  .meta({ title: 'dashboard' });

export const correctionSchema = z
  .strictObject({
    about: z
      .array(z.enum(['dashboards', 'gate', 'runbooks', 'alerts', 'coverage-script']))
      .min(1)
      .describe('The parts of the kit that it is about.'),
    was: prose('What stood there, and was wrong.'),
    now: prose('What stands there instead.'),
    why: prose('Why that was wrong.'),
  })
  .meta({ title: 'correction' });

export type KitFilesEntry = z.infer<typeof kitFilesSchema>;
export type DashboardEntry = z.infer<typeof dashboardSchema>;
export type CorrectionEntry = z.infer<typeof correctionSchema>;
