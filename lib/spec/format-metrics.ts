import { z } from 'zod';
import { freshWithin, job } from './format-launch.ts';
import { id, span } from './scalars.ts';
import { name, promql, prose } from './text.ts';

const values = z.array(z.string().max(500)).max(1000);

const labelSchema = z
  .strictObject({
    required: values.optional().describe('Values that must each have a live series.'),
    allowed: values
      .optional()
      .describe('Values that may be missing. With `required` or this, any other value is reported.'),
  })
  .meta({ title: 'label' });

export const metricSchema = z
  .strictObject({
    type: z
      .enum(['counter', 'gauge', 'histogram', 'summary', 'info', 'stateset', 'untyped'])
      .optional()
      .describe('Its type, held against what the target says. Default: not looked at.'),
    help: prose('What it measures.').optional(),
    labels: z
      .record(z.string(), labelSchema)
      .optional()
      .meta({
        description: 'Labels that each series must carry.',
        examples: [{ status: { required: ['active'] } }],
      }),
    minSeries: z.int().min(1).max(1_000_000).optional().describe('Live series wanted at least. Default 1.'),
    absentUntilFirst: z
      .boolean()
      .optional()
      .describe(
        'Its series appear with the first event: until then it passes as declared, when its target says so.',
      ),
    freshWithin: freshWithin.optional(),
    job: job.optional(),
    quietWhen: promql('Where this holds, NaN or no data is right, because nothing happened.').optional(),
  })
  .meta({ title: 'metric' });

const bounds = z
  .strictObject({
    warning: z.number().optional().describe('Where a warning begins.'),
    critical: z.number().optional().describe('Where it becomes critical.'),
  })
  .meta({ title: 'bounds', description: 'The value at which each severity begins.' });

export const thresholdSchema = z
  .strictObject({
    title: name('What it bounds.'),
    metric: name('The declared metric it is about.'),
    value: promql('What is compared. Default: the metric itself.').optional(),
    unit: name('Unit of the value: seconds, BLOCK, kWh.').optional(),
    above: bounds.optional().describe('Bad above these.'),
    below: bounds.optional().describe('Bad below these.'),
    record: z
      .string()
      .regex(
        /^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/,
        'A recording rule’s name holds letters, digits, `_` and `:`.',
      )
      .meta({
        description:
          'The name of a recording rule that keeps the value, so that people can ask for it shortly.',
        examples: ['treasury:disbursement_lag_seconds:p95'],
      })
      .optional(),
  })
  .meta({ title: 'threshold' });

export const alertSchema = z
  .strictObject({
    severity: z.enum(['warning', 'critical']).describe('How bad it is when it fires.'),
    threshold: id('The threshold it fires at. Instead of `metric`.', 'execution-lag').optional(),
    metric: name('The declared metric it watches, where no threshold is stated.').optional(),
    for: span('How long the bound is passed before it fires.').optional(),
    means: prose(
      'What it means that it fires, for the person it wakes. Default: its threshold’s title.',
    ).optional(),
  })
  .meta({ title: 'alert' });

export type MetricEntry = z.infer<typeof metricSchema>;
export type ThresholdEntry = z.infer<typeof thresholdSchema>;
export type AlertEntry = z.infer<typeof alertSchema>;
