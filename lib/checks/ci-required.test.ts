import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { CiFile, CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import type { Observation } from '#lib/domain/question.ts';
import { fileOf } from './ci/runs.fixture.ts';
import { ciRequired } from './ci-required.ts';
import { registerCheck } from './register.ts';
import { specOf } from './spec.fixture.ts';

const kind = registerCheck(ciRequired);
const now = '2026-11-25T08:00:00Z';
const recently = '2026-11-24T08:00:00Z';
const gate = { check: 'gate', by: 'ruleset', app: null } as const;
const reported = [{ check: 'gate', app: 'github-actions', at: recently }];

/** GitHub, where the gate is required by a ruleset and was reported yesterday, but for what a test says. */
function github(given: Partial<CiRequiredSeen> = {}): CiRequiredSeen {
  return {
    branch: 'main',
    required: [gate],
    pipelinesMustSucceed: null,
    skippedCountsAsSuccess: null,
    unseen: [],
    reported,
    file: fileOf('github'),
    ...given,
  };
}

/** GitLab, where pipelines must succeed and the gate ran yesterday, but for what a test says. */
function gitlab(given: Partial<CiRequiredSeen> = {}): CiRequiredSeen {
  return github({
    required: [{ check: 'pipeline', by: 'merge', app: null }],
    pipelinesMustSucceed: true,
    skippedCountsAsSuccess: false,
    reported: [{ check: 'gate', app: null, at: recently }],
    file: fileOf('gitlab'),
    ...given,
  });
}

function judged(seen: CiRequiredSeen, at = now, address = 'https://github.com/block/node'): Judgement {
  const observation: Observation = {
    question: { ask: 'ci-required', source: 'ci', branch: null, check: 'gate' },
    observedAt: at,
    tookMs: 90,
    outcome: { ok: true, value: seen },
    answers: [],
  };
  const bound = kind.bind({ check: 'gate' }, specOf({}));
  if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
  return kind.evaluate([observation], bound.bound, {
    nowMs: Date.parse(at),
    source: { id: 'ci', title: 'CI', address },
    commit: null,
    itemStates: new Map(),
  });
}

const noAdmin = { what: 'classic branch protection', permission: 'Administration: read' };
const filtered: Partial<CiFile> = { pathFilters: { pullRequest: true, push: false } };
const forgiving = [{ job: 'gate', name: null, whole: true, steps: 0 }];

test.each<[string, CiRequiredSeen, string, string]>([
  ['required by a ruleset', github(), 'pass', '“gate” is required on main, by a ruleset.'],
  [
    'required twice',
    github({ required: [gate, { ...gate, by: 'classic' }] }),
    'pass',
    '“gate” is required on main, by a ruleset and by branch protection.',
  ],
  [
    'required, whatever else cannot be seen',
    github({ unseen: [noAdmin] }),
    'pass',
    '“gate” is required on main, by a ruleset.',
  ],
  [
    'required, by a job that no workflow file holds',
    github({ file: null }),
    'pass',
    '“gate” is required on main, by a ruleset; no workflow file with a job of that name was found, so a path filter cannot be ruled out.',
  ],
  [
    'required, by a workflow file that could not be read',
    github({ file: fileOf('github', { fault: 'no YAML' }) }),
    'pass',
    '“gate” is required on main, by a ruleset; .github/workflows/fast-mainnet.yml could not be read, so a path filter cannot be ruled out.',
  ],
  [
    'required, on a branch that may be pushed to past it',
    gitlab({ branchProtected: false }),
    'fail',
    'Main is not protected: whoever may push puts commits on it past every merge and its pipeline.',
  ],
  [
    'required, on a protected branch',
    github({ branchProtected: true }),
    'pass',
    '“gate” is required on main, by a ruleset.',
  ],
  [
    'not required, when all was seen',
    github({ required: [] }),
    'fail',
    '“gate” is not required on main: no check is.',
  ],
  [
    'not required, but another name like it',
    github({ required: [{ ...gate, check: 'gates' }] }),
    'fail',
    '“gate” is not required on main: “gates” is.',
  ],
  [
    'not required as far as the token may see',
    github({ required: [], unseen: [noAdmin] }),
    'unknown',
    'It cannot be told whether “gate” is required on main: the token may not see classic branch protection (it wants Administration: read).',
  ],
  [
    'required behind a path filter',
    github({ file: fileOf('github', filtered) }),
    'fail',
    '“gate” is required on main, but .github/workflows/fast-mainnet.yml runs for pull requests only where certain paths change: on others it never reports, and they wait for good.',
  ],
  [
    'required, and reported by nothing in 7 days',
    github({ reported: [{ check: 'gate', app: null, at: '2026-11-18T07:59:59Z' }] }),
    'unknown',
    '“gate” is required on main, but nothing reported it in 7 days.',
  ],
  [
    'required, and not reported where it may be seen',
    github({ reported: [], unseen: [{ what: 'pull requests', permission: 'Pull requests: read' }] }),
    'unknown',
    '“gate” is required on main, but nothing reported it in 7 days; what may not be seen (pull requests) may have it.',
  ],
  [
    'required under a name that nothing reports',
    github({ reported: [{ check: 'Gate / gate', app: null, at: recently }] }),
    'unknown',
    '“gate” is required on main, but nothing reported it in 7 days; reported were “Gate / gate”.',
  ],
  [
    'required from another app than reports it',
    github({ required: [{ ...gate, app: 'buildkite' }] }),
    'fail',
    '“gate” is required on main from the app “buildkite” alone, but “github-actions” reported it: it is waited for in vain.',
  ],
  [
    'behind a path filter and unreported',
    github({ file: fileOf('github', filtered), reported: [] }),
    'fail',
    '“gate” is required on main, but .github/workflows/fast-mainnet.yml runs for pull requests only where certain paths change: on others it never reports, and they wait for good; “gate” is required on main, but nothing reported it in 7 days.',
  ],
  [
    'pipelines must succeed',
    gitlab(),
    'pass',
    'Pipelines must succeed before a merge into main, and “gate” is a job of theirs.',
  ],
  [
    'pipelines must succeed, and a skipped one does',
    gitlab({ skippedCountsAsSuccess: true }),
    'pass',
    'Pipelines must succeed before a merge into main, and “gate” is a job of theirs; a skipped pipeline counts as success there, so that a commit that skips CI is merged untested.',
  ],
  [
    'pipelines may fail',
    gitlab({ required: [], pipelinesMustSucceed: false }),
    'fail',
    'Merges into main do not wait for the pipeline: “Pipelines must succeed” is off.',
  ],
  [
    'pipelines may fail as far as the token may see',
    gitlab({ pipelinesMustSucceed: false, unseen: [{ what: 'merge settings', permission: 'read_api' }] }),
    'unknown',
    'It cannot be told whether pipelines must succeed before a merge into main: the token may not see merge settings (it wants read_api).',
  ],
  [
    'pipelines must succeed, but the job may fail',
    gitlab({ file: fileOf('gitlab', { forgiving }) }),
    'fail',
    'Pipelines must succeed, but “gate” is allowed to fail in .gitlab-ci.yml, and they succeed without it.',
  ],
  [
    'pipelines must succeed, and none had the job',
    gitlab({ reported: [] }),
    'unknown',
    'Pipelines must succeed before a merge into main, but none had the job “gate” in 7 days.',
  ],
])('%s', (_, seen, verdict, sentence) => {
  const judgement = judged(seen);
  expect(judgement.sentence).toBe(sentence);
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.toGreen.length > 0).toBe(verdict !== 'pass');
});

