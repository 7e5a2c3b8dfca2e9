import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Spec } from '#lib/domain/spec.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { gateFiles } from './files.ts';
import { fnmatch, mergedChange, removeChanges, runScript } from './walk.fixture.ts';

const read = readSpec(readFileSync('launches/the-block.yaml', 'utf8'), 'the-block.yaml');
if (!read.ok) throw new Error(read.problem.message);
const { gate } = read.value.spec.kit ?? {};
const [stride] = gate?.strides ?? [];
if (!gate || !stride) throw new Error('it has no gate');
const text = gateFiles(read.value.spec).find(({ path }) => path === '.gitlab-ci.yml')?.text ?? '';

interface Rule {
  readonly if?: string;
  readonly when?: string;
  readonly changes?: { readonly paths: readonly string[] };
}
interface Job {
  readonly extends?: string;
  readonly rules?: readonly Rule[];
  readonly script?: readonly string[];
  readonly timeout?: string;
  readonly artifacts?: { readonly paths: readonly string[]; readonly expire_in: string };
}
const pipeline = parse(text) as Record<string, Job> & { workflow: { rules: readonly Rule[] } };
const last = 'Fast-mainnet gate';
const strides = Object.keys(pipeline).filter(
  (key) => !key.startsWith('.') && pipeline[key]?.script && key !== last,
);

type Variables = Readonly<Record<string, string>>;

/** As far as the gate's own rules go: `$A == "b"`, `$A =~ /re/`, and paths as GitLab compares them. */
function matches(rule: Rule, variables: Variables, changed: readonly string[]): boolean {
  const [, name = '', operator = '', wanted = ''] =
    /^\$(\w+) (==|=~) (.*)$/.exec(rule.if ?? '$ALWAYS == ""') ?? [];
  const value = variables[name] ?? '';
  const holds = operator === '==' ? `"${value}"` === wanted : new RegExp(wanted.slice(1, -1)).test(value);
  return (
    holds &&
    (!rule.changes || rule.changes.paths.some((pattern) => changed.some((path) => fnmatch(pattern, path))))
  );
}

function isIn(id: string, variables: Variables, changed: readonly string[]): boolean {
  const job = pipeline[id];
  const rules = job?.rules ?? pipeline[job?.extends ?? '']?.rules ?? [];
  const rule = rules.find((one) => matches(one, variables, changed));
  return rule !== undefined && rule.when !== 'never';
}

