import { canonicalJson } from '#lib/canonical/canonical.ts';
import type { CheckCatalogue } from '#lib/domain/check-kind.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Fault, Result } from '#lib/domain/problem.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { sayUnbound } from './bind-checks.ts';
import { type Reading, readDraft } from './draft.ts';
import { collectFaults, faultAt, specProblem } from './faults.ts';
import { sentence } from './issue-words.ts';
import { resolveAlerts, resolveThresholds } from './resolve-alerts.ts';
import { resolveKit } from './resolve-kit.ts';
import { resolveLaunch, resolveRoles, sayOwnersTwice } from './resolve-launch.ts';
import { readInventory } from './resolve-metrics.ts';
import { resolveSources } from './resolve-sources.ts';
import { readTracks } from './resolve-tracks.ts';
import type { MapNode } from './tree.ts';
import { readYaml } from './yaml.ts';

export interface ReadOptions {
  /** The kinds of check there are. */
  readonly catalogue: CheckCatalogue;
  /** What the text is called, for the message: a file's name. */
  readonly name: string;
  /** What is wrong with a PromQL expression, null when nothing is. Default: PromQL is not looked at. */
  readonly promqlFault?: (expr: string) => string | null;
  /** The files that a spec yields. Default: none. */
  readonly kitFiles?: (spec: Spec) => readonly KitFile[];
}

export interface SpecRead {
  readonly spec: Spec;
  /** Canonical JSON of the spec without its line numbers: its digest moves only when what it says moves. */
  readonly canonical: string;
}

/**
 * Reads a spec in the format `big-green/v1` (docs/guide/spec.md). Pure; never throws for what the text holds.
 *
 * A problem carries every fault, up to 50, each with line, column, path and what to write instead. Time and memory
 * are bounded whatever the text: at most 1 MiB, 64 deep, no tags, aliases only as far as they repeat little.
 */
export function readSpec(text: string, options: ReadOptions): Result<SpecRead> {
  const { name, promqlFault } = options;
  const read = readYaml(text);
  const broken = (faults: readonly Fault[]): Result<SpecRead> => ({
    ok: false,
    problem: specProblem(name, faults),
  });
  if (!read.ok) return broken(read.faults);
  if (read.root.kind !== 'map') {
    const message =
      read.root.kind === 'list' ? 'The document is a list.' : 'The document is empty or one text.';
    return broken([faultAt({ line: 1, column: 1 }, message, 'Begin with `format: big-green/v1`.')]);
  }
  const reading: Reading = { root: read.root, faults: collectFaults(read.root, read.faults) };
  const spec = resolve(reading, read.root, options);
  if (promqlFault) sayPromql(reading, spec, promqlFault);
  const faults = reading.faults.all();
  if (faults.length > 0) return broken(faults);
  return { ok: true, value: { spec, canonical: canonicalSpec(spec) } };
}

/** The spec, as far as it can be made; it is one only when nothing was found to be wrong. */
function resolve(reading: Reading, root: MapNode, { catalogue, kitFiles }: ReadOptions): Spec {
  const draft = readDraft(reading, root);
  const inventory = readInventory(reading, draft);
  const launch = resolveLaunch(reading, draft);
  const sources = resolveSources(reading, draft);
  const thresholds = resolveThresholds(reading, draft, inventory);
  const alerts = resolveAlerts(reading, draft, inventory, { thresholds, lengths: launch.lengths });
  sayOwnersTwice(reading, draft);
  const context = { catalogue, sources, checkPaths: new Map() };
  const { tracks, trackIds, itemIds } = readTracks(reading, draft, context);
  const spec: Spec = {
    format: 'big-green/v1',
    ...launch,
    networks: [...draft.networks.entries].map(([id, title]) => ({ id, title })),
    phases: [...draft.phases.entries].map(([id, { title, at }]) => ({ id, title, at })),
    roles: resolveRoles(reading, draft),
    sources,
    metrics: inventory.metrics,
    thresholds,
    alerts,
    kit: resolveKit(reading, draft, { launch: launch.launch.id, thresholds }),
    tracks,
  };
  const written = {
    metrics: inventory.names.names,
    groups: inventory.groups,
    alerts: draft.alerts.names.names,
    tracks: trackIds,
    items: itemIds,
    roles: draft.roles.names.names,
  };
  let files: readonly KitFile[] | null = null;
  const isFaulty = reading.faults.all().length > 0;
  sayUnbound(reading, context, spec, written, () => {
    if (isFaulty) return null;
    files ??= kitFiles?.(spec) ?? [];
    return files;
  });
  return spec;
}

/** PromQL that declarations hold; that of checks is their kind's to look at. */
function sayPromql(
  { faults }: Reading,
  { metrics, thresholds = [], kit }: Spec,
  wrong: (expr: string) => string | null,
): void {
  for (const { name, group, quietWhen } of metrics) {
    const said = quietWhen === null ? null : wrong(quietWhen);
    if (said !== null) faults.add(['metrics', group ?? '', name, 'quietWhen'], sentence(said), null);
  }
  for (const { id, value } of thresholds) {
    const said = wrong(value);
    if (said !== null) faults.add(['thresholds', id, 'value'], sentence(said), null);
  }
  for (const dashboard of kit?.dashboards ?? []) {
    for (const { id, queries, quietWhen } of dashboard.panels) {
      const path = ['dashboards', dashboard.id, 'panels', id];
      for (const [index, { expr }] of queries.entries()) {
        const said = wrong(expr);
        if (said !== null) faults.add([...path, 'queries', index, 'expr'], sentence(said), null);
      }
      const said = quietWhen === null ? null : wrong(quietWhen);
      if (said !== null) faults.add([...path, 'quietWhen'], sentence(said), null);
    }
  }
}

/** The spec as its digest is taken of it. Pure. */
export function canonicalSpec(spec: Spec): string {
  const tracks = spec.tracks.map((track) => ({
    ...track,
    items: track.items.map(({ line: _, ...item }) => ({
      ...item,
      checks: item.checks.map(({ line: __, ...check }) => check),
    })),
  }));
  return canonicalJson({ ...spec, tracks });
}
