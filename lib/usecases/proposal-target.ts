import type { Result } from '#lib/domain/problem.ts';
import type { ProposalTarget } from '#lib/domain/proposal-view.ts';
import { tokenOriginOf } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import type { House } from '#lib/server/house.ts';
import { repositoryOf } from './candidate-files.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { refusal } from './problems.ts';

/** A GitHub or GitLab source of a launch, at the address this installation has. */
export interface Target {
  readonly key: string;
  readonly source: SourceSpec;
  readonly view: ProposalTarget;
  readonly isOff: boolean;
}

/** Those a proposal can go to: first the one that is the repository itself, then in the order of the spec. */
export async function proposalTargets(launch: LaunchInForce, at: House): Promise<readonly Target[]> {
  const keys = [...launch.sources.values()].map(({ key }) => key);
  const rows = await at.db.source.findMany({
    where: { key: { in: keys } },
    select: { key: true, disabledAt: true, token: { select: { sourceKey: true } } },
  });
  const rowOf = new Map(rows.map((row) => [row.key, row]));
  const repository = pageOf(repositoryOf(launch)?.address ?? '');
  const targets = launch.spec.sources.flatMap((one): Target[] => {
    const physical = launch.sources.get(one.id);
    const row = rowOf.get(physical?.key ?? '');
    if (!physical || !row || (one.kind !== 'github' && one.kind !== 'gitlab')) return [];
    const { address, key } = physical;
    const tokenOrigin = tokenOriginOf(one.kind, address);
    if (tokenOrigin === null) return [];
    const view: ProposalTarget = {
      source: one.id,
      title: one.title,
      address,
      request: one.kind === 'github' ? 'pull request' : 'merge request',
      tokenOrigin,
      hasToken: row.token !== null,
    };
    return [{ key, source: { ...one, address }, view, isOff: row.disabledAt !== null }];
  });
  const isRepository = ({ source }: Target) => pageOf(source.address) === repository;
  return [...targets.filter(isRepository), ...targets.filter((one) => !isRepository(one))];
}

/** The target that is meant: by its id, or the first. */
export function targetOf(targets: readonly Target[], id: string | undefined): Result<Target> {
  const target = id === undefined ? targets[0] : targets.find(({ source }) => source.id === id);
  if (!target) {
    const remedy = 'Name one under `sources` in the spec.';
    return id === undefined
      ? refusal('refused', 'The spec names no GitHub or GitLab source to propose to.', remedy)
      : refusal('not-found', `The spec has no GitHub or GitLab source “${id}”.`, remedy);
  }
  if (!target.isOff) return { ok: true, value: target };
  return refusal(
    'refused',
    `${target.source.title} is switched off: nobody asks it.`,
    'Switch it on under Sources.',
  );
}

/** The page of a repository, for comparing: its clone address ends in `.git`. */
function pageOf(address: string): string {
  return address.replace(/\/$/, '').replace(/\.git$/, '');
}
