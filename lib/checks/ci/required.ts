import type { CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import { nearest } from '../metrics/declaration.ts';
import { listWords, shown } from '../metrics/words.ts';
import { isJobOf } from './jobs.ts';

/** What is found of a check that should be required. */
export interface RequiredFinding {
  readonly verdict: Extract<Verdict, 'pass' | 'fail' | 'unknown'>;
  /** Enters the deciding fields. */
  readonly key: string;
  readonly lead: string;
  /** A sentence without its first capital and its end. */
  readonly clause: string;
  readonly toGreen: readonly string[];
}

const dayMs = 24 * 60 * 60 * 1000;
/** A required check that nobody reported for so long may be a name that nobody reports. */
const reportedWithinDays = 7;

/** Whether the check is required where it should be, and whether requiring it does what is meant. */
export function findRequired(seen: CiRequiredSeen, check: string, nowMs: number): readonly RequiredFinding[] {
  const unmet = seen.pipelinesMustSucceed === null ? notRequired(seen, check) : pipelinesMay(seen);
  if (unmet) return [unmet];
  const names =
    seen.pipelinesMustSucceed === null
      ? (name: string) => name === check
      : (name: string) => isJobOf(check, name);
  const doubts = [
    unprotected(seen),
    filtered(seen, check),
    forgiven(seen, check),
    unreported(seen, check, names, nowMs),
  ];
  return doubts.filter((finding) => finding !== null);
}

function pipelinesMay({ branch, pipelinesMustSucceed, unseen }: CiRequiredSeen): RequiredFinding | null {
  if (pipelinesMustSucceed) return null;
  if (unseen.length > 0)
    return cannotSee(`pipelines must succeed before a merge into ${shown(branch)}`, unseen);
  return {
    verdict: 'fail',
    key: 'not-required',
    lead: 'Not required',
    clause: `merges into ${shown(branch)} do not wait for the pipeline: “Pipelines must succeed” is off`,
    toGreen: ['Switch “Pipelines must succeed” on, in the project’s merge request settings.'],
  };
}

function notRequired(seen: CiRequiredSeen, check: string): RequiredFinding | null {
  const { branch, required, unseen } = seen;
  if (required.some((one) => one.check === check)) return null;
  const name = listWords([check]);
  if (unseen.length > 0) return cannotSee(`${name} is required on ${shown(branch)}`, unseen);
  const names = [...new Set(required.map((one) => one.check))];
  const near = nearest(check, names);
  return {
    verdict: 'fail',
    key: 'not-required',
    lead: 'Not required',
    clause: `${name} is not required on ${shown(branch)}: ${names.length === 0 ? 'no check is' : `${listWords(names)} ${names.length === 1 ? 'is' : 'are'}`}`,
    toGreen: [
      `Require ${name} on ${shown(branch)}, in a ruleset or in its branch protection${near === null ? '' : `; or name “${shown(near)}” in the spec, if that is meant`}.`,
    ],
  };
}

/** What is not shown to a token is not absent. */
function cannotSee(what: string, unseen: CiRequiredSeen['unseen']): RequiredFinding {
  const parts = unseen.map((one) => `${shown(one.what)} (it wants ${shown(one.permission)})`);
  return {
    verdict: 'unknown',
    key: `unseen ${unseen.map(({ what: part }) => part).join(', ')}`,
    lead: 'Cannot see',
    clause: `it cannot be told whether ${what}: the token may not see ${parts.join(' and ')}`,
    toGreen: [...new Set(unseen.map(({ permission }) => `Give the source’s token ${shown(permission)}.`))],
  };
}

/** What merges must pass is nothing to who need not merge. */
function unprotected({ branch, branchProtected }: CiRequiredSeen): RequiredFinding | null {
  if (branchProtected !== false) return null;
  return {
    verdict: 'fail',
    key: 'unprotected',
    lead: 'Branch not protected',
    clause: `${shown(branch)} is not protected: whoever may push puts commits on it past every merge and its pipeline`,
    toGreen: [`Protect ${shown(branch)}, so that it changes by merges alone.`],
  };
}

function filtered(
  { branch, file, pipelinesMustSucceed }: CiRequiredSeen,
  check: string,
): RequiredFinding | null {
  if (pipelinesMustSucceed !== null || file === null || !file.pathFilters.pullRequest) return null;
  return {
    verdict: 'fail',
    key: 'path-filter',
    lead: 'Blocks others for good',
    clause: `${listWords([check])} is required on ${shown(branch)}, but ${shown(file.path)} runs for pull requests only where certain paths change: on others it never reports, and they wait for good`,
    toGreen: [
      `Take the path filter from \`pull_request\` in ${shown(file.path)}, and decide by paths inside the workflow.`,
    ],
  };
}

/** GitLab merges over a failed job that is allowed to fail. */
function forgiven({ file, pipelinesMustSucceed }: CiRequiredSeen, check: string): RequiredFinding | null {
  if (pipelinesMustSucceed === null || file === null) return null;
  if (!file.forgiving.some(({ job, name, whole }) => whole && (job === check || name === check))) return null;
  return {
    verdict: 'fail',
    key: 'may-fail',
    lead: 'Allowed to fail',
    clause: `pipelines must succeed, but ${listWords([check])} is allowed to fail in ${shown(file.path)}, and they succeed without it`,
    toGreen: [`Take \`allow_failure\` from ${listWords([check])} in ${shown(file.path)}.`],
  };
}

/** Parts of what GitHub tells in which a name may stand that was reported. */
const whereReported: readonly string[] = ['check runs', 'commit statuses', 'pull requests'];

/** A name that nobody reports, or that another app reports than the one that alone may. */
function unreported(
  seen: CiRequiredSeen,
  check: string,
  isIt: (name: string) => boolean,
  nowMs: number,
): RequiredFinding | null {
  const fresh = seen.reported.filter(({ at }) => nowMs - Date.parse(at) <= reportedWithinDays * dayMs);
  const reports = fresh.filter((one) => isIt(one.check));
  const name = listWords([check]);
  const unmet =
    seen.pipelinesMustSucceed === null
      ? `${name} is required on ${shown(seen.branch)}, but nothing reported it`
      : `pipelines must succeed before a merge into ${shown(seen.branch)}, but none had the job ${name}`;
  if (reports.length === 0) {
    const others = [...new Set(fresh.map((one) => one.check))];
    const hidden = seen.unseen.filter(({ what }) => whereReported.includes(what));
    return {
      verdict: 'unknown',
      key: 'unreported',
      lead: `Not reported in ${reportedWithinDays} days`,
      clause: `${unmet} in ${reportedWithinDays} days${others.length > 0 ? `; reported were ${listWords(others)}` : ''}${hidden.length > 0 ? `; what may not be seen (${hidden.map(({ what }) => shown(what)).join(', ')}) may have it` : ''}`,
      toGreen: [
        ...hidden.map(({ permission }) => `Give the source’s token ${shown(permission)}.`),
        `Let it run, or require the name that runs report as they report it.`,
      ],
    };
  }
  const only = seen.required.filter((one) => one.check === check).map(({ app }) => app);
  const strict = only.filter((app) => app !== null);
  const wrong = strict.find((app) => reports.every((one) => one.app !== null && one.app !== app));
  if (wrong === undefined) return null;
  const by = listWords([...new Set(reports.flatMap(({ app }) => app ?? []))]);
  return {
    verdict: 'fail',
    key: 'other-app',
    lead: 'Reported by another app',
    clause: `${name} is required on ${shown(seen.branch)} from the app “${shown(wrong)}” alone, but ${by} reported it: it is waited for in vain`,
    toGreen: [`Require ${name} from ${by}, or from any source.`],
  };
}
