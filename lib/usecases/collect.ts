import { type House, house } from '#lib/server/house.ts';
import { queueCollection } from '#lib/server/queue.ts';
import { ask } from './ask.ts';
import { judgeCheck } from './judge-check.ts';
import { launchesInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';
import { settle } from './settle.ts';

export interface Collected {
  readonly requests: number;
  readonly checks: number;
  /** Launches whose board has news. */
  readonly news: readonly string[];
}

/**
 * One cycle over one physical source: asks it everything that all launches want to know, judges, and settles what
 * came of it. Then puts itself into the queue for the source's next turn.
 *
 * @returns null when no launch reads the source any more: the cycle ends there.
 */
export async function collect(key: string, at: House = house()): Promise<Collected | null> {
  const links = await at.db.launchSource.findMany({ where: { sourceKey: key }, select: { launchId: true } });
  const ids = [...new Set(links.map(({ launchId }) => launchId))];
  const launches = await launchesInForce(at.db, ids);
  const planned = launches.flatMap(planLaunch).filter((check) => reads(check, key));
  const everyMs = Math.min(
    ...launches.flatMap(({ spec, sources }) =>
      spec.sources.filter(({ id }) => sources.get(id)?.key === key).map((source) => source.everyMs),
    ),
  );
  if (launches.length === 0 || !Number.isFinite(everyMs)) return null;
  if (planned.length === 0) return { requests: 0, checks: 0, news: [] };
  const asked = await ask(planned, at);
  const nowMs = at.now();
  const judged = planned.map((check) => judgeCheck(check, asked.of(check), nowMs));
  const news = await settle({ source: { key, asked, everyMs }, launches: ids, judged }, at);
  const source = await at.db.source.findUnique({ where: { key }, select: { nextTryAt: true } });
  await queueCollection(at.db, key, source?.nextTryAt ?? new Date(nowMs + everyMs));
  return { requests: asked.requests, checks: planned.length, news };
}

function reads({ launch, check }: PlannedCheck, key: string): boolean {
  return check.source !== null && launch.sources.get(check.source)?.key === key;
}

/** Puts every source that a launch reads into the queue at once: what a worker does when it starts. */
export async function collectEverything(at: House = house()): Promise<number> {
  const links = await at.db.launchSource.findMany({ distinct: ['sourceKey'], select: { sourceKey: true } });
  for (const { sourceKey } of links) await queueCollection(at.db, sourceKey);
  return links.length;
}