const events: Readonly<Record<string, Variables>> = {
  'merge request': { CI_PIPELINE_SOURCE: 'merge_request_event' },
  push: { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main' },
  tag: { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'v1.0.0-rc.4' },
  'by hand': { CI_PIPELINE_SOURCE: 'web', CI_COMMIT_BRANCH: 'wip' },
};

/** Walks the pipeline: which jobs are in it, which leave their mark, and what the last job says. */
function conclusion(
  variables: Variables,
  paths: readonly string[],
  ended: Readonly<Record<string, 'failed' | 'dropped'>>,
) {
  const change = mergedChange(paths);
  rmSync(join(change.folder, '.gate'), { recursive: true, force: true });
  for (const id of strides) {
    if (ended[id] === 'dropped' || ended[id] === 'failed' || !isIn(id, variables, paths)) continue;
    const mark = join(change.folder, '.gate', '77', id);
    mkdirSync(dirname(mark), { recursive: true });
    writeFileSync(mark, '');
  }
  const env = {
    ...variables,
    CI_PIPELINE_ID: '77',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: change.base,
    CI_COMMIT_SHA: change.head,
  };
  return runScript(pipeline[last]?.script?.join('\n') ?? '', change.folder, env).ok ? 'success' : 'failed';
}

const none = ['docs/notes.md'];
const some = ['governance/src/treasury.rs'];
const all = ['Cargo.lock', 'governance/a.rs', 'node/src/b.rs', 'crates/energy-market/c.rs'];

afterAll(removeChanges);

describe('the gate on GitLab', () => {
  test('holds to GitLab’s published schema, and its jobs can be listed', () => {
    const change = mergedChange([]);
    writeFileSync(join(change.folder, '.gitlab-ci.yml'), text);
    execFileSync('git', ['-C', change.folder, 'remote', 'add', 'origin', 'https://gitlab.example/a/b.git']);
    const tool = resolve('node_modules/gitlab-ci-local/dist/index.js');
    const list = (folder: string) =>
      execFileSync(process.execPath, [tool, '--list'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    const listed = list(change.folder);
    for (const id of [...strides, last]) expect(listed).toContain(id);
    writeFileSync(
      join(change.folder, '.gitlab-ci.yml'),
      text.replace('expire_in: 30 days', 'expires: 30 days'),
    );
    expect(() => list(change.folder)).toThrow(/json schema|expires/i);
  });

  test('runs where a candidate may come from, and nowhere else', () => {
    const starts = (variables: Variables) =>
      pipeline.workflow.rules.some((rule) => matches(rule, variables, []));
    for (const variables of Object.values(events)) expect(starts(variables)).toBe(true);
    expect(starts({ CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'wip' })).toBe(false);
    expect(starts({ CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: 'nightly' })).toBe(false);
  });

  describe.each(Object.entries(events))('on %s', (event, variables) => {
    test.each(Object.entries({ none, some, all }))(
      'with %s of the paths changed, all well: passes',
      (_, paths) => {
        expect(conclusion(variables, paths, {})).toBe('success');
      },
    );

    test('with a stride that failed or was cancelled: fails', () => {
      for (const paths of [none, some, all])
        expect(conclusion(variables, paths, { lint: 'failed' })).toBe('failed');
      expect(conclusion(variables, some, { replay: 'failed' })).toBe('failed');
    });

    test('with a stride missing that was wanted: fails', () => {
      expect(conclusion(variables, some, { replay: 'dropped' })).toBe('failed');
      expect(conclusion(variables, none, { 'test-fast': 'dropped' })).toBe('failed');
      const skips = event === 'merge request';
      expect(conclusion(variables, none, { replay: 'dropped' })).toBe(skips ? 'success' : 'failed');
    });
  });

  test('counts no mark of another pipeline, nor one that was committed', () => {
    const change = mergedChange(strides.map((id) => `.gate/76/${id}`));
    const env = { CI_PIPELINE_SOURCE: 'push', CI_PIPELINE_ID: '77' };
    expect(runScript(pipeline[last]?.script?.join('\n') ?? '', change.folder, env).ok).toBe(false);
  });

  test('has the strides of the other vendor, in one list', () => {
    const github = gateFiles(read.value.spec).find(({ path }) => path.startsWith('.github/'))?.text ?? '';
    const jobs = Object.keys((parse(github) as { jobs: object }).jobs).filter(
      (id) => id !== 'choose' && id !== 'gate',
    );
    expect(strides).toEqual(jobs);
    for (const command of read.value.spec.kit?.gate?.strides.flatMap(({ run }) => run) ?? []) {
      expect(github).toContain(command);
      expect(text).toContain(command);
    }
  });
});

describe('a path that changed means the same to GitLab as to Git', () => {
  const patterns = [
    'src',
    'src/',
    'src/**',
    'src/*',
    '**/*.rs',
    '*.json',
    'a/**/b.txt',
    'v[0-9]?.md',
    'Makefile',
  ];
  const paths = [
    'src/a.rs',
    'src/deep/er/a.rs',
    'src2/a.rs',
    'a.rs',
    'a.json',
    'x/a.json',
    'a/b.txt',
    'a/x/y/b.txt',
    'v12.md',
    'v1.md',
    'Makefile',
  ];
  const { folder } = mergedChange(paths);

  test.each(patterns)('%s', (pattern) => {
    const made = gateFiles({
      ...read.value.spec,
      kit: {
        ...read.value.spec.kit,
        gate: { ...gate, always: [], strides: [{ ...stride, paths: [pattern] }] },
      },
    } as Spec);
    const job = (
      parse(made.find(({ path }) => path === '.gitlab-ci.yml')?.text ?? '') as Record<string, Job>
    )['.paths-1'];
    const wanted = job?.rules?.[0]?.changes?.paths ?? [];
    const found = execFileSync('git', ['-C', folder, 'ls-files', '--', `:(top,glob)${pattern}`], {
      encoding: 'utf8',
    });
    expect(paths.filter((path) => wanted.some((one) => fnmatch(one, path))).sort()).toEqual(
      found.trim().split('\n').sort(),
    );
  });
});

test('branches and tags mean the same to GitLab as to GitHub', () => {
  const text = gateFiles({
    ...read.value.spec,
    kit: {
      ...read.value.spec.kit,
      gate: { ...gate, branches: ['main', 'release/*', 'team/**'], tags: ['v[0-9]+.*'] },
    },
  } as Spec).find(({ path }) => path === '.gitlab-ci.yml')?.text;
  const { workflow } = parse(text ?? '') as { workflow: { rules: readonly Rule[] } };
  const starts = (variables: Variables) => workflow.rules.some((rule) => matches(rule, variables, []));
  for (const branch of ['main', 'release/2', 'team/a/b'])
    expect(starts({ CI_COMMIT_BRANCH: branch })).toBe(true);
  for (const branch of ['main2', 'release/2/wip', 'release'])
    expect(starts({ CI_COMMIT_BRANCH: branch })).toBe(false);
  expect(starts({ CI_COMMIT_TAG: 'v12.0' })).toBe(true);
  for (const tag of ['v.0', 'vv1.0', 'v12x0']) expect(starts({ CI_COMMIT_TAG: tag })).toBe(false);
});
