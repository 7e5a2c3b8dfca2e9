import { describe, expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { GithubWorld, WorldRun } from '#e2e/github/world.ts';
import type { GitlabWorld, WorldJob, WorldPipeline } from '#e2e/gitlab/world.ts';
import { judge } from '#lib/checks/judge.ts';
import { checkKinds } from '#lib/checks/registry.ts';
import { specOf } from '#lib/checks/spec.fixture.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { Collection, Question } from '#lib/domain/question.ts';
import * as github from '#lib/sources/github/github.fixture.ts';
import * as gitlab from '#lib/sources/gitlab/gitlab.fixture.ts';

type Jobs = readonly Partial<WorldJob>[];

/** Where a gate stands at its vendor, as the vendor's API tells it: what the source and the rule together make of it. */
interface Situation {
  readonly verdict: Judgement['verdict'];
  readonly says: RegExp;
  readonly parameters?: JsonObject;
  /** GitHub's workflow at the candidate. Default: one in which everything counts. */
  readonly workflow?: string;
  readonly github: (world: GithubWorld, commits: readonly string[]) => void;
  readonly gitlab: (world: GitlabWorld, commits: readonly string[]) => void;
}

const runs =
  (given: Partial<WorldRun>, at = 0): Situation['github'] =>
  (world, commits) => {
    world.runs.push(github.run(commits[at] ?? '', given));
  };
const pipeline =
  (given: Partial<WorldPipeline>, jobs?: Jobs, at = 0): Situation['gitlab'] =>
  (world, commits) => {
    gitlab.addPipeline(world, commits[at] ?? '', given, jobs);
  };
const ended = (status: string, more: Partial<WorldPipeline> = {}) => pipeline({ status, ...more });
const sound = `on: [push]
jobs:
  lint: { runs-on: ubuntu-latest, steps: [{ run: just lint }] }
`;
const lint = { name: 'lint', status: 'success' } as const;
const named = { jobs: ['lint'] };
const plain = github.job('lint');

const situations: Readonly<Record<string, Situation>> = {
  'never ran': {
    verdict: 'unknown',
    says: /never ran on/,
    github: () => undefined,
    gitlab: () => undefined,
  },
  'was skipped': {
    verdict: 'unknown',
    says: /was skipped on .*: nothing was tested/,
    github: runs({ conclusion: 'skipped', attempts: [[]] }),
    gitlab: ended('skipped'),
  },
  'was cancelled': {
    verdict: 'unknown',
    says: /was cancelled on .*: it neither passed nor failed/,
    github: runs({ conclusion: 'cancelled', attempts: [[]] }),
    gitlab: pipeline({ status: 'canceled' }, []),
  },
  // GitLab knows no neutral end: nearest is a pipeline that waits for somebody's hand.
  'ended neutral, or waits': {
    verdict: 'unknown',
    says: /ended neutral on|waits for an approval/,
    github: runs({ conclusion: 'neutral', attempts: [[]] }),
    gitlab: pipeline({ status: 'manual', finishedAt: null }, [{ name: 'lint', status: 'manual' }]),
  },
  'timed out': {
    verdict: 'fail',
    says: /timed out/,
    github: runs({ conclusion: 'timed_out', attempts: [[]] }),
    gitlab: pipeline({ status: 'failed' }, [
      { name: 'lint', status: 'failed', failureReason: 'job_execution_timeout' },
    ]),
  },
  'is queued': {
    verdict: 'unknown',
    says: /is queued on/,
    github: runs({ status: 'queued', conclusion: null }),
    gitlab: pipeline({ status: 'pending', finishedAt: null, startedAt: null }, []),
  },
  'passed on its second attempt': {
    verdict: 'pass',
    says: /passed on attempt [23] on/,
    parameters: named,
    github: runs({ attempt: 2, attempts: [[github.job('lint', { conclusion: 'failure' })], [plain]] }),
    gitlab: pipeline({}, [{ ...lint, status: 'failed', retried: true }, lint]),
  },
  'passed on another commit': {
    verdict: 'unknown',
    says: /never ran on .*; it passed 1 commit before it, on .*, and not on this/,
    github: runs({}, 1),
    gitlab: pipeline({}, [lint], 1),
  },
  'had a stride skipped by paths': {
    verdict: 'unknown',
    says: /but “gate” was (skipped|left out of it, since no path of its changed): not tested/,
    parameters: { jobs: ['lint', 'gate'] },
    github: runs({ attempts: [[plain, github.job('gate', { conclusion: 'skipped' })]] }),
    gitlab: pipeline({}, [lint]),
  },
  'has a job that may fail': {
    verdict: 'unknown',
    says: /cannot be shown to have passed|was allowed to fail/,
    parameters: { jobs: ['stride'] },
    workflow: github.workflowText,
    github: runs({ attempts: [[github.job('Stride 1'), github.job('Stride 2')]] }),
    gitlab: pipeline({}, [{ name: 'stride', status: 'success', allowFailure: true }]),
  },
  'is missing a job': {
    verdict: 'unknown',
    says: /has no job “audit”, only “lint”/,
    parameters: { jobs: ['lint', 'audit'] },
    github: runs({ attempts: [[plain]] }),
    gitlab: pipeline({}, [lint]),
  },
  'took too long': {
    verdict: 'fail',
    says: /it took \d+ min.*, allowed are 2 min/,
    parameters: { ...named, within: '2m' },
    github: runs({ attempts: [[plain]] }),
    gitlab: pipeline({}, [lint]),
  },
};

const kind = checkKinds.get('ci-run');
if (!kind) throw new Error('There is no kind ci-run.');
const ciRun = kind;

async function judged(
  vendor: 'github' | 'gitlab',
  commit: string,
  ask: (questions: readonly Question[], commit: string) => Promise<Collection>,
  parameters: JsonObject,
): Promise<Judgement> {
  const own = vendor === 'github' ? { workflow: 'fast-mainnet.yml', ...parameters } : parameters;
  const bound = ciRun.bind(own, specOf({}), () => null);
  if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
  const { observations } = await ask(ciRun.reads(bound.bound, vendor), commit);
  const source = { id: vendor, title: vendor, address: 'https://vendor.example/the-block/node' };
  const context = { nowMs: github.nowMs, source, commit, itemStates: new Map() };
  const said = judge(ciRun, bound.bound, observations, context);
  if (said.kind === 'failed') throw new Error(said.failure.message);
  return said.judgement;
}

const vendors = {
  github: async ({ github: arrange, parameters = {}, workflow = sound }: Situation) => {
    const { world, commits: before } = github.smallWorld();
    const files = { ...github.files, '.github/workflows/fast-mainnet.yml': workflow };
    const candidate = commitFiles(world, files, { message: 'Name it', at: '2026-11-19T10:00:00Z' });
    arrange(world, [candidate, ...before]);
    const { ask } = await github.startGithub(world);
    return judged('github', candidate, ask, parameters);
  },
  gitlab: async ({ gitlab: arrange, parameters = {} }: Situation) => {
    const { world, commits } = gitlab.smallWorld();
    arrange(world, commits);
    const { ask } = await gitlab.startGitlab(world);
    return judged('gitlab', commits[0] ?? '', ask, parameters);
  },
};

describe.each(Object.entries(vendors))('on %s a workflow that', (_, judgedAt) => {
  const said = new Map<string, string>();
  test.each(Object.entries(situations))('%s', async (what, situation) => {
    const { verdict, sentence } = await judgedAt(situation);
    said.set(what, sentence);
    expect([verdict, sentence]).toEqual([situation.verdict, expect.stringMatching(situation.says)]);
  });

  test('stands in each of these ways has a sentence of its own', () => {
    expect(said.size).toBe(Object.keys(situations).length);
    expect(new Set(said.values()).size).toBe(said.size);
  });
});
