import { badSources } from './bad-sources.ts';
import type { Drill } from './drill.ts';
import { live } from './live.ts';
import { prometheusDown } from './prometheus-down.ts';
import { sources } from './sources.ts';
import { webhook } from './webhook.ts';
import { workerKilled } from './worker-killed.ts';
import { writers } from './writers.ts';

/** All drills, in the order of the list. */
export const drills: readonly Drill[] = [
  prometheusDown,
  workerKilled,
  badSources,
  sources,
  live,
  webhook,
  writers,
];