test('an app that a report does not tell of is not taken for another', () => {
  const required = [{ ...gate, app: 'buildkite' }];
  expect(judged(github({ required, reported: [{ check: 'gate', app: null, at: recently }] })).verdict).toBe(
    'pass',
  );
});

test('a name near to it is offered', () => {
  expect(judged(github({ required: [{ ...gate, check: 'gates' }] })).toGreen).toEqual([
    'Require “gate” on main, in a ruleset or in its branch protection; or name “gates” in the spec, if that is meant.',
  ]);
});

test('what is missing for the token is asked for once', () => {
  const unseen = [noAdmin, { ...noAdmin, what: 'rulesets' }];
  expect(judged(github({ required: [], unseen })).toGreen).toEqual([
    'Give the source’s token Administration: read.',
  ]);
});

describe('what decides', () => {
  test('when a check last reported does not, as long as it did; another way of requiring does', () => {
    const one = judged(github());
    const later = judged(github({ reported: [{ ...gate, at: now }] }), '2026-11-25T09:00:00Z');
    expect(later.deciding).toEqual(one.deciding);
    expect(later.readings).not.toEqual(one.readings);
    expect(judged(github({ required: [{ ...gate, by: 'classic' }] })).deciding).not.toEqual(one.deciding);
  });

  test('on GitLab whether a skipped pipeline counts does', () => {
    expect(judged(gitlab({ skippedCountsAsSuccess: true })).deciding).not.toEqual(judged(gitlab()).deciding);
  });
});

test('the page to look again is where the vendor shows the rule, and only the web is linked', () => {
  const rules = 'https://github.com/block/node/rules?ref=refs%2Fheads%2Fmain';
  expect(judged(github()).again?.href).toBe(rules);
  const settings = 'https://gitlab.com/block/node/-/settings/merge_requests';
  expect(judged(gitlab(), now, 'https://gitlab.com/block/node/').again?.href).toBe(settings);
  expect(judged(github(), now, 'javascript:alert(1)').again?.href).toBeNull();
});

test.each<[JsonObject, string]>([
  [{}, 'check: '],
  [{ check: '' }, 'check: '],
  [{ check: 'gate', branch: 'release/*' }, 'branch: write one branch by its name, without a pattern'],
])('%j is refused with its place', (parameters, fault) => {
  const bound = kind.bind(parameters, specOf({}));
  const faults = bound.ok ? [] : bound.faults.map(({ path, message }) => `${path.join('.')}: ${message}`);
  expect(faults[0]).toContain(fault);
});
