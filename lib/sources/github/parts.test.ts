import { describe, expect, test } from 'vitest';
import { tokenOriginOf } from '#lib/domain/source-settings.ts';
import { href, shown, tookMs } from '../as-told.ts';
import { branchFault } from '../branch-fault.ts';
import { parseGithubAddress } from './address.ts';
import { permissionNeeded } from './permissions.ts';
import { urlOf } from './request.ts';
import { conclusionOf, phaseOf } from './words.ts';
import { readWorkflowFile, reportsAs } from './workflow-file.ts';

describe('addresses', () => {
  test.each([
    ['https://github.com/the-block/node', 'https://api.github.com', 'node'],
    ['https://github.com/the-block/node/', 'https://api.github.com', 'node'],
    ['https://github.com/the-block/node.git', 'https://api.github.com', 'node'],
    ['https://octo.ghe.com/the-block/node', 'https://api.octo.ghe.com', 'node'],
    ['https://ghe.example:8443/the-block/no.de', 'https://ghe.example:8443/api/v3', 'no.de'],
    ['http://127.0.0.1:8080/the-block/node', 'http://127.0.0.1:8080/api/v3', 'node'],
  ])('%s is asked at %s', (address, api, repo) => {
    const pages = new URL(address).origin;
    expect(parseGithubAddress(address)).toEqual({
      ok: true,
      value: { api, pages, owner: 'the-block', repo },
    });
    expect(tokenOriginOf('github', address)).toBe(new URL(api).origin);
  });

  test.each([
    'https://github.com/the-block',
    'https://github.com/the-block/node/tree/main',
    'https://github.com/the-block/..',
    'https://github.com/the-block/%2e%2e',
    'https://github.com/the-block/a%2Fb',
    'http://ghe.example/the-block/node',
    'https://user@github.com/the-block/node',
    'https://github.com/the-block/node?x=1',
    'ssh://git@github.com/the-block/node',
    'the-block/node',
  ])('%s is refused', (address) => {
    expect(parseGithubAddress(address)).toMatchObject({ ok: false, failure: { kind: 'refused' } });
  });
});

test('what is asked for is part of a path and never more', () => {
  const address = {
    api: 'https://api.github.com',
    pages: 'https://github.com',
    owner: 'the-block',
    repo: 'node',
  };
  const begin = 'https://api.github.com/repos/the-block/node';
  expect(urlOf('branch', address, { branch: 'release/1.0?x#y' })).toBe(
    `${begin}/branches/release%2F1.0%3Fx%23y`,
  );
  expect(urlOf('runs', address, { workflow_id: 'a b.yml', head_sha: 'a&b=c' })).toBe(
    `${begin}/actions/workflows/a%20b.yml/runs?head_sha=a%26b%3Dc`,
  );
  for (const bad of ['', '..', 'a..b', '/a', 'a/', 'a/.b', 'a b', 'a\nb', 'a.lock', '@{u}', 'a//b', '-a'])
    expect(branchFault(bad), bad).not.toBeNull();
  for (const good of ['main', 'release/1.0', 'feature/ünïcode', 'a-b_c'])
    expect(branchFault(good), good).toBeNull();
});

describe('words', () => {
  test.each([
    ['queued', 'queued'],
    ['requested', 'queued'],
    ['in_progress', 'running'],
    ['completed', 'finished'],
    ['waiting', 'waiting'],
    ['pending', 'waiting'],
    ['brand_new', 'queued'],
    [null, 'queued'],
  ])('status %s is %s', (status, phase) => {
    expect(phaseOf(status)).toBe(phase);
  });

  test.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['neutral', 'neutral'],
    ['cancelled', 'cancelled'],
    ['skipped', 'skipped'],
    ['timed_out', 'timed-out'],
    ['action_required', 'action-required'],
    ['stale', 'stale'],
    ['startup_failure', 'startup-failure'],
    ['brand_new', 'unknown'],
    ['SUCCESS', 'unknown'],
    ['__proto__', 'unknown'],
    [null, 'unknown'],
  ])('conclusion %s is %s', (said, conclusion) => {
    expect(conclusionOf('completed', said)).toBe(conclusion);
    expect(conclusionOf('in_progress', said)).toBeNull();
  });

  test('texts, spans and links', () => {
    expect(shown(' a\r\nb\u202e\u0000c ')).toBe('a b\\u{202E} c');
    expect(shown('gate\u200b, gate\u200d, 👩‍💻 ❤️‍🔥')).toBe('gate\\u{200B}, gate\\u{200D}, 👩‍💻 ❤️‍🔥');
    expect(shown('😀'.repeat(300))).toBe('😀'.repeat(255));
    expect(tookMs('2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z')).toBeNull();
    expect(href('https://evil.example/x', 'https://github.com')).toBeNull();
    expect(href('https://github.com/x', 'https://github.com')).toBe('https://github.com/x');
  });
});

