import { z } from 'zod';
import { repositoryFile } from './format-kit.ts';
import { name, prose } from './text.ts';

const commands = z
  .string()
  .trim()
  .min(1)
  .max(8000)
  .meta({
    description: 'Shell commands, to be pasted as they stand.',
    examples: ["tb-cli gov treasury balance | jq '.executor'"],
  });

const stepSchema = z
  .strictObject({
    title: name('What is done.'),
    text: prose('More about it.').optional(),
    run: commands.optional(),
    look: prose('What to look for in what the commands say.').optional(),
  })
  .meta({ title: 'step' });

const pathSchema = z
  .strictObject({
    when: name('The cause that it is for.'),
    steps: z.array(stepSchema).min(1).max(50).describe('What is done, in order.'),
  })
  .meta({ title: 'resolution path' });

const lines = (description: string) => z.array(prose(description)).min(1).max(50).describe(description);

export const runbookSchema = z
  .strictObject({
    title: name('Its heading.'),
    file: repositoryFile('The document that it is a section of.', 'docs/operations.md'),
    about: prose('What has happened, in a sentence or two.').optional(),
    symptoms: lines('What people see.'),
    diagnosis: z.array(stepSchema).min(1).max(50).describe('How the cause is found, step by step.'),
    resolution: z.array(pathSchema).min(1).max(20).describe('A way out for each cause.'),
    alerts: z
      .array(z.string())
      .optional()
      .describe('Alerts that send people here. Each leads to one runbook.'),
    limits: lines('What counts as a breach where no alert watches.').optional(),
    over: lines('How people know that it is over.').optional(),
  })
  .meta({ title: 'runbook' });

export type RunbookEntry = z.infer<typeof runbookSchema>;
