import { Document, isMap, type Scalar } from 'yaml';
import type { GateSpec, GateVendor, StrideSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { gateFrameMs } from '#lib/spec/resolve-gate.ts';
import { actions, withTags } from './actions.ts';
import { changedFunction, type PathSet, pathArray, pathSetOf, pathSets } from './changed.ts';
import { gateHeader, minutes } from './header.ts';

/** An expression that GitHub fills in. */
const expression = (text: string) => `\${{ ${text} }}`;
const os = expression('runner.os');

/** Id of the job that finds out which strides a pull request needs. */
const chooseJob = 'choose';
/** Id of the job that sums up, whose name is the required check. */
const gateJob = 'gate';

/**
 * The gate as a GitHub Actions workflow. It starts on everything that can become or be a candidate, so that the
 * required check always reports; on pull requests alone, strides whose paths did not change are skipped.
 */
export function githubGate(spec: Spec, gate: GateSpec, vendor: GateVendor): string {
  const document = new Document({
    name: gate.name,
    on: {
      pull_request: null,
      push: { branches: gate.branches, ...(gate.tags.length > 0 ? { tags: gate.tags } : {}) },
      merge_group: null,
      workflow_dispatch: null,
    },
    permissions: { contents: 'read' },
    concurrency: {
      group: `${expression('github.workflow')}-${expression('github.event.pull_request.number || github.sha')}`,
      'cancel-in-progress': expression("github.event_name == 'pull_request'"),
    },
    defaults: { run: { shell: 'bash' } },
    jobs: {
      [chooseJob]: choosing(gate, vendor),
      ...Object.fromEntries(gate.strides.map((stride) => [stride.id, strideJob(gate, vendor, stride)])),
      [gateJob]: summingUp(gate, vendor),
    },
  });
  spaceOut(document);
  const words = [
    'It starts on pull requests, pushes, tags, in the merge queue and by hand, so that the required check always',
    'reports. Paths skip strides on pull requests only: what is launched is tested whole.',
    `Required check: “${gate.name}”. It fails unless each stride succeeded or was rightly skipped.`,
  ];
  const text = document.toString({ lineWidth: 0, nullStr: '' });
  return gateHeader(gate, spec.launch.title, words) + withTags(text);
}

const checkout = (fetchDepth: number) => ({
  uses: actions.checkout.uses,
  with: { 'fetch-depth': fetchDepth, 'persist-credentials': false },
});

/** A pull request is checked out as its merge commit, whose first parent is the branch it goes to. */
function choosing(gate: GateSpec, { runsOn }: GateVendor) {
  const sets = pathSets(gate);
  return {
    name: 'Choose strides',
    'runs-on': runsOn,
    'timeout-minutes': minutes(gateFrameMs),
    outputs: Object.fromEntries(gate.strides.map(({ id }) => [id, expression(`steps.paths.outputs.${id}`)])),
    steps: [
      checkout(2),
      {
        name: 'Compare paths',
        id: 'paths',
        env: { EVENT: expression('github.event_name') },
        run: lines([
          'choose() {',
          '  echo "$1: $2"',
          '  echo "$1=$2" >> "$GITHUB_OUTPUT"',
          '}',
          ...changedFunction('HEAD^1', 'HEAD'),
          ...sets.flatMap(pathArray),
          ...gate.strides.flatMap((stride) => choice(stride, pathSetOf(sets, stride))),
        ]),
      },
    ],
  };
}

function choice({ id }: StrideSpec, set: PathSet | null): string[] {
  if (!set) return [`choose ${id} run`];
  return [
    `if [ "$EVENT" != pull_request ] || changed "\${${set.name}[@]}"; then`,
    `  choose ${id} run`,
    'else',
    `  choose ${id} skip`,
    'fi',
  ];
}

function strideJob(gate: GateSpec, { runsOn }: GateVendor, stride: StrideSpec) {
  const { cache } = gate;
  const files = cache?.key.map((file) => `'**/${file}'`).join(', ');
  const keep = stride.artifacts;
  return {
    name: stride.title,
    needs: chooseJob,
    if: `needs.${chooseJob}.outputs.${stride.id} == 'run'`,
    'runs-on': runsOn,
    'timeout-minutes': minutes(stride.withinMs),
    steps: [
      checkout(1),
      ...(cache
        ? [
            {
              name: 'Cache',
              uses: actions.cache.uses,
              with: {
                path: lines(cache.paths),
                key: `${os}-${stride.id}-${expression(`hashFiles(${files})`)}`,
                'restore-keys': lines([`${os}-${stride.id}-`, `${os}-`]),
              },
            },
          ]
        : []),
      ...(gate.setup.length > 0 ? [{ name: 'Set up', run: lines(gate.setup) }] : []),
      { name: stride.title, run: lines(stride.run) },
      ...(keep
        ? [
            {
              name: `Keep ${keep.name}`,
              if: expression('!cancelled()'),
              uses: actions.uploadArtifact.uses,
              with: {
                name: `${keep.name}-${expression('github.sha')}`,
                path: lines(keep.paths),
                'if-no-files-found': 'error',
                'retention-days': keep.keepDays,
              },
            },
          ]
        : []),
    ],
  };
}

/** `always()`, because a required check that is skipped counts as passed. What was chosen decides what may be skipped. */
function summingUp(gate: GateSpec, { runsOn }: GateVendor) {
  const strides = gate.strides.map(({ id }) => id);
  return {
    name: gate.name,
    needs: [chooseJob, ...strides],
    if: expression('always()'),
    'runs-on': runsOn,
    'timeout-minutes': minutes(gateFrameMs),
    steps: [
      {
        name: 'Hold each stride to what was chosen',
        env: { EVENT: expression('github.event_name'), NEEDS: expression('toJSON(needs)') },
        run: lines([
          `jq -r --arg event "$EVENT" '`,
          `  .${chooseJob} as $chosen`,
          '  | to_entries[]',
          '  | (.value.result == "success"',
          `      or (.key != "${chooseJob}" and .value.result == "skipped" and $event == "pull_request"`,
          '        and $chosen.result == "success" and $chosen.outputs[.key] == "skip")) as $holds',
          '  | "\\(if $holds then "holds" else "FAILS" end) \\(.key): \\(.value.result)"',
          `' <<< "$NEEDS" | tee result.txt`,
          `test "$(grep -c '^holds ' result.txt)" -eq ${strides.length + 1}`,
        ]),
      },
    ],
  };
}

function lines(list: readonly string[]): string {
  return list.length === 1 ? (list[0] ?? '') : `${list.join('\n')}\n`;
}

/** An empty line before each section and each job. */
function spaceOut(document: Document): void {
  if (!isMap(document.contents)) return;
  for (const { key } of document.contents.items.slice(1)) (key as Scalar).spaceBefore = true;
  const jobs = document.get('jobs');
  if (isMap(jobs)) for (const { key } of jobs.items.slice(1)) (key as Scalar).spaceBefore = true;
}
