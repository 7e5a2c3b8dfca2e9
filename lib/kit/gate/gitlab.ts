import { Document, isMap, type Scalar } from 'yaml';
import type { GateSpec, GateVendor, StrideSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { gateFrameMs } from '#lib/spec/resolve-gate.ts';
import {
  artifactsTest,
  changedFunction,
  ownFiles,
  type PathSet,
  pathArray,
  pathSetOf,
  pathSets,
} from './changed.ts';
import { gateHeader, minutes } from './header.ts';

const onMerge = '$CI_PIPELINE_SOURCE == "merge_request_event"';
/** Strides leave a mark here when they succeeded; the last job counts those of its own pipeline. */
const marks = '.gate/$CI_PIPELINE_ID';

/**
 * The same gate as a GitLab pipeline. GitLab skips jobs by rules and does not tell later ones why, so each stride
 * leaves a mark as an artifact, and the last job fails for each that is missing and was not rightly skipped.
 */
export function gitlabGate(spec: Spec, gate: GateSpec, { runsOn }: GateVendor): string {
  const sets = pathSets(gate);
  const document = new Document({
    stages: ['strides', 'gate'],
    workflow: {
      name: gate.name,
      rules: [
        { if: onMerge },
        ...gate.branches.map((branch) => ({ if: named('$CI_COMMIT_BRANCH', branch) })),
        ...gate.tags.map((tag) => ({ if: named('$CI_COMMIT_TAG', tag) })),
        { if: '$CI_PIPELINE_SOURCE == "web"' },
      ],
    },
    default: { image: runsOn, interruptible: true },
    ...(gate.cache
      ? {
          cache: {
            key: { files: gate.cache.key.slice(0, 2), prefix: '$CI_JOB_NAME_SLUG' },
            paths: gate.cache.paths.map(inProject),
          },
        }
      : {}),
    ...(needsHome(gate) ? { variables: { CARGO_HOME: '$CI_PROJECT_DIR/.cargo' } } : {}),
    ...Object.fromEntries(sets.map((set) => [hidden(set), { rules: rulesOf(set, ownFiles(gate)) }])),
    ...Object.fromEntries(
      gate.strides.map((stride) => [stride.id, strideJob(gate, stride, pathSetOf(sets, stride))]),
    ),
    [gate.name]: summingUp(gate, sets),
  });
  if (isMap(document.contents)) {
    for (const { key } of document.contents.items.slice(1)) (key as Scalar).spaceBefore = true;
  }
  const words = [
    'It runs on merge requests, the protected branch, tags and by hand; paths skip strides on merge requests only.',
    `Turn on “Pipelines must succeed” in the project’s settings: the last job, “${gate.name}”, fails the pipeline`,
    'unless each stride succeeded or was rightly skipped.',
  ];
  return gateHeader(gate, spec.launch.title, words) + document.toString({ lineWidth: 0 });
}

/** A hidden job, from which strides take their rules. */
function hidden({ name }: PathSet): string {
  return `.${name.replace('_', '-')}`;
}

function rulesOf({ paths }: PathSet, own: readonly string[]) {
  const patterns = paths.flatMap((path) => (own.includes(path) ? [path] : asRuby(path)));
  return [
    { if: onMerge, changes: { paths: patterns } },
    { if: onMerge, when: 'never' },
    { when: 'on_success' },
  ];
}

/**
 * The patterns by which GitLab finds what Git finds by one. GitLab takes Ruby's `File.fnmatch`, where `**` goes through
 * folders only before a slash, and a folder's name is no more than that.
 */
function asRuby(pattern: string): string[] {
  const folder = pattern.replace(/\/+$/, '');
  if (folder === '**' || folder.endsWith('/**')) return [`${folder}/*`];
  if (/[*?[]/.test(folder)) return [folder];
  return pattern === folder ? [folder, `${folder}/**/*`] : [`${folder}/**/*`];
}

function strideJob(gate: GateSpec, stride: StrideSpec, set: PathSet | null) {
  const { artifacts } = stride;
  const keepDays = artifacts?.keepDays ?? 1;
  return {
    stage: 'strides',
    ...(set ? { extends: hidden(set) } : { rules: [{ when: 'on_success' }] }),
    timeout: `${minutes(stride.withinMs)} minutes`,
    needs: [],
    script: [
      ...gate.setup,
      ...stride.run,
      ...(artifacts ? [artifactsTest(artifacts.paths)] : []),
      `mkdir -p "${marks}" && touch "${marks}/${stride.id}"`,
    ],
    artifacts: {
      ...(artifacts ? { name: `${artifacts.name}-$CI_COMMIT_SHA` } : {}),
      when: 'always',
      paths: ['.gate/', ...(artifacts?.paths ?? [])],
      expire_in: `${keepDays} day${keepDays === 1 ? '' : 's'}`,
    },
  };
}

/** Where GitLab and Git differ over what changed, the stride counts as wanted: in doubt the gate fails. */
function summingUp(gate: GateSpec, sets: readonly PathSet[]) {
  return {
    stage: 'gate',
    timeout: `${minutes(gateFrameMs)} minutes`,
    needs: gate.strides.map(({ id }) => ({ job: id, optional: true })),
    rules: [{ when: 'always' }],
    variables: { GIT_DEPTH: '0' },
    cache: [],
    script: [
      `${[
        ...changedFunction('"$CI_MERGE_REQUEST_DIFF_BASE_SHA"', '"$CI_COMMIT_SHA"'),
        ...sets.flatMap(pathArray),
        'failed=0',
        'hold() {',
        '  local stride=$1',
        '  shift',
        `  if [ -e "${marks}/$stride" ]; then`,
        '    echo "holds $stride: succeeded"',
        '  elif [ $# -gt 0 ] && [ "$CI_PIPELINE_SOURCE" = merge_request_event ] && ! changed "$@"; then',
        '    echo "holds $stride: rightly skipped"',
        '  else',
        '    echo "FAILS $stride"',
        '    failed=1',
        '  fi',
        '}',
        ...gate.strides.map((stride) => {
          const set = pathSetOf(sets, stride);
          return `hold ${stride.id}${set ? ` "\${${set.name}[@]}"` : ''}`;
        }),
        'exit "$failed"',
      ].join('\n')}\n`,
    ],
  };
}

/**
 * Whether a variable is a name, or matches it where it is a pattern of GitHub's: `*` stops at a slash and `**` does not;
 * `?`, `+` and brackets are as in a regular expression.
 */
function named(variable: string, pattern: string): string {
  if (!/[*?+[]/.test(pattern)) return `${variable} == "${pattern}"`;
  const escaped = pattern
    .replace(/[./]/g, '\\$&')
    .replace(/\*+/g, (stars) => (stars.length > 1 ? '.*' : '[^\\/]*'));
  return `${variable} =~ /^${escaped}$/`;
}

/** GitLab keeps nothing outside the project's folder. */
function inProject(path: string): string {
  return path.replace(/^~\//, '');
}

function needsHome({ cache }: GateSpec): boolean {
  return cache?.paths.some((path) => path.startsWith('~/.cargo/')) ?? false;
}
