import { onTestFinished } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import { type Instead, type RunningGitlab, serveGitlab } from '#e2e/gitlab/serve.ts';
import { emptyGitlabWorld, type GitlabWorld, type WorldJob, type WorldPipeline } from '#e2e/gitlab/world.ts';
import type { Collection, Question, SourceContext } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { askSource, resolveCandidate } from '../registry.ts';
import type { Answer } from '../repository/failure.ts';

export const nowMs = Date.parse('2026-11-20T08:00:00Z');
export const token = 'glpat-canary0123456789abcdef';

export const ciText = `workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
.stride:
  allow_failure:
    exit_codes: [137]
  script: [just stride]
stride:
  extends: .stride
  parallel: 2
gate:
  needs: [stride]
  script: [just gate]
  rules:
    - changes: [src/**]
`;

export const files = {
  'README.md': '# Node\n',
  'src/lib.rs': 'pub fn stride() {}\n',
  '.gitlab-ci.yml': ciText,
};

/** A project with four commits on main, the third of them a merge of a side branch; the newest is the candidate. */
export function smallWorld(): { readonly world: GitlabWorld; readonly commits: readonly string[] } {
  const world = emptyGitlabWorld(nowMs);
  world.tokens.set(token, 'Reporter');
  const at = (day: number) => `2026-11-${day}T09:00:00.000Z`;
  const first = commitFiles(world, files, { message: 'Begin', at: at(15) });
  world.branches.set('side', first);
  const second = commitFiles(world, { ...files, a: 'a' }, { message: 'Add a', at: at(16) });
  const side = commitFiles(world, { ...files, b: 'b' }, { branch: 'side', message: 'Add b', at: at(17) });
  const merged = { ...files, a: 'a', b: 'b' };
  const third = commitFiles(world, merged, { message: 'Merge side', at: at(18), merges: [side] });
  const fourth = commitFiles(world, { ...merged, c: 'c' }, { message: 'Add c\n\nAt length.', at: at(19) });
  return { world, commits: [fourth, third, second, first] };
}

/** A pipeline that succeeded, with two jobs that did. */
export function addPipeline(
  world: GitlabWorld,
  commit: string,
  given: Partial<WorldPipeline> = {},
  jobs: readonly Partial<WorldJob>[] = [{ name: 'stride 1/2' }, { name: 'gate' }],
): void {
  const pipeline: WorldPipeline = {
    id: 501,
    commit,
    ref: 'main',
    status: 'success',
    source: 'push',
    createdAt: '2026-11-19T09:00:30.000Z',
    updatedAt: '2026-11-19T09:05:00.000Z',
    startedAt: '2026-11-19T09:01:00.000Z',
    finishedAt: '2026-11-19T09:05:00.000Z',
    duration: 238,
    yamlErrors: null,
    ...given,
  };
  world.pipelines.push(pipeline);
  for (const [index, job] of jobs.entries())
    world.jobs.push({
      id: pipeline.id * 1_000 + index,
      pipeline: pipeline.id,
      name: `job ${index}`,
      status: 'success',
      allowFailure: false,
      failureReason: null,
      startedAt: '2026-11-19T09:01:00.000Z',
      finishedAt: '2026-11-19T09:03:00.000Z',
      retried: false,
      downstream: null,
      ...job,
    });
}

/** The stand-in with one way out to it, which lasts over cycles and ends with the test. */
export async function startGitlab(
  world: GitlabWorld,
  options: { readonly instead?: Instead; readonly now?: () => number } = {},
): Promise<{
  readonly gitlab: RunningGitlab;
  readonly source: SourceSpec;
  readonly ask: (
    questions: readonly Question[],
    commit: string | null,
    more?: Partial<SourceContext>,
  ) => Promise<Collection>;
  readonly resolve: (ref: string, more?: Partial<SourceContext>) => Promise<Answer<string>>;
}> {
  const now = options.now ?? (() => nowMs);
  const gitlab = await serveGitlab(world, { ...options, now });
  const outgoing = createOutgoing({ allow: ['127.0.0.1'], now });
  onTestFinished(async () => {
    await outgoing.close();
    await gitlab.stop();
  });
  const source: SourceSpec = {
    id: 'gitlab',
    title: 'GitLab',
    kind: 'gitlab',
    network: null,
    address: gitlab.address,
    everyMs: 60_000,
    timeoutMs: 5_000,
    buildInfo: null,
  };
  return {
    gitlab,
    source,
    ask: (questions, commit, more = {}) =>
      askSource(source, questions, {
        outgoing,
        now,
        commit,
        credential: { origin: gitlab.origin, token },
        ...more,
      }),
    resolve: (ref, more = {}) =>
      resolveCandidate(source, ref, {
        outgoing,
        now,
        commit: null,
        credential: { origin: gitlab.origin, token },
        ...more,
      }),
  };
}

export const runsQuestion = (commits = 1, workflow: string | null = null): Question => ({
  ask: 'ci-runs',
  source: 'gitlab',
  workflow,
  commits,
});
export const requiredQuestion = (check = 'gate', branch: string | null = 'main'): Question => ({
  ask: 'ci-required',
  source: 'gitlab',
  branch,
  check,
});
export const fileQuestion = (path: string): Question => ({ ask: 'file', source: 'gitlab', path });
