import { type House, house } from '#lib/server/house.ts';
import { queueCollection, queueNextTurn } from '#lib/server/queue.ts';
import { ask } from './ask.ts';
import { checksOfSource } from './checks-of-source.ts';
import { judgeCheck } from './judge-check.ts';
import { quietUntil } from './quiet-time.ts';
import { reachSource } from './reach-source.ts';
import { settle } from './settle.ts';
import { credentialOf } from './source-token.ts';

export interface Collected {
  readonly requests: number;
  readonly checks: number;
  /** Launches whose board has news. */
  readonly news: readonly string[];
}

/**
 * One cycle over one physical source: asks it everything that all launches want to know, judges, and settles what
 * came of it. Then puts itself into the queue for the source's next turn. A source that asked not to be asked before
 * an instant is left alone until then, whoever wants to know.
 *
 * @returns null when no launch reads the source any more, or it is switched off: the cycle ends there.
 */
export async function collect(key: string, at: House = house()): Promise<Collected | null> {
  const { launches, planned } = await checksOfSource(key, at);
  const everyMs = Math.min(
    ...launches.flatMap(({ spec, sources }) =>
      spec.sources.filter(({ id }) => sources.get(id)?.key === key).map((source) => source.everyMs),
    ),
  );
  if (launches.length === 0 || !Number.isFinite(everyMs)) return null;
  if (await isOff(key, at)) return null;
  if (planned.length === 0) return { requests: 0, checks: 0, news: [] };
  const credential = await credentialOf(key, at);
  const quiet = await quietUntil(key, credential, at);
  if (quiet) {
    await queueCollection(at.db, key, quiet);
    return { requests: 0, checks: 0, news: [] };
  }
  const asked = await ask(planned, at, credential, (launch, source) => reachSource(launch, source, at));
  const nowMs = at.now();
  const judged = planned.map((check) => judgeCheck(check, asked.of(check), nowMs));
  const news = await settle(
    { source: { key, asked, everyMs }, launches: launches.map(({ head }) => head.id), judged },
    at,
  );
  const source = await at.db.source.findUnique({ where: { key }, select: { nextTryAt: true } });
  await queueNextTurn(at.db, key, source?.nextTryAt ?? new Date(nowMs + everyMs));
  return { requests: asked.requests, checks: planned.length, news };
}

/** Nobody asks a source that is switched off; switching it on puts it into the queue again. */
async function isOff(key: string, at: House): Promise<boolean> {
  const source = await at.db.source.findUnique({ where: { key }, select: { disabledAt: true } });
  return source?.disabledAt != null;
}

/** Puts every source that a launch reads into the queue at once: what a worker does when it starts. */
export async function collectEverything(at: House = house()): Promise<number> {
  const links = await at.db.launchSource.findMany({ distinct: ['sourceKey'], select: { sourceKey: true } });
  for (const { sourceKey } of links) await queueCollection(at.db, sourceKey);
  return links.length;
}
