import { z } from 'zod';
import { gateSchema } from './format-gate.ts';
import { correctionSchema, dashboardSchema, kitFilesSchema } from './format-kit.ts';
import {
  candidateSchema,
  defaultsSchema,
  launchSchema,
  lengthsSchema,
  phaseSchema,
  roleSchema,
} from './format-launch.ts';
import { alertSchema, metricSchema, thresholdSchema } from './format-metrics.ts';
import { runbookSchema } from './format-runbooks.ts';
import { sourceSchema } from './format-sources.ts';
import { checkSchema, itemSchema, trackSchema } from './format-tracks.ts';
import { idPattern } from './scalars.ts';
import { name } from './text.ts';

const ids = z.string().regex(new RegExp(idPattern));

const checksSchema = z
  .array(checkSchema)
  .min(1)
  .describe('What proves it: all of these must pass. At least one.');
const itemsSchema = z
  .record(ids, itemSchema.extend({ checks: checksSchema }))
  .describe('Items by id, in the order the board shows them. An id stands once in the whole spec.');

/** The sections of a spec whose entries stand by id, and what one entry is called. */
export const sectionTitles = {
  networks: 'network',
  phases: 'phase',
  roles: 'role',
  owners: 'owner',
  sources: 'source',
  thresholds: 'threshold',
  alerts: 'alert',
  dashboards: 'dashboard',
  runbooks: 'runbook',
  corrections: 'correction',
  tracks: 'track',
} as const;

/**
 * The whole document, as editors see it: the JSON Schema is made from this. Reading goes through the same parts one
 * by one (`draft.ts`), so that a fault in one does not hide those in the others.
 */
export const documentSchema = z
  .strictObject({
    format: z.literal('big-green/v1').describe('The format of this document.'),
    launch: launchSchema,
    candidate: candidateSchema.optional(),
    lengths: lengthsSchema.optional(),
    defaults: defaultsSchema.optional(),
    networks: z
      .record(ids, name('Its name on the board.'))
      .optional()
      .describe('Networks by id, each with its name.'),
    phases: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9+-]*$/), phaseSchema)
      .describe('Phases by id, in the order of time. Items are due in one.'),
    roles: z.record(ids, roleSchema).describe('Roles by id: who leads tracks and who signs.'),
    owners: z
      .record(ids, name('Full name, as the board shows it.'))
      .optional()
      .describe('People who own items: a short id and the full name.'),
    sources: z.record(ids, sourceSchema).optional().describe('Sources by id: where evidence comes from.'),
    metrics: z
      .record(ids, z.record(z.string(), metricSchema))
      .optional()
      .describe('The inventory: metrics by name, in groups. Each name stands once.'),
    thresholds: z
      .record(ids, thresholdSchema)
      .optional()
      .describe('Bounds by id. Each is written here once; alerts take theirs from here.'),
    alerts: z
      .record(z.string(), alertSchema)
      .optional()
      .describe('Alert rules that Prometheus is to have loaded, by name.'),
    kit: kitFilesSchema.optional(),
    dashboards: z
      .record(ids, dashboardSchema)
      .optional()
      .describe('Grafana dashboards by id, with the panels that each must have.'),
    gate: gateSchema.optional(),
    runbooks: z
      .record(ids, runbookSchema)
      .optional()
      .describe('Runbooks by id, as structured steps: the documents are made from them.'),
    corrections: z
      .record(ids, correctionSchema)
      .optional()
      .describe('Faults of what stood before that the kit puts right, each with its reason.'),
    tracks: z
      .record(ids, trackSchema.extend({ items: itemsSchema }))
      .describe('Tracks by id, each a group of items, in the order the board shows them.'),
  })
  .meta({
    title: 'Big Green readiness spec',
    description:
      'What a launch must show before people can say go: sources, metrics, tracks, items and their checks.',
  });

/** Keys of the document. */
export const documentKeys: readonly string[] = Object.keys(documentSchema.shape);
