import type { Result } from '#lib/domain/problem.ts';
import type { ProposedFile } from '#lib/domain/proposal.ts';
import type {
  ProposalChoice,
  ProposalPlan,
  ProposalTarget,
  ProposalView,
} from '#lib/domain/proposal-view.ts';
import { type House, house } from '#lib/server/house.ts';
import { type LaunchKit, launchKit } from './launch-kit.ts';
import { branchOf, candidateRef, chosenFiles, type Prepared, prepareProposal } from './prepare-proposal.ts';
import { proposalTargets, targetOf } from './proposal-target.ts';
import { credentialOf } from './source-token.ts';

/** Says what a click on Propose would do, and does nothing. It reads with the source's own token. */
export async function planProposal(
  id: string,
  choice: ProposalChoice,
  at: House = house(),
): Promise<Result<ProposalView>> {
  const kit = await launchKit(id, at);
  if (!kit.ok) return kit;
  const targets = await proposalTargets(kit.value.launch, at);
  const views = targets.map(({ view }) => view);
  const seen = async (): Promise<Result<ProposalPlan>> => {
    const target = targetOf(targets, choice.source);
    if (!target.ok) return target;
    const { outgoing, now, cacheDir } = at;
    const credential = await credentialOf(target.value.key, at);
    const context = { outgoing, now, cacheDir, credential };
    const prepared = await prepareProposal(kit.value, target.value, context);
    if (!prepared.ok) return prepared;
    const files = chosenFiles(prepared.value, choice.files);
    if (!files.ok) return files;
    return { ok: true, value: planOf(kit.value, target.value.view, prepared.value, files.value) };
  };
  const plan = await seen();
  if (plan.ok) return { ok: true, value: { targets: views, plan: plan.value, unread: null } };
  const { message, remedy } = plan.problem;
  return { ok: true, value: { targets: views, plan: null, unread: { message, remedy } } };
}

function planOf(
  kit: LaunchKit,
  target: ProposalTarget,
  prepared: Prepared,
  chosen: readonly ProposedFile[],
): ProposalPlan {
  const { base, files, same } = prepared;
  const paths = new Set(chosen.map(({ path }) => path));
  return {
    source: target.source,
    base: { branch: base.branch, commit: base.commit, why: whyOf(kit, prepared) },
    files: files.map(({ kit: file, act, says }) => ({
      path: file.path,
      act,
      says,
      isChosen: paths.has(file.path),
    })),
    same,
    branch: chosen.length === 0 ? null : branchOf(chosen),
    title: titleOf(kit, chosen),
    text: textOf(kit, prepared, paths),
    permissions: permissionsOf(target, chosen),
  };
}

function titleOf({ launch }: LaunchKit, chosen: readonly ProposedFile[]): string {
  const name = launch.head.title.replace(/\s+/g, ' ').slice(0, 200);
  const isChange = chosen.length > 0 && chosen.every(({ was }) => was !== null);
  return isChange ? `Bring the launch kit of ${name} up to its spec` : `Add the launch kit of ${name}`;
}

function whyOf(kit: LaunchKit, { base }: Prepared): string {
  const ref = candidateRef(kit);
  if (ref === base.branch)
    return `The candidate is taken from ${base.branch}: what is merged there comes into the next one.`;
  const besides = ref === null ? 'no candidate is named' : `the candidate’s ref ${ref} is no branch there`;
  return `${base.branch} is the default branch; ${besides}.`;
}

function textOf({ launch }: LaunchKit, { base, files }: Prepared, paths: ReadonlySet<string>): string {
  const lines = (act: 'add' | 'change') =>
    files
      .filter(({ kit, act: own }) => own === act && paths.has(kit.path))
      .map(({ kit, says }) => `- \`${kit.path}\`: ${says}`);
  const parts = [
    ['Added:', lines('add')],
    ['Changed:', lines('change')],
  ] as const;
  return [
    `Files that the readiness spec of ${launch.head.title} yields (\`${launch.head.specDigest.slice(0, 19)}\`), proposed from Big Green.`,
    ...parts.flatMap(([head, told]) => (told.length === 0 ? [] : [[head, '', ...told].join('\n')])),
    `Made from \`${base.branch}\` at \`${base.commit.slice(0, 12)}\`; nothing else of it is changed.`,
  ].join('\n\n');
}

/** The names as each vendor's own pages have them; see the guide. */
function permissionsOf({ request }: ProposalTarget, files: readonly ProposedFile[]): readonly string[] {
  if (request === 'merge request') return ['scope api', 'role Developer'];
  const hasWorkflow = files.some(({ path }) => path.startsWith('.github/workflows/'));
  return [
    'Contents: read and write',
    'Pull requests: read and write',
    ...(hasWorkflow ? ['Workflows: read and write'] : []),
  ];
}
