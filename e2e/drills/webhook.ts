import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { commitFiles } from '../github/objects.ts';
import { serveGithub } from '../github/serve.ts';
import { emptyWorld, type GithubWorld } from '../github/world.ts';
import { drawnAtMs, openBrowser, timesWords, watchDrawn } from './drawn.ts';
import type { Drill } from './drill.ts';
import { rowsOf, startDrillHouse } from './house.ts';
import { waitFor } from './wait.ts';

const token = 'github_pat_of_this_drill_alone';
const withinMs = 1000;
const changes = 20;

/** So seldom asked that what shows at once shows by the webhook. */
const spec = (github: string) => `format: big-green/v1
launch: { id: drill, title: Webhook, target: { at: 2035-01-01T00:00:00Z } }
candidate: { source: github, ref: main }
defaults: { every: 10m, maxAge: 1h, confirm: 1 }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources: { github: { kind: github, title: GitHub, address: '${github}' } }
tracks:
  all:
    title: All
    lead: sre
    items:
      gate: { title: Gate, phase: launch, checks: [{ kind: ci-run, source: github, workflow: gate.yml }] }
`;

/** Runs end at GitHub and its webhook says that there is news, while the CI screen is open in a real browser. */
export const webhook: Drill = {
  name: 'webhook',
  about: 'a run that GitHub’s webhook tells of is on the open CI screen within a second',
  withinMs: 300_000,
  run: async (site) => {
    const world = repositoryWithGate();
    const github = await serveGithub(world);
    site.undo(github.stop);
    const drill = await startDrillHouse(site);
    const { address } = drill.house;
    const post = async <T>(path: string, body: unknown): Promise<T> => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(address + path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    await drill.adopt(spec(github.address));
    const { sources } = (await (await fetch(`${address}/api/sources`)).json()) as {
      readonly sources: readonly { readonly key: string }[];
    };
    const key = sources[0]?.key ?? '';
    await post(`/api/sources/${key}/token`, { token });
    await post('/api/launches/drill/candidate', {});
    run(world, 0);
    await post('/api/launches/drill/check', { scope: {} });
    const state = async () => rowsOf(await drill.board('drill'))[0]?.state;
    await waitFor('the first run to be seen', 60_000, state, (one) => one === 'ready' || one === 'unsigned');
    const { secret } = await post<{ readonly secret: string }>(`/api/sources/${key}/hook`, { to: 'new' });

    const context = await openBrowser(site);
    const page = await context.newPage();
    await page.goto(`${address}/launches/drill/ci`);
    await watchDrawn(page, '.ci-run');
    const tookMs: number[] = [];
    for (let n = 1; n <= changes; n += 1) {
      // Past the two seconds in which deliveries in a row share one look.
      await sleep(2500 + ((n * 617) % 1000));
      run(world, n);
      const deliveredAtMs = Date.now();
      await deliver(`${address}/api/hooks/${key}`, secret, n);
      tookMs.push((await drawnAtMs(page, `#${100 + n}`)) - deliveredAtMs);
    }
    site.promise(
      `each of ${changes} runs is on the open screen within ${withinMs} ms of its delivery`,
      Math.max(...tookMs) <= withinMs,
      timesWords(tookMs),
    );
  },
};

function repositoryWithGate(): GithubWorld {
  const world = emptyWorld(Date.now());
  Object.assign(world, { owner: 'the-block', repo: 'the-block' });
  world.tokens.set(
    token,
    new Set(['metadata', 'contents', 'actions', 'checks', 'statuses', 'administration', 'pull_requests']),
  );
  const file = 'on: [push]\njobs: { gate: { runs-on: ubuntu-latest, steps: [{ run: make }] } }\n';
  commitFiles(
    world,
    { '.github/workflows/gate.yml': file },
    { message: 'Begin', at: new Date().toISOString() },
  );
  world.workflows.push({ id: 11, name: 'Gate', path: '.github/workflows/gate.yml', state: 'active' });
  return world;
}

/** One more run of the gate on the candidate's commit, which has ended. */
function run(world: GithubWorld, n: number): void {
  const [startedAt, updatedAt] = [Date.now() - 60_000, Date.now()].map((at) =>
    new Date(at).toISOString(),
  ) as [string, string];
  const conclusion = 'success';
  const job = { name: 'gate', status: 'completed', conclusion, startedAt, completedAt: updatedAt } as const;
  const commit = world.branches.get('main') ?? '';
  world.runs.push({
    ...{ id: 5000 + n, workflow: 11, commit, branch: 'main', number: 100 + n, attempt: 1, event: 'push' },
    ...{ status: 'completed', conclusion, startedAt, updatedAt, attempts: [[job]] },
  });
}

/** As GitHub signs: https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
async function deliver(url: string, secret: string, n: number): Promise<void> {
  const body = JSON.stringify({ action: 'completed', workflow_run: { id: 5000 + n } });
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'workflow_run',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
    body,
  });
  if (answer.status !== 202)
    throw new Error(`The delivery was answered ${answer.status}: ${await answer.text()}`);
}
