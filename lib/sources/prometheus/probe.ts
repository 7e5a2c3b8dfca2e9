import { z } from 'zod';
import type { ProbePart } from '#lib/domain/source-settings.ts';
import type { Client, Reply } from './client.ts';

const buildInfo = z.object({ version: z.string() });
const tsdb = z.object({ headStats: z.object({ numSeries: z.number() }) });
const targets = z.object({ activeTargets: z.array(z.object({ health: z.string() })) });

/** What a test of the connection finds at a Prometheus: its version, its targets, its series. */
export async function probe(client: Client): Promise<ProbePart[]> {
  const part = async (name: string, path: string, says: (data: unknown) => string | null) => {
    const beganMs = client.now();
    const reply = await client.get(path, path === 'targets' ? { state: 'active' } : {});
    return partOf(name, reply, reply.ok ? says(reply.data) : null, client.now() - beganMs);
  };
  const first = await part('Version', 'status/buildinfo', (data) => {
    const read = buildInfo.safeParse(data);
    return read.success ? `Prometheus ${read.data.version}` : null;
  });
  // A server that is not reached is not asked twice more: each try would wait its time out.
  if (first.state === 'trouble') return [first, ...['Targets', 'Series'].map(notTried)];
  const others = await Promise.all([
    part('Targets', 'targets', (data) => {
      const read = targets.safeParse(data);
      if (!read.success) return null;
      const up = read.data.activeTargets.filter(({ health }) => health === 'up').length;
      return `${up} of ${read.data.activeTargets.length} up`;
    }),
    part('Series', 'status/tsdb', (data) => {
      const read = tsdb.safeParse(data);
      return read.success ? `${read.data.headStats.numSeries} in memory` : null;
    }),
  ]);
  return [first, ...others];
}

function partOf(name: string, reply: Reply, says: string | null, tookMs: number): ProbePart {
  if (reply.ok)
    return { name, state: 'found', says: says ?? 'answered, in a shape that is not known', tookMs };
  // Thanos and Mimir answer queries and lack these.
  const state = reply.failure.kind === 'not-found' ? 'missing' : 'trouble';
  return { name, state, says: reply.failure.message, tookMs };
}

function notTried(name: string): ProbePart {
  return { name, state: 'not-tried', says: 'not tried', tookMs: null };
}
