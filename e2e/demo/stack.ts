import { z } from 'zod';
import type { Environment } from '#lib/server/env.ts';
import { startHouse } from '#lib/server/supervisor/start.ts';
import { serveStory } from '../story/serve.ts';
import { firstState, type StoryState } from '../story/state.ts';
import { beginStory } from '../story/story.ts';
import { dataIn } from './place.ts';
import { type Surroundings, startSurroundings } from './surroundings.ts';

export interface DemoOptions {
  readonly env: Environment;
  /** Empty; for the repository, Prometheus's data and the database. */
  readonly folder: string;
  /** Null: there is none, and the board shows what that means. */
  readonly prometheusBinary: string | null;
  readonly log: (text: string) => void;
  /** Called when a part of the house is given up. */
  readonly gaveUp: (text: string) => void;
  /** Aborted: stop, also half-way up. */
  readonly signal: AbortSignal;
}

export interface RunningDemo {
  readonly kind: 'running';
  /** Of the launch's board. */
  readonly board: string;
  /** Of the page that drives the story. */
  readonly story: string;
  stop(): Promise<void>;
  /** All of it at once, without waiting for anything; what it kept stays. Prometheus ends with this process. */
  kill(): void;
}

/** Brings the whole demo up: what the launch stands in, Big Green with The Block's launch, and the story. */
export async function startDemo(
  options: DemoOptions,
): Promise<RunningDemo | { readonly kind: 'failed'; readonly message: string }> {
  const { folder, prometheusBinary, log, gaveUp, signal } = options;
  // A database of its own, whatever the environment names: a demo's launch has no business in anybody's.
  const env = { ...options.env, databaseUrl: undefined, dataDir: dataIn(folder) };
  const begins: StoryState = { ...firstState, prometheus: prometheusBinary === null ? 'absent' : 'running' };
  const [around, house] = await Promise.all([
    startSurroundings({
      folder,
      prometheusBinary,
      node: begins.node,
      changes: begins.changes,
      rules: begins.rules,
      vendors: begins,
    }).catch((error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) })),
    startHouse({ env, dev: false, throwAway: true, log, gaveUp, signal }),
  ]);
  const stop = async () => {
    if (house.kind === 'running') await house.stop();
    if (!('failed' in around)) await around.stop();
  };
  const fail = async (message: string) => {
    await stop();
    return { kind: 'failed', message: signal.aborted ? 'Stopped.' : message } as const;
  };
  if (house.kind === 'failed') return fail(house.message);
  if ('failed' in around) return fail(around.failed);

  const launches = `${house.address}/api/launches`;
  const refused = await post(launches, { shipped: 'the-block.yaml', addresses: around.addresses });
  if (refused !== null || signal.aborted) return fail(refused ?? '');
  const unset = await setTokens(house.address, around);
  if (unset !== null || signal.aborted) return fail(unset ?? '');
  const story = beginStory(
    {
      ...around,
      moveCandidate: async () => {
        const unmoved = await post(`${launches}/the-block/candidate`, {});
        if (unmoved !== null) throw new Error(unmoved);
      },
    },
    begins,
  );
  const board = `${house.address}/launches/the-block`;
  const server = await serveStory(story, board);
  return {
    kind: 'running',
    board,
    story: server.url,
    stop: async () => {
      await server.stop();
      await stop();
    },
    kill: house.kill,
  };
}

const sourcesSchema = z.object({
  sources: z.array(z.object({ key: z.string(), address: z.string() })),
});

/** Gives Big Green the stand-ins' tokens, as people do in its settings; returns what went wrong, or null. */
async function setTokens(origin: string, { addresses, tokens }: Surroundings): Promise<string | null> {
  const { sources } = sourcesSchema.parse(await (await fetch(`${origin}/api/sources`)).json());
  for (const id of ['github', 'gitlab', 'grafana'] as const) {
    const key = sources.find(({ address }) => address === addresses[id])?.key;
    if (key === undefined) return `The launch has no source at ${addresses[id]}.`;
    const refused = await post(`${origin}/api/sources/${key}/token`, { token: tokens[id] });
    if (refused !== null) return refused;
  }
  return null;
}

const problemSchema = z.object({ problem: z.object({ message: z.string() }) });

/** Posts to the product's own API; returns what went wrong, or null. */
async function post(url: string, body: unknown): Promise<string | null> {
  const headers = { 'content-type': 'application/json' };
  try {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.ok) return null;
    const told = problemSchema.safeParse(await answer.json().catch(() => null));
    return told.success ? told.data.problem.message : `${url} answered with status ${answer.status}.`;
  } catch {
    return `${url} does not answer.`;
  }
}
