import { onTestFinished } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import { type Instead, type RunningGithub, serveGithub } from '#e2e/github/serve.ts';
import {
  emptyWorld,
  type GithubWorld,
  type Permission,
  type WorldJob,
  type WorldRun,
} from '#e2e/github/world.ts';
import type { Collection, Question, SourceContext } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { askSource, resolveCandidate } from '../registry.ts';
import type { Answer } from '../repository/failure.ts';

export const nowMs = Date.parse('2026-11-20T08:00:00Z');
export const token = 'github_pat_canary0123456789abcdef';
export const allPermissions: readonly Permission[] = [
  'metadata',
  'contents',
  'actions',
  'checks',
  'statuses',
  'administration',
  'pull_requests',
];

export const workflowText = `name: Fast mainnet
on:
  pull_request:
    paths: ['src/**']
  push:
    branches: [main]
jobs:
  strides:
    name: Stride \${{ matrix.stride }}
    strategy: { matrix: { stride: [1, 2] } }
    runs-on: ubuntu-latest
    steps:
      - run: just stride
        continue-on-error: true
      - run: just report
  gate:
    name: Mainnet gate
    needs: strides
    continue-on-error: \${{ github.event_name == 'push' }}
    runs-on: ubuntu-latest
    steps: [{ run: just gate }]
`;

export const files = {
  'README.md': '# Node\n',
  'src/lib.rs': 'pub fn stride() {}\n',
  '.github/workflows/fast-mainnet.yml': workflowText,
};

/** A repository with four commits on main, the third of them a merge of a side branch; the newest is the candidate. */
export function smallWorld(): { readonly world: GithubWorld; readonly commits: readonly string[] } {
  const world = emptyWorld(nowMs);
  world.tokens.set(token, new Set(allPermissions));
  const at = (day: number) => `2026-11-${day}T09:00:00Z`;
  const first = commitFiles(world, files, { message: 'Begin', at: at(15) });
  world.branches.set('side', first);
  const second = commitFiles(world, { ...files, a: 'a' }, { message: 'Add a', at: at(16) });
  const side = commitFiles(world, { ...files, b: 'b' }, { branch: 'side', message: 'Add b', at: at(17) });
  const merged = { ...files, a: 'a', b: 'b' };
  const third = commitFiles(world, merged, { message: 'Merge side', at: at(18), merges: [side] });
  const fourth = commitFiles(world, { ...merged, c: 'c' }, { message: 'Add c\n\nAt length.', at: at(19) });
  world.workflows.push({
    id: 11,
    name: 'Fast mainnet',
    path: '.github/workflows/fast-mainnet.yml',
    state: 'active',
  });
  return { world, commits: [fourth, third, second, first] };
}

export function job(name: string, given: Partial<WorldJob> = {}): WorldJob {
  return {
    name,
    status: 'completed',
    conclusion: 'success',
    startedAt: '2026-11-19T09:01:00Z',
    completedAt: '2026-11-19T09:03:00Z',
    ...given,
  };
}

export function run(commit: string, given: Partial<WorldRun> = {}): WorldRun {
  return {
    id: 501,
    workflow: 11,
    commit,
    branch: 'main',
    number: 41,
    attempt: 1,
    event: 'push',
    status: 'completed',
    conclusion: 'success',
    startedAt: '2026-11-19T09:01:00Z',
    updatedAt: '2026-11-19T09:05:00Z',
    attempts: [[job('Stride 1'), job('Mainnet gate')]],
    ...given,
  };
}

/** The stand-in with one way out to it, which lasts over cycles and ends with the test. */
export async function startGithub(
  world: GithubWorld,
  options: { readonly instead?: Instead; readonly now?: () => number } = {},
): Promise<{
  readonly github: RunningGithub;
  readonly source: SourceSpec;
  readonly ask: (
    questions: readonly Question[],
    commit: string | null,
    more?: Partial<SourceContext>,
  ) => Promise<Collection>;
  readonly resolve: (ref: string, more?: Partial<SourceContext>) => Promise<Answer<string>>;
}> {
  const now = options.now ?? (() => nowMs);
  const github = await serveGithub(world, { ...options, now });
  const outgoing = createOutgoing({ allow: ['127.0.0.1'], now });
  onTestFinished(async () => {
    await outgoing.close();
    await github.stop();
  });
  const source: SourceSpec = {
    id: 'github',
    title: 'GitHub',
    kind: 'github',
    network: null,
    address: github.address,
    everyMs: 60_000,
    timeoutMs: 5_000,
    buildInfo: null,
  };
  return {
    github,
    source,
    ask: (questions, commit, more = {}) =>
      askSource(source, questions, {
        outgoing,
        now,
        commit,
        credential: { origin: github.origin, token },
        ...more,
      }),
    resolve: (ref, more = {}) =>
      resolveCandidate(source, ref, {
        outgoing,
        now,
        commit: null,
        credential: { origin: github.origin, token },
        ...more,
      }),
  };
}

export const runsQuestion = (commits = 1, workflow: string | null = 'fast-mainnet.yml'): Question => ({
  ask: 'ci-runs',
  source: 'github',
  workflow,
  commits,
});
export const requiredQuestion = (check = 'Mainnet gate', branch: string | null = 'main'): Question => ({
  ask: 'ci-required',
  source: 'github',
  branch,
  check,
});
export const fileQuestion = (path: string): Question => ({ ask: 'file', source: 'github', path });
