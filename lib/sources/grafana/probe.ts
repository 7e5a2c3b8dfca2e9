import { z } from 'zod';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import { shown } from '../as-told.ts';
import type { Client } from './client.ts';

const healthSchema = z.object({ version: z.string().optional(), database: z.string().optional() });
const foundSchema = z.array(z.object({ uid: z.string() }));

/** What a test of the connection finds at a Grafana: that it is one, and whether the token sees dashboards. */
export async function probe(client: Client): Promise<ProbePart[]> {
  const part = async <T>(name: string, path: string, schema: z.ZodType<T>, says: (value: T) => string) => {
    const beganMs = client.now();
    const reply = await client.get(path, schema);
    const tookMs = client.now() - beganMs;
    if (reply.ok) return { name, state: 'found' as const, says: says(reply.value), tookMs };
    const { kind, message } = reply.failure;
    const state =
      kind === 'unauthorised' || kind === 'not-found' ? ('missing' as const) : ('trouble' as const);
    return { name, state, says: message, tookMs };
  };
  const version = await part('Version', '/api/health', healthSchema, (health) =>
    health.version ? `Grafana ${shown(health.version)}` : 'answered, and does not say which',
  );
  if (version.state === 'trouble')
    return [version, { name: 'Search', state: 'not-tried', says: 'not tried', tookMs: null }];
  const search = await part('Search', '/api/search?type=dash-db&limit=1', foundSchema, (found) =>
    found.length > 0 ? 'granted' : 'answered; no dashboard is there that it may see',
  );
  return [version, search];
}
