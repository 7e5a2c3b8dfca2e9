import { writeDuration } from '#lib/domain/duration.ts';
import type { GateSpec, StrideSpec } from '#lib/domain/kit-spec.ts';
import { type Draft, type Reading, sayName } from './draft.ts';
import type { GateEntry } from './format-gate.ts';
import { readId } from './scalars.ts';
import type { Path } from './tree.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * What a gate needs besides its slowest stride: a job that finds out which paths changed, and one that sums up. Each
 * may take this long.
 */
export const gateFrameMs = 5 * minuteMs;

/** Names that the gate's own jobs have, or that GitLab reads as settings (docs.gitlab.com/ci/yaml). */
const reserved = new Set([
  'choose',
  'gate',
  'after_script',
  'artifacts',
  'before_script',
  'cache',
  'default',
  'false',
  'image',
  'include',
  'nil',
  'pages',
  'services',
  'spec',
  'stages',
  'true',
  'types',
  'variables',
  'workflow',
]);

const expression = '${{';

/** The gate with defaults filled in. Its strides run side by side, so the slowest decides whether it is in time. */
export function resolveGate(reading: Reading, { gate }: Draft): GateSpec | null {
  if (gate === null) return null;
  if (!gate.github && !gate.gitlab) {
    const message = 'The gate is for no vendor.';
    reading.faults.add(['gate'], message, 'Add `github: { file: …, runsOn: … }` or `gitlab`.', 'key');
  }
  sayVendors(reading, gate);
  const strides = Object.entries(gate.strides).map(([id, stride]) => strideOf(reading, gate, id, stride));
  if (strides.length === 0) {
    reading.faults.add(
      ['gate', 'strides'],
      'A gate without a stride lets everything pass.',
      'Add the first.',
      'key',
    );
  }
  return {
    name: gate.name,
    github: gate.github ?? null,
    gitlab: gate.gitlab ?? null,
    local: gate.local ?? null,
    branches: gate.branches ?? ['main'],
    tags: gate.tags ?? ['v*'],
    withinMs: gate.within,
    cache: gate.cache ?? null,
    setup: gate.setup ?? [],
    always: gate.always ?? [],
    strides,
  };
}

/** What one vendor alone would understand: the same gate is to stand with both, and on one's own machine. */
function sayVendors({ faults }: Reading, { name, setup = [], strides }: GateEntry): void {
  if (reserved.has(name) || name.startsWith('.') || Object.hasOwn(strides, name)) {
    const message = `The required check cannot be called “${name}”: GitLab knows a job by that, and it is another.`;
    faults.add(['gate', 'name'], message, 'Write for example `Launch gate`.');
  }
  const texts: (readonly [Path, string | undefined])[] = [
    [['gate', 'name'], name],
    ...setup.map((text, index) => [['gate', 'setup', index], text] as const),
    ...Object.entries(strides).flatMap(([id, { title, run, artifacts }]) => [
      [['gate', 'strides', id, 'title'], title] as const,
      [['gate', 'strides', id, 'artifacts', 'name'], artifacts?.name] as const,
      ...run.map((text, index) => [['gate', 'strides', id, 'run', index], text] as const),
    ]),
  ];
  for (const [path, text] of texts) {
    if (!text?.includes(expression)) continue;
    const message = `Only GitHub fills in \`${expression} … }}\`, and this is for every vendor.`;
    faults.add(path, message, 'Take it from the environment, as `$NAME`.');
  }
}

function strideOf(
  reading: Reading,
  gate: GateEntry,
  id: string,
  stride: GateEntry['strides'][string],
): StrideSpec {
  const path = ['gate', 'strides', id];
  sayName(reading, path, readId(id));
  if (/^[0-9]/.test(id)) {
    const message = `The stride \`${id}\` begins with a digit, which the id of a job on GitHub cannot.`;
    reading.faults.add(path, message, `Write for example \`stride-${id}\`.`, 'key');
  }
  if (reserved.has(id)) {
    const message = `A stride cannot be called \`${id}\`: that means something else to GitHub or GitLab.`;
    reading.faults.add(path, message, `Write for example \`${id}-stride\`.`, 'key');
  }
  const mostMs = gate.within - 2 * gateFrameMs;
  if (stride.within > mostMs) {
    const message = `The stride may take ${writeDuration(stride.within)}, and the gate must end within ${writeDuration(gate.within)}, ${writeDuration(2 * gateFrameMs)} of which go to choosing strides and summing up.`;
    const remedy =
      mostMs > 0
        ? `Write at most \`${writeDuration(mostMs)}\`, or give the gate more.`
        : 'Give the gate more.';
    reading.faults.add([...path, 'within'], message, remedy);
  }
  if (stride.title === gate.name) {
    const message = `The stride has the name of the required check, “${gate.name}”.`;
    reading.faults.add(
      [...path, 'title'],
      message,
      'Only the job that sums up may have it: name the stride otherwise.',
    );
  }
  const { artifacts } = stride;
  if (artifacts && artifacts.keep % dayMs !== 0) {
    reading.faults.add(
      [...path, 'artifacts', 'keep'],
      'Artifacts are kept for whole days.',
      'Write for example `30d`.',
    );
  }
  return {
    id,
    title: stride.title,
    run: stride.run,
    withinMs: stride.within,
    paths: stride.paths ?? [],
    artifacts: artifacts
      ? { name: artifacts.name, paths: artifacts.paths, keepDays: Math.trunc(artifacts.keep / dayMs) }
      : null,
  };
}
