import { z } from 'zod';
import { every, timeout } from './format-launch.ts';
import { id } from './scalars.ts';
import { name } from './text.ts';

export const sourceSchema = z
  .strictObject({
    kind: z
      .enum(['prometheus', 'repository', 'endpoint', 'github', 'gitlab', 'grafana'])
      .describe('What it is.'),
    title: name('What the board calls it. Default: its id.').optional(),
    network: id('The network it speaks of.', 'mainnet').optional(),
    address: z.string().trim().min(1).max(2000).meta({
      description:
        'Its URL; a repository may also be a path; of GitHub and GitLab the project’s page (https://github.com/owner/repository). No user or password: those belong to the installation.',
    }),
    every: every.optional(),
    timeout: timeout.optional(),
    buildInfo: z
      .strictObject({
        metric: name('A metric that each node emits once.'),
        label: name('Its label that names the commit which runs.'),
      })
      .optional()
      .meta({ title: 'buildInfo', description: 'Prometheus only: how to tell which commit runs.' }),
  })
  .meta({ title: 'source' });

export type SourceEntry = z.infer<typeof sourceSchema>;
