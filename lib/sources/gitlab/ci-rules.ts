import type { Look } from '../yaml-look.ts';

/** Pipelines for merge requests, and for pushes to a branch. */
export type PipelineKind = 'merge-request' | 'push';

/** Whether something runs in a kind of pipeline: always, only where certain paths change, or never. */
export type Runs = 'open' | 'by-paths' | 'never';

/** `other`: pipeline sources besides merge requests and pushes that the words name. */
interface Kinds {
  readonly kinds: readonly PipelineKind[];
  readonly other: readonly string[];
}

const mergeRequest = /merge_request_event|\$CI_MERGE_REQUEST/;
const notMergeRequest = /\$CI_PIPELINE_SOURCE\s*!=\s*["']merge_request_event/;
/** Variables that are not set in merge request pipelines: https://docs.gitlab.com/ci/variables/predefined_variables/ */
const push = /\$CI_PIPELINE_SOURCE\s*==\s*["']push|\$CI_COMMIT_(?:BRANCH|TAG)\b/;
const otherSource = /\$CI_PIPELINE_SOURCE\s*==\s*["']([a-z_]{1,40})["']/g;

/**
 * The kinds of pipeline that a rule's `if` is about, as far as its words tell; one that names none is about all.
 * https://docs.gitlab.com/ci/jobs/job_rules/
 */
export function kindsOf(condition: string | null): Kinds {
  const text = (condition ?? '').slice(0, 2_000);
  if (notMergeRequest.test(text)) return { kinds: ['push'], other: [] };
  const other = [...text.matchAll(otherSource)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'push' && name !== 'merge_request_event');
  const named: PipelineKind[] = [
    ...(mergeRequest.test(text) ? (['merge-request'] as const) : []),
    ...(push.test(text) ? (['push'] as const) : []),
  ];
  return { kinds: named.length > 0 || other.length > 0 ? named : ['merge-request', 'push'], other };
}

/** A list of rules, those of lists within it too, at most 500. */
export function rulesOf(rules: Look): readonly Look[] {
  return rules
    .items()
    .flatMap((item) => (item.isMap ? [item] : item.items()))
    .slice(0, 500);
}

/** What `rules` come to: the first that matches decides, and one with `changes` matches only where paths changed. */
export function runsByRules(rules: readonly Look[], kind: PipelineKind): Runs {
  const admitting = rules.filter(
    (rule) => rule.get('when').text() !== 'never' && kindsOf(rule.get('if').text()).kinds.includes(kind),
  );
  if (admitting.length === 0) return 'never';
  return admitting.every((rule) => !rule.get('changes').isNothing) ? 'by-paths' : 'open';
}

/**
 * What the older `only` and `except` come to; without them, a job runs for pushes and not for merge requests.
 * https://docs.gitlab.com/ci/yaml/deprecated_keywords/#only--except
 */
export function runsByOnly(only: Look, except: Look, kind: PipelineKind): Runs {
  const refs = only.isMap ? only.get('refs') : only;
  const names = refs.isNothing ? ['branches', 'tags'] : refs.texts();
  const isAdmitted =
    kind === 'merge-request'
      ? names.includes('merge_requests')
      : names.some((name) => name !== 'merge_requests');
  if (!isAdmitted) return 'never';
  const byPaths = [only, except].some((part) => part.isMap && !part.get('changes').isNothing);
  return byPaths ? 'by-paths' : 'open';
}
