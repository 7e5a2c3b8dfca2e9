import type { House } from '#lib/server/house.ts';
import { type LaunchInForce, launchesInForce } from './launch-in-force.ts';
import { type PlannedCheck, planLaunch } from './plan.ts';

/** The launches that read a physical source, and all their checks that do. */
export async function checksOfSource(
  key: string,
  at: House,
): Promise<{ readonly launches: readonly LaunchInForce[]; readonly planned: readonly PlannedCheck[] }> {
  const links = await at.db.launchSource.findMany({ where: { sourceKey: key }, select: { launchId: true } });
  const launches = await launchesInForce(at.db, [...new Set(links.map(({ launchId }) => launchId))]);
  const reads = ({ launch, check }: PlannedCheck) =>
    check.source !== null && launch.sources.get(check.source)?.key === key;
  return { launches, planned: launches.flatMap(planLaunch).filter(reads) };
}
