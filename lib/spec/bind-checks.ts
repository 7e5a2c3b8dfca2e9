import type { BindFault, KitFiles } from '#lib/domain/check-kind.ts';
import type { Spec } from '#lib/domain/spec.ts';
import type { Reading } from './draft.ts';
import { sentence } from './issue-words.ts';
import { nearest } from './nearest.ts';
import type { CheckContext } from './resolve-check.ts';
import { type Path, textAt } from './tree.ts';

/** Every id and name that the document writes, by what it names; also of what could not be read. */
export interface Written {
  readonly metrics: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
  readonly alerts: ReadonlySet<string>;
  readonly tracks: ReadonlySet<string>;
  readonly items: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
}

/** Holds each check against what it names in the spec, and says what the spec does not bear out, at its line. */
export function sayUnbound(
  reading: Reading,
  { catalogue, checkPaths }: CheckContext,
  spec: Spec,
  written: Written,
  kitFiles: KitFiles,
): void {
  const sound = soundNames(spec);
  for (const [check, path] of checkPaths) {
    const bind = catalogue.get(check.kind)?.bind(check.parameters, spec, kitFiles);
    if (!bind || bind.ok) continue;
    for (const fault of bind.faults) sayFault(reading, path, fault, written, sound);
  }
}

function sayFault(
  { root, faults }: Reading,
  check: Path,
  { path, message }: BindFault,
  written: Written,
  sound: Written,
): void {
  const at = [...check, ...path];
  const value = textAt(root, at);
  const pool = poolOf(path, written);
  // Declared, but at fault itself: that is said there.
  if (value !== null && pool.has(value) && !poolOf(path, sound).has(value)) return;
  const near = value === null ? null : nearest(value, pool);
  faults.add(at, sentence(message), near === null ? null : `Write \`${near}\`, if that is meant.`);
}

function soundNames({ metrics, alerts, tracks, roles }: Spec): Written {
  return {
    metrics: new Set(metrics.map(({ name }) => name)),
    groups: new Set(metrics.flatMap(({ group }) => group ?? [])),
    alerts: new Set(alerts.map(({ name }) => name)),
    tracks: new Set(tracks.map(({ id }) => id)),
    items: new Set(tracks.flatMap(({ items }) => items.map(({ id }) => id))),
    roles: new Set(roles.map(({ id }) => id)),
  };
}

function poolOf(path: BindFault['path'], written: Written): ReadonlySet<string> {
  const key = path.findLast((part) => typeof part === 'string');
  const pools: Readonly<Record<string, ReadonlySet<string>>> = {
    metric: written.metrics,
    metrics: written.metrics,
    group: written.groups,
    alerts: written.alerts,
    track: written.tracks,
    items: written.items,
    role: written.roles,
  };
  return pools[key ?? ''] ?? new Set();
}
