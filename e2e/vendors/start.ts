import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { serveGithub } from '#e2e/github/serve.ts';
import { emptyWorld } from '#e2e/github/world.ts';
import { serveGitlab } from '#e2e/gitlab/serve.ts';
import { emptyGitlabWorld } from '#e2e/gitlab/world.ts';
import { startGrafana } from '#e2e/grafana/start.ts';
import { type GrafanaWorld, wholePermissions } from '#e2e/grafana/world.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { type Begun, type CiState, gateRuns } from './gate-runs.ts';
import { push } from './git-objects.ts';
import { showOnGithub } from './github-runs.ts';
import { showOnGitlab } from './gitlab-runs.ts';
import { type GrafanaState, showInGrafana } from './grafana-holds.ts';

/** How the three vendors stand. */
export interface VendorState {
  readonly ci: CiState;
  readonly grafana: GrafanaState;
}

/** Stand-ins for GitHub, GitLab and Grafana, with what a launch's repository and spec give them. */
export interface Vendors {
  readonly addresses: Readonly<Record<'github' | 'gitlab' | 'grafana', string>>;
  /** Of the spec's sources, by their ids. */
  readonly tokens: Readonly<Record<'github' | 'gitlab' | 'grafana', string>>;
  /** Has them show this, and all that main holds by now. */
  readonly show: (state: VendorState) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** They are allowed what the guide asks for, and open nothing outside of the demo. */
export const tokens = {
  github: 'github_pat_of_the_demo_alone',
  gitlab: 'glpat-of-the-demo-alone',
  grafana: 'glsa_of_the_demo_alone',
} as const;

/** What may also write, to propose the kit with: for a person to give, as the guide of Propose asks for. */
export const writers = {
  github: 'github_pat_of_the_demo_writes',
  gitlab: 'glpat-of-the-demo-writes',
} as const;

const readsOnGithub = [
  'metadata',
  'contents',
  'actions',
  'checks',
  'statuses',
  'administration',
  'pull_requests',
] as const;

/** Between one commit's push and the next, before the demo began. */
const betweenMs = 47 * 60_000;

/**
 * Starts them on loopback. `prometheus` is what Grafana's one data source reads.
 * @throws when Git cannot read the repository
 */
export async function startVendors(
  of: { readonly spec: Spec; readonly repository: string; readonly prometheus: string },
  begins: VendorState,
): Promise<Vendors> {
  const { spec, repository, prometheus } = of;
  const beganMs = Date.now();
  const github = emptyWorld(beganMs);
  Object.assign(github, { owner: 'the-block', repo: 'the-block' });
  github.tokens.set(tokens.github, new Set(readsOnGithub));
  github.tokens.set(
    writers.github,
    new Set([...readsOnGithub, 'contents:write', 'pull_requests:write', 'workflows:write']),
  );
  const gitlab = emptyGitlabWorld(beganMs);
  gitlab.project = 'the-block/the-block';
  gitlab.tokens.set(tokens.gitlab, 'Reporter');
  gitlab.tokens.set(writers.gitlab, 'Developer');
  gitlab.writers.add(writers.gitlab);
  const grafana: GrafanaWorld = {
    dashboards: new Map(),
    libraryPanels: new Map(),
    dataSources: [{ uid: 'prometheus', name: 'Prometheus', type: 'prometheus', isDefault: true }],
    tokens: new Map([[tokens.grafana, wholePermissions]]),
  };
  const begun = countRuns(beganMs);
  let last: GrafanaState | null = null;
  const show = async ({ ci, grafana: held }: VendorState) => {
    await Promise.all([push(repository, github), push(repository, gitlab)]);
    const commits = await commitsOf(repository);
    const { gate } = spec.kit ?? {};
    if (gate) {
      const shown = {
        gate,
        commits,
        runs: gateRuns(gate, commits.length, ci, begun(commits.length, last === null)),
      };
      showOnGithub(github, shown, ci);
      showOnGitlab(gitlab, shown);
    }
    if (held !== last) showInGrafana(grafana, spec, held);
    last = held;
  };
  await show(begins);
  const [hub, lab, dashboards] = await Promise.all([
    serveGithub(github),
    serveGitlab(gitlab),
    startGrafana({ world: grafana, prometheus: (uid) => (uid === 'prometheus' ? prometheus : null) }),
  ]);
  return {
    addresses: { github: hub.address, gitlab: lab.address, grafana: dashboards.url },
    tokens,
    show,
    stop: async () => {
      await Promise.all([hub.stop(), lab.stop(), dashboards.stop()]);
    },
  };
}

/** Numbers runs as they come. Those of the beginning are spread over the time before it; others have just ended. */
function countRuns(beganMs: number): (commits: number, isFirst: boolean) => Begun {
  const known = new Map<string, ReturnType<Begun>>();
  return (commits, isFirst) => (at, repeat) => {
    const key = `${at} ${repeat}`;
    const startedMs = isFirst
      ? beganMs - (commits - at) * betweenMs + repeat * 20 * 60_000
      : Date.now() - 10 * 60_000;
    const run = known.get(key) ?? { number: 101 + known.size, startedMs };
    known.set(key, run);
    return run;
  };
}

/** Ids of the commits on main, the first first. */
async function commitsOf(repository: string): Promise<readonly string[]> {
  const args = ['-C', repository, 'rev-list', '--reverse', '--first-parent', 'main'];
  return (await promisify(execFile)('git', args)).stdout.trim().split('\n');
}
