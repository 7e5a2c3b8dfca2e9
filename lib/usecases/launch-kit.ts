import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { House } from '#lib/server/house.ts';
import { kitOf } from './kit-of.ts';
import { type LaunchInForce, launchInForce } from './launch-in-force.ts';
import { noSuchLaunch, refusal } from './problems.ts';

/** A launch with the files that its spec yields. */
export interface LaunchKit {
  readonly launch: LaunchInForce;
  readonly files: readonly KitFile[];
}

/** Reads a launch and makes its kit. */
export async function launchKit(id: string, at: House): Promise<Result<LaunchKit>> {
  const launch = await launchInForce(at.db, id);
  if (!launch) return noSuchLaunch(id);
  return { ok: true, value: { launch, files: kitOf(launch.spec) } };
}

/** One file of it by its path. */
export function kitFileOf({ launch, files }: LaunchKit, path: string): Result<KitFile> {
  const file = files.find((one) => one.path === path);
  if (file) return { ok: true, value: file };
  return refusal(
    'not-found',
    `The kit of ${launch.head.title} has no file “${path}”.`,
    'See the Kit screen for those it has.',
  );
}