test.each([
  ['actions=read', 'Actions: read'],
  ['contents=read,statuses=read', 'Contents: read and Commit statuses: read'],
  ['administration=read; pull_requests=write', 'Administration: read or Pull requests: write'],
  ['<script>=read', 'Checks: read'],
  ['', 'Checks: read'],
])('“%s” asks for %s', (accepted, permission) => {
  expect(permissionNeeded('checkRuns', { 'x-accepted-github-permissions': accepted })).toBe(permission);
});

describe('workflow files', () => {
  const path = '.github/workflows/ci.yml';
  const jobs = 'jobs: { a: { runs-on: x, steps: [] } }';

  test.each([
    ['on: push', ['push']],
    ['on: [push, pull_request]', ['push', 'pull_request']],
    ['on: { push: , schedule: [{ cron: "0 0 * * *" }] }', ['push', 'schedule']],
    ['"on": workflow_dispatch', ['workflow_dispatch']],
  ])('%s', (on, events) => {
    expect(readWorkflowFile(path, `${on}\n${jobs}\n`).file).toMatchObject({ events, fault: null });
  });

  test.each([
    ['pull_request: { paths: [a] }', true, false],
    ['pull_request: { paths-ignore: [a] }', true, false],
    ['pull_request_target: { paths: [a] }', true, false],
    ['push: { paths: [a] }', false, true],
    ['push: { branches: [main] }', false, false],
    ['pull_request: { types: [opened] }', false, false],
  ])('filters of %s', (event, pullRequest, push) => {
    const { file } = readWorkflowFile(path, `on: { ${event} }\n${jobs}\n`);
    expect(file.pathFilters).toEqual({ pullRequest, push });
  });

  test('what may fail: jobs and steps, by aliases too, and expressions; false may not', () => {
    const text = `on: push
jobs:
  a: { continue-on-error: true, steps: [] }
  b: { steps: &steps [{ run: x, continue-on-error: true }, { run: y, continue-on-error: false }] }
  c: { steps: *steps, name: See }
  d: { continue-on-error: false, steps: [{ run: z }] }
  e: { continue-on-error: "\${{ matrix.try }}", name: "\${{ matrix.name }}" }
`;
    expect(readWorkflowFile(path, text).file.forgiving).toEqual([
      { job: 'a', name: null, whole: true, steps: 0 },
      { job: 'b', name: null, whole: false, steps: 1 },
      { job: 'c', name: 'See', whole: false, steps: 1 },
      { job: 'e', name: null, whole: true, steps: 0 },
    ]);
  });

  test.each([
    ['nothing', ''],
    ['a list', '- a'],
    ['no events', 'jobs: {}'],
    ['broken YAML', 'on: [push\njobs: {'],
    ['too deep', `on: push\njobs: ${'['.repeat(20_000)}`],
    ['too large', `on: push\n# ${'x'.repeat(600_000)}`],
  ])('%s is said', (_what, text) => {
    const { file } = readWorkflowFile(path, text);
    expect(file.fault).toMatch(/^\.github\/workflows\/ci\.yml: .*\.$/);
    expect(file).toMatchObject({ events: [], forgiving: [] });
  });

  test('a step behind more others than are looked at keeps the file from being read', () => {
    const steps = [...Array.from({ length: 500 }, () => '{ run: x }'), '{ run: y, continue-on-error: true }'];
    const text = `on: push\njobs: { a: { steps: [${steps.join(', ')}] } }`;
    expect(readWorkflowFile(path, text).file.fault).toContain('has over 500 members in one place');
  });

  test('aliases that multiply and those that hold themselves are looked at where they stand', () => {
    const bomb = Array.from(
      { length: 30 },
      (_, level) => `  l${level + 1}: &l${level + 1} [*l${level}, *l${level}]`,
    );
    const text = `on: push\nx:\n  l0: &l0 [{ continue-on-error: true }]\n${bomb.join('\n')}\njobs: &j\n  a: { steps: *l30 }\n  b: *j\n`;
    expect(readWorkflowFile(path, text).file).toMatchObject({ fault: null, forgiving: [] });
  });

  test.each([
    ['a: {}', 'a', true],
    ['a: {}', 'a (18, linux)', true],
    ['a: {}', 'ab', false],
    ['a: { name: Gate }', 'Gate', true],
    ['a: { name: Gate }', 'a', false],
    [`a: { name: "Stride \${{ matrix.n }}" }`, 'Stride 7', true],
    [`a: { name: "Stride \${{ matrix.n }} of \${{ matrix.m }}!" }`, 'Stride 7 of 9!', true],
    [`a: { name: "Stride \${{ matrix.n }} of" }`, 'Stride 7', false],
    [`a: { name: "\${{ matrix.n }}" }`, 'anything', false],
    ['a: { uses: ./.github/workflows/b.yml }', 'a / inner', true],
    ['a: { runs-on: x }', 'a / inner', false],
  ])('jobs { %s } report as %s: %s', (job, check, reports) => {
    expect(reportsAs(readWorkflowFile(path, `on: push\njobs: { ${job} }\n`), check)).toBe(reports);
  });
});
