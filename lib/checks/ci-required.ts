import { z } from 'zod';
import type { CheckKind, CheckSource } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import { requiredObserved } from './ci/observed.ts';
import { findRequired, type RequiredFinding } from './ci/required.ts';
import { capital } from './ci/words.ts';
import { listWords, shown } from './metrics/words.ts';

const parameters = z.strictObject({
  check: z
    .string()
    .min(1)
    .max(300)
    .describe(
      'Name of the check as its runs report it: on GitHub the job’s, on GitLab a job of the pipeline.',
    ),
  branch: z
    .string()
    .min(1)
    .max(250)
    .regex(/^[^\s~^:?*[\\\p{Cc}]+$/u, { error: 'write one branch by its name, without a pattern' })
    .exactOptional()
    .describe('The protected branch. Default: the project’s default branch.'),
});

type Bound = { readonly check: string; readonly branch: string | null };

/** Passes when nothing can be merged into the branch without the check. */
export const ciRequired: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'ci-required',
    title: 'Required check',
    why: 'A gate that nobody has to pass stops nothing, and one that never reports stops everything.',
    fix: 'Require the check on the branch, by the name that it reports, and let it report on every change.',
  },
  ruleVersion: 2,
  sourceKinds: ['github', 'gitlab'],
  parameters,
  bind: ({ check, branch }) => ({ ok: true, bound: { check, branch: branch ?? null } }),
  reads: ({ check, branch }, source) => [{ ask: 'ci-required', source, branch, check }],
  evaluate: ([observation], { check }, { nowMs, source }) => {
    const seen = requiredObserved(observation);
    return judgementOf(seen, check, findRequired(seen, check, nowMs), source);
  },
};

function judgementOf(
  seen: CiRequiredSeen,
  check: string,
  findings: readonly RequiredFinding[],
  source: CheckSource | null,
): Judgement {
  const [worst] = [...findings.filter(({ verdict }) => verdict === 'fail'), ...findings];
  const skipped = seen.pipelinesMustSucceed === true && seen.skippedCountsAsSuccess === true;
  const notes = skipped
    ? '; a skipped pipeline counts as success there, so that a commit that skips CI is merged untested'
    : '';
  return {
    verdict: worst?.verdict ?? 'pass',
    quiet: false,
    fact: worst
      ? { lead: `${worst.lead}.`, rest: `“${shown(check)}” on ${shown(seen.branch)}` }
      : {
          lead: 'Required',
          rest: `on ${shown(seen.branch)}, ${whereWords(seen, check)}${skipped ? '; skipped counts as success' : ''}`,
        },
    sentence: worst
      ? `${capital(findings.map(({ clause }) => clause).join('; '))}${notes}.`
      : `${required(seen, check)}${unsure(seen)}${notes}.`,
    toGreen: [...new Set(findings.flatMap(({ toGreen }) => toGreen))],
    deciding: {
      branch: seen.branch,
      findings: findings.map(({ key }) => key),
      by: [...new Set(seen.required.filter((one) => one.check === check).map(({ by }) => by))].sort(),
      skippedCountsAsSuccess: seen.skippedCountsAsSuccess,
    },
    readings: {
      branch: seen.branch,
      pipelinesMustSucceed: seen.pipelinesMustSucceed,
      required: seen.required.map(({ check: name, by, app }) => ({ name, by, app })),
      reported: seen.reported.slice(0, 40).map(({ check: name, app, at }) => ({ name, app, at })),
      unseen: seen.unseen.map(({ what, permission }) => ({ name: what, permission })),
      workflow: seen.file?.path ?? null,
    },
    picture: { kind: 'none' },
    again: againOf(seen, source?.address ?? null),
  };
}

function required(seen: CiRequiredSeen, check: string): string {
  return seen.pipelinesMustSucceed === null
    ? `${listWords([check])} is required on ${shown(seen.branch)}, ${whereWords(seen, check)}`
    : `Pipelines must succeed before a merge into ${shown(seen.branch)}, and ${listWords([check])} is a job of theirs`;
}

const places = {
  ruleset: 'by a ruleset',
  classic: 'by branch protection',
  merge: 'by the merge settings',
} as const;

function whereWords(seen: CiRequiredSeen, check: string): string {
  const by = new Set(seen.required.filter((one) => one.check === check).map((one) => places[one.by]));
  return by.size === 0 ? places.merge : [...by].join(' and ');
}

/** Whether a path filter hides it from some pull requests is in the file alone. */
function unsure({ file, pipelinesMustSucceed }: CiRequiredSeen): string {
  if (pipelinesMustSucceed !== null || (file !== null && file.fault === null)) return '';
  return file === null
    ? '; no workflow file with a job of that name was found, so a path filter cannot be ruled out'
    : `; ${shown(file.path)} could not be read, so a path filter cannot be ruled out`;
}

/** The vendor's page of what holds on the branch; GitLab's is for its maintainers. */
function againOf(
  { branch, pipelinesMustSucceed }: CiRequiredSeen,
  address: string | null,
): Judgement['again'] {
  if (address === null) return null;
  const project = address.replace(/\/+$/, '');
  const page =
    pipelinesMustSucceed === null
      ? `${project}/rules?ref=${encodeURIComponent(`refs/heads/${branch}`.toWellFormed())}`
      : `${project}/-/settings/merge_requests`;
  return { language: 'url', text: page, fault: null, href: /^https?:\/\//i.test(page) ? page : null };
}
