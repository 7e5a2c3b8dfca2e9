import { describe, expect, test } from 'vitest';
import { parseGitlabAddress } from './address.ts';
import { lookAtCiFile, readCiFile } from './ci-file.ts';
import { isNamed } from './ci-file-at.ts';
import { kindsOf } from './ci-rules.ts';
import { treeRequest, urlOf } from './request.ts';
import { conclusionOf, msOfSeconds, phaseOf } from './words.ts';

describe('addresses', () => {
  test.each([
    ['https://gitlab.com/group/project', 'https://gitlab.com/api/v4/projects/group%2Fproject'],
    ['https://gitlab.com/group/project/', 'https://gitlab.com/api/v4/projects/group%2Fproject'],
    ['https://gitlab.com/group/project.git', 'https://gitlab.com/api/v4/projects/group%2Fproject'],
    ['https://git.example:8443/a/b/c/d.e', 'https://git.example:8443/api/v4/projects/a%2Fb%2Fc%2Fd.e'],
    ['http://127.0.0.1:4000/a/b', 'http://127.0.0.1:4000/api/v4/projects/a%2Fb'],
  ])('%s', (address, api) => {
    expect(parseGitlabAddress(address)).toMatchObject({ ok: true, value: { api } });
  });

  test.each([
    'https://gitlab.com/group',
    'https://gitlab.com/',
    'https://gitlab.com/group/project/-/pipelines',
    'https://gitlab.com/group//project',
    'https://gitlab.com/group/pro%2Fject',
    'https://gitlab.com/group/project?x=1',
    'https://gitlab.com/group/project#x',
    'https://me:secret@gitlab.com/group/project',
    'http://gitlab.com/group/project',
    'ftp://gitlab.com/group/project',
    'group/project',
  ])('%s is refused', (address) => {
    const read = parseGitlabAddress(address);
    expect(read).toMatchObject({ ok: false, failure: { kind: 'refused' } });
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  test('nothing in a path or a commit can lead a request elsewhere', () => {
    const address = { api: 'https://g/api/v4/projects/a%2Fb', pages: 'https://g', project: 'a/b' };
    expect(urlOf(address, treeRequest('c&d', 'x/../y?z#&page=9', 2))).toBe(
      'https://g/api/v4/projects/a%2Fb/repository/tree?ref=c%26d&path=x%2F..%2Fy%3Fz%23%26page%3D9&per_page=100&page=2',
    );
  });
});

describe('words', () => {
  test.each([
    ['created', 'queued', null],
    ['preparing', 'queued', null],
    ['pending', 'queued', null],
    ['waiting_for_resource', 'waiting', null],
    ['waiting_for_callback', 'waiting', null],
    ['manual', 'waiting', null],
    ['scheduled', 'waiting', null],
    ['running', 'running', null],
    ['canceling', 'running', null],
    ['success', 'finished', 'success'],
    ['failed', 'finished', 'failure'],
    ['canceled', 'finished', 'cancelled'],
    ['skipped', 'finished', 'skipped'],
    ['constructor', 'queued', null],
  ])('%s', (status, phase, conclusion) => {
    expect([phaseOf(status), conclusionOf(status, null)]).toEqual([phase, conclusion]);
  });

  test('a job whose time ran out failed for that', () => {
    expect(conclusionOf('failed', 'stuck_or_timeout_failure')).toBe('timed-out');
    expect(conclusionOf('failed', 'script_failure')).toBe('failure');
    expect(conclusionOf('success', 'job_execution_timeout')).toBe('success');
  });

  test.each([
    [1.25, 1_250],
    [0, 0],
    [-1, null],
    [Number.NaN, null],
    [null, null],
    [1e12, null],
  ])('%s seconds', (seconds, ms) => {
    expect(msOfSeconds(seconds)).toBe(ms);
  });

  test('a file is named by its path or its name', () => {
    expect(isNamed('ci/main.yml', 'main.yml')).toBe(true);
    expect(isNamed('ci/main.yml@group/other:main', 'ci/main.yml')).toBe(true);
    expect(isNamed('ci/main.yml', 'other/main.yml')).toBe(false);
    expect(isNamed('.gitlab-ci.yml', 'ci.yml')).toBe(false);
  });
});

describe('the kinds of pipeline a rule is about', () => {
  test.each([
    [null, ['merge-request', 'push'], []],
    ['$CI_PIPELINE_SOURCE == "merge_request_event"', ['merge-request'], []],
    ['$CI_MERGE_REQUEST_TARGET_BRANCH_NAME == "main"', ['merge-request'], []],
    ['$CI_PIPELINE_SOURCE != "merge_request_event"', ['push'], []],
    ['$CI_COMMIT_BRANCH', ['push'], []],
    ['$CI_COMMIT_TAG =~ /^v/', ['push'], []],
    [
      "$CI_PIPELINE_SOURCE == 'push' || $CI_PIPELINE_SOURCE == 'merge_request_event'",
      ['merge-request', 'push'],
      [],
    ],
    ['$CI_PIPELINE_SOURCE == "schedule"', [], ['schedule']],
    ['$NIGHTLY', ['merge-request', 'push'], []],
  ])('%s', (condition, kinds, other) => {
    expect(kindsOf(condition)).toEqual({ kinds, other });
  });
});

describe('CI files', () => {
  const of = (text: string, unread: readonly string[] = []) => {
    const look = lookAtCiFile('.gitlab-ci.yml', text);
    return look.ok ? readCiFile('.gitlab-ci.yml', look.root, { below: null, unread }) : look.unread;
  };
  const forgiving = (text: string) => of(text).file.forgiving.map(({ job }) => job);

  test.each([
    ['true', 'a: { script: x, allow_failure: true }', ['a']],
    ['false', 'a: { script: x, allow_failure: false }', []],
    ['exit codes', 'a: { script: x, allow_failure: { exit_codes: 3 } }', ['a']],
    ['by a rule', 'a: { script: x, rules: [{ if: $X, allow_failure: true }] }', ['a']],
    ['a manual job, by default', 'a: { script: x, when: manual }', ['a']],
    ['a manual job that must not', 'a: { script: x, when: manual, allow_failure: false }', []],
    ['a manual rule must not, by default', 'a: { script: x, rules: [{ when: manual }] }', []],
    ['an anchor', '.t: &t { allow_failure: true }\na: { <<: *t, script: x }', ['a']],
    [
      'its own word over an anchor’s',
      '.t: &t { allow_failure: true }\na: { <<: *t, allow_failure: false }',
      [],
    ],
    ['what it extends', '.t: { allow_failure: true }\na: { extends: .t, script: x }', ['a']],
    [
      'the last that it extends',
      '.t: { allow_failure: true }\n.u: { allow_failure: false }\na: { extends: [.t, .u] }',
      [],
    ],
    ['over two steps', '.t: { allow_failure: true }\n.u: { extends: .t }\na: { extends: .u }', ['a']],
    ['what extends itself', 'a: { extends: a, script: x }', []],
    ['no jobs are the keywords', 'default: { allow_failure: true }\nvariables: { allow_failure: true }', []],
  ])('allowed to fail: %s', (_what, text, jobs) => {
    expect(forgiving(text)).toEqual(jobs);
  });

  test.each([
    ['workflow rules', 'workflow: { rules: [{ changes: [a] }] }\na: { script: x }', true, true],
    [
      'workflow rules for merge requests',
      'workflow: { rules: [{ if: $CI_MERGE_REQUEST_IID, changes: [a] }, { if: $CI_COMMIT_BRANCH }] }\na: { script: x }',
      true,
      false,
    ],
    [
      'a last open rule',
      'workflow: { rules: [{ changes: [a] }, { when: always }] }\na: { script: x }',
      false,
      false,
    ],
    ['only', 'a: { script: x, only: { changes: [a] } }', false, true],
    ['only for merge requests', 'a: { only: { refs: [merge_requests], changes: [a] } }', true, false],
    ['except', 'a: { script: x, except: { changes: ["*.md"] } }', false, true],
    ['one of two jobs', 'a: { script: x, only: { changes: [a] } }\nb: { script: x }', false, false],
    ['never, and by paths', 'a: { rules: [{ if: $X, when: never }, { changes: [a] }] }', true, true],
  ])('path filters: %s', (_what, text, pullRequest, push) => {
    expect(of(text).file.pathFilters).toEqual({ pullRequest, push });
  });

  test('path filters cannot be told where jobs may stand in a file that is not read', () => {
    const read = of('a: { only: { changes: [a] } }', ['x.yml']);
    expect(read.file.pathFilters).toEqual({ pullRequest: false, push: false });
  });

  test.each([
    ['no rules', 'a: { script: x }', ['push']],
    ['only', 'a: { script: x, only: [merge_requests] }', ['merge_request_event']],
    [
      'a schedule',
      'workflow: { rules: [{ if: $CI_PIPELINE_SOURCE == "schedule" }] }\na: { script: x }',
      ['schedule'],
    ],
    ['rules that never', 'workflow: { rules: [{ when: never }] }\na: { script: x }', []],
  ])('events: %s', (_what, text, events) => {
    expect(of(text).file.events).toEqual(events);
  });

  test.each([
    ['one', ['ci/a.yml'], '(ci/a.yml)'],
    ['seven', ['a', 'b', 'c', 'd', 'e', 'f', 'g'], '(a, b, c, d, e and 2 more)'],
  ])('what is not read is said: %s', (_what, unread, words) => {
    expect(of('a: { script: x }', unread).file.fault).toContain(words);
  });

  test('what a reference stands for is not followed, and that is said', () => {
    expect(of('a: { rules: [!reference [.b, rules]] }').file.fault).toContain(
      'its !reference tags stand for',
    );
  });

  test.each([
    ['nothing', ''],
    ['text', 'just words'],
    ['half YAML', 'a: [1, {'],
    ['a list', '- a\n- b'],
    ['deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['large', 'x'.repeat(1024 * 1024 + 1)],
  ])('%s is no CI file, and says so', (_what, text) => {
    expect(of(text).file.fault).toMatch(/^\.gitlab-ci\.yml: it .+\.$/);
  });

  test('an alias stands for what was named last before it, whatever has the name later', () => {
    const text =
      '.x: { a: &c true }\na: { script: x, allow_failure: *c }\n.y: { b: &c false }\nb: { allow_failure: *c }';
    expect(forgiving(text)).toEqual(['a']);
  });

  test('a job behind more others than are looked at keeps the file from being read', () => {
    const fill = Array.from({ length: 500 }, (_, n) => `.t${n}: {}`).join('\n');
    expect(of(`${fill}\na: { script: x, allow_failure: true }`).file.fault).toContain('has over 500 members');
  });

  test('templates that extend each other a thousand times over cost nothing', () => {
    const names = Array.from({ length: 200 }, (_, index) => `.t${index}`);
    const text = [...names, 'a'].map((name) => `${name}: { extends: [${names.join(', ')}] }`).join('\n');
    expect(forgiving(text)).toEqual([]);
  });

  test('__proto__ and its kin are names like any other', () => {
    const text = '__proto__: { allow_failure: true }\nconstructor: { extends: toString, script: x }';
    expect(forgiving(text)).toEqual(['__proto__']);
    expect({}).not.toHaveProperty('allow_failure');
  });
});
