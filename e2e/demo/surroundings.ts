import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Spec } from '#lib/domain/spec.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { prefill } from '../node/history.ts';
import { startNode } from '../node/start.ts';
import type { NodeState } from '../node/state.ts';
import { type LoadedRules, rulesToLoad } from '../prometheus/loaded-rules.ts';
import { type RunningPrometheus, startPrometheus } from '../prometheus/start.ts';
import { buildRepository } from '../repository/build.ts';
import type { ChangeName } from '../repository/changes.ts';
import { startVendors, type VendorState, type Vendors } from '../vendors/start.ts';

/** What a launch stands in, on this machine: a node, a Prometheus over it, a repository, and its vendors. */
export interface Surroundings {
  /** Of the spec's sources, by their ids. */
  readonly addresses: Readonly<
    Record<'prometheus' | 'node' | 'repository' | 'github' | 'gitlab' | 'grafana', string>
  >;
  /** Of those that want one. */
  readonly tokens: Vendors['tokens'];
  readonly setNode: (state: NodeState) => void;
  /** Brings the repository's main to hold these changes. */
  readonly commit: (changes: readonly ChangeName[]) => Promise<void>;
  readonly showVendors: Vendors['show'];
  /** Has Prometheus load these rules, now or when it starts again. */
  readonly loadRules: (loaded: LoadedRules) => Promise<void>;
  readonly startPrometheus: () => Promise<void>;
  readonly stopPrometheus: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** For how long the node is to have run when it begins, so that ranges and pictures have something to show. */
const ranForMs = 20 * 60_000;
/** A port that nobody listens on: where Prometheus would be, if there were one. */
const nowhere = 'http://127.0.0.1:9';

/** The spec that the demo's launch has. @throws when the shipped one is not sound */
export async function theBlock(): Promise<Spec> {
  const read = readSpec(await readFile(join('launches', 'the-block.yaml'), 'utf8'), 'the-block.yaml');
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.spec;
}

/**
 * Starts them in a folder that is empty. `prometheusBinary` is null where there is none.
 * @throws when Git or Prometheus cannot do their part; what had begun is stopped
 */
export async function startSurroundings(of: {
  readonly folder: string;
  readonly prometheusBinary: string | null;
  readonly node: NodeState;
  readonly changes: readonly ChangeName[];
  readonly rules: LoadedRules;
  readonly vendors: VendorState;
}): Promise<Surroundings> {
  const { folder, prometheusBinary: binary } = of;
  const dir = join(folder, 'prometheus');
  const spec = await theBlock();
  let rules = rulesToLoad(of.rules);
  const node = await startNode({ state: of.node, ranForMs });
  let prometheus: RunningPrometheus | null = null;
  let vendors: Vendors | null = null;
  const stop = async () => {
    await vendors?.stop();
    await prometheus?.stop();
    await node.stop();
  };
  const targets = [{ job: 'node', addresses: [node.address] }];
  const start = async (port?: number) => {
    if (binary === null) return;
    prometheus = await startPrometheus({ binary, targets, rules, dir, ...(port ? { port } : {}) });
  };
  try {
    const [repository] = await Promise.all([
      buildRepository(join(folder, 'the-block'), of.changes),
      binary === null ? null : prefill(binary, dir, node.history('node')).then(() => start()),
    ]);
    const { url, port } = (prometheus as RunningPrometheus | null) ?? { url: nowhere, port: undefined };
    vendors = await startVendors({ spec, repository: repository.path, prometheus: url }, of.vendors);
    return {
      addresses: { prometheus: url, node: node.url, repository: repository.path, ...vendors.addresses },
      tokens: vendors.tokens,
      showVendors: vendors.show,
      setNode: node.set,
      commit: async (changes) => {
        await repository.bring(changes);
      },
      loadRules: async (loaded) => {
        rules = rulesToLoad(loaded);
        await prometheus?.reload({ targets, rules });
      },
      startPrometheus: () => start(port),
      stopPrometheus: async () => prometheus?.stop(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
