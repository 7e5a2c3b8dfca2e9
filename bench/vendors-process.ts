import { serveGithub } from '#e2e/github/serve.ts';
import { emptyWorld } from '#e2e/github/world.ts';
import { serveGitlab } from '#e2e/gitlab/serve.ts';
import { emptyGitlabWorld } from '#e2e/gitlab/world.ts';
import { startGrafana } from '#e2e/grafana/start.ts';
import { type GrafanaWorld, hold, wholePermissions } from '#e2e/grafana/world.ts';
import { push } from '#e2e/vendors/git-objects.ts';
import { dashboardTitle, seriesName, workflowFile } from './vendors-spec.ts';

/** What this process is told once: the repository that both CI vendors hold, what Grafana reads, and how much of each. */
export interface VendorsAsked {
  readonly repository: string;
  readonly prometheus: string;
  readonly token: string;
  readonly workflows: number;
  readonly dashboards: number;
}

/** What it tells of the requests since it was last asked. */
export interface VendorsTold {
  readonly github: number;
  /** Of those, answered 304, and counted against the rate limit. */
  readonly unchanged: number;
  readonly counted: number;
  readonly gitlab: number;
  readonly grafana: number;
}

const at = '2026-11-19T09:05:00Z';
const dayMs = 86_400_000;

/** The three vendors in a process of their own, so that what they do is not counted as the product's time. */
async function serve({ repository, prometheus, token, workflows, dashboards }: VendorsAsked) {
  const github = emptyWorld(Date.now() + dayMs);
  const gitlab = emptyGitlabWorld(Date.now() + dayMs);
  github.tokens.set(token, new Set(['metadata', 'contents', 'actions', 'checks', 'statuses']));
  gitlab.tokens.set(token, 'Reporter');
  github.limit.most = 1_000_000;
  gitlab.limit.most = 1_000_000;
  await Promise.all([push(repository, github), push(repository, gitlab)]);
  const commits = [...github.commits.keys()];
  const jobs = [
    { name: 'build', status: 'completed', conclusion: 'success', startedAt: at, completedAt: at },
  ] as const;
  for (let n = 0; n < workflows; n += 1) {
    const path = `.github/workflows/${workflowFile(n)}`;
    github.workflows.push({ id: 100 + n, name: `Gate ${n}`, path, state: 'active' });
    for (const [index, commit] of commits.entries())
      github.runs.push({
        id: 1000 * (n + 1) + index,
        workflow: 100 + n,
        commit,
        branch: 'main',
        number: index + 1,
        attempt: 1,
        event: 'push',
        status: 'completed',
        conclusion: 'success',
        startedAt: at,
        updatedAt: at,
        attempts: [jobs],
      });
  }
  for (const [index, commit] of commits.entries()) pipeline(gitlab, index + 1, commit);
  const grafana: GrafanaWorld = {
    dashboards: new Map(),
    libraryPanels: new Map(),
    dataSources: [{ uid: 'prometheus', name: 'Prometheus', type: 'prometheus', isDefault: true }],
    tokens: new Map([[token, wholePermissions]]),
  };
  for (let n = 0; n < dashboards; n += 1) {
    const targets = [{ refId: 'A', expr: `${seriesName(0)} + ${n}` }];
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own form of a variable.
    const datasource = { type: 'prometheus', uid: '${datasource}' };
    const panels = [{ id: 1, title: 'Series', type: 'timeseries', datasource, targets }];
    const templating = { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] };
    hold(grafana, { uid: `bench-${n}`, title: dashboardTitle(n), templating, panels });
  }
  const hub = await serveGithub(github);
  const lab = await serveGitlab(gitlab);
  const held = await startGrafana({ world: grafana, prometheus: () => prometheus });
  let told = { github: 0, gitlab: 0, grafana: 0 };
  process.on('message', (message) => {
    // On both vendors as many pipelines again: on GitLab they are the project's own.
    if (message === 'twice')
      for (const [index, commit] of commits.entries()) pipeline(gitlab, 100 + index, commit);
    const fresh = hub.asked.slice(told.github);
    const since: VendorsTold = {
      github: fresh.length,
      unchanged: fresh.filter(({ status }) => status === 304).length,
      counted: fresh.filter(({ counted }) => counted).length,
      gitlab: lab.asked.length - told.gitlab,
      grafana: held.requests.length - told.grafana,
    };
    told = { github: hub.asked.length, gitlab: lab.asked.length, grafana: held.requests.length };
    process.send?.(since);
  });
  process.send?.({ github: hub.address, gitlab: lab.address, grafana: held.url });
}

function pipeline(world: ReturnType<typeof emptyGitlabWorld>, id: number, commit: string): void {
  const stamp = '2026-11-19T09:05:00.000Z';
  world.pipelines.push({
    id,
    commit,
    ref: 'main',
    status: 'success',
    source: 'push',
    createdAt: stamp,
    updatedAt: stamp,
    startedAt: stamp,
    finishedAt: stamp,
    duration: 60,
    yamlErrors: null,
  });
  world.jobs.push({
    id: id * 100,
    pipeline: id,
    name: 'build',
    status: 'success',
    allowFailure: false,
    failureReason: null,
    startedAt: stamp,
    finishedAt: stamp,
    retried: false,
    downstream: null,
  });
}

process.once('message', (asked) => void serve(asked as VendorsAsked));
process.on('disconnect', () => process.exit(0));
