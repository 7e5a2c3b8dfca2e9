import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Environment } from '#lib/server/env.ts';
import { type RunningHouse, startHouse } from '#lib/server/supervisor/start.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { type RunningPrometheus, startPrometheus } from '../prometheus/start.ts';
import { startControl } from './control.ts';
import { startNode } from './node.ts';
import { commitState } from './repository.ts';
import { demoRules } from './rules.ts';
import { beginning, findStep, type StoryState } from './story.ts';

export interface DemoOptions {
  readonly env: Environment;
  /** For the repository and Prometheus's data. */
  readonly folder: string;
  /** Null: there is none, and the board shows what that means. */
  readonly prometheusBinary: string | null;
  readonly log: (text: string) => void;
}

export interface RunningDemo {
  readonly house: RunningHouse;
  readonly address: string;
  readonly storyUrl: string;
  readonly take: (step: string) => Promise<{ ok: boolean; words: string }>;
  stop(): Promise<void>;
}

/** A port that nobody listens on: where Prometheus would be, if there were one. */
const nowhere = 'http://127.0.0.1:9';

/** Brings the whole demo up: node, Prometheus, repository, Big Green with The Block's launch, and the story. */
export async function startDemo(options: DemoOptions): Promise<RunningDemo | { readonly message: string }> {
  const { env, folder, log } = options;
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of undo.splice(0).reverse()) await end();
  };
  const spec = readSpec(await readFile(join('launches', 'the-block.yaml'), 'utf8'), 'the-block.yaml');
  if (!spec.ok) return { message: spec.problem.message };
  const node = await startNode(beginning.node);
  undo.push(node.stop);
  const repository = join(folder, 'the-block');
  await commitState(repository, beginning.repository, 'Begin the release candidate', true);

  let prometheus: RunningPrometheus | null = null;
  const startOne = async (port?: number): Promise<RunningPrometheus | null> => {
    const binary = options.prometheusBinary;
    if (!binary) return null;
    const targets = [{ job: 'node', addresses: [node.address] }];
    const dir = join(folder, 'prometheus');
    return startPrometheus({
      binary,
      targets,
      rules: demoRules(spec.value.spec),
      dir,
      ...(port ? { port } : {}),
    });
  };
  prometheus = await startOne();
  undo.push(async () => prometheus?.stop());
  const { url: prometheusUrl, port: prometheusPort } = prometheus ?? { url: nowhere, port: undefined };

  const house = await startHouse({ env, dev: false, throwAway: true, log, gaveUp: (text) => log(text) });
  if (house.kind === 'failed') {
    await stop();
    return house;
  }
  undo.push(house.stop);
  const addresses = { prometheus: prometheusUrl, node: node.url, repository };
  const begun = await post(`${house.address}/api/launches`, { shipped: 'the-block.yaml', addresses });
  if (begun !== null) {
    await stop();
    return { message: begun };
  }

  let state: StoryState = beginning;
  let taken: readonly string[] = [];
  const take: RunningDemo['take'] = async (name) => {
    const step = findStep(name, taken);
    if (!step)
      return {
        ok: false,
        words: name === 'next' ? 'The story has been told.' : `There is no step “${name}”.`,
      };
    const before = state;
    state = step.apply(state);
    taken = [...taken.filter((one) => one !== step.name), step.name];
    node.set(state.node);
    if (state.prometheus !== before.prometheus) {
      await prometheus?.stop();
      prometheus = state.prometheus === 'up' ? await startOne(prometheusPort) : null;
    }
    if (state.repository !== before.repository) {
      await commitState(repository, state.repository, `Story: ${step.name}`);
      const moved = await post(`${house.address}/api/launches/the-block/candidate`, {});
      if (moved !== null) return { ok: false, words: moved };
    }
    return { ok: true, words: `${step.name}: ${step.words}` };
  };
  const board = `${house.address}/launches/the-block`;
  const control = await startControl({ taken: () => taken, take }, board);
  undo.push(control.stop);
  return { house, address: board, storyUrl: control.url, take, stop };
}

const problemSchema = z.object({ problem: z.object({ message: z.string() }) });

/** Posts to the product's own API; returns what went wrong, or null. */
async function post(url: string, body: unknown): Promise<string | null> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.ok) return null;
  const told = problemSchema.safeParse(await answer.json().catch(() => null));
  return told.success ? told.data.problem.message : `${url} answered with status ${answer.status}.`;
}
