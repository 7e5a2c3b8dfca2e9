import { listedCommit } from './git-answers.ts';
import { account } from './people.ts';
import { minimalRepository } from './repository.ts';
import type { Places, Schemas } from './schemas.ts';
import type { GithubWorld, WorldCheck, WorldCommit } from './world.ts';

type Protection = GithubWorld['protection'] extends Map<string, infer One> ? One : never;

export function branchAnswer(
  world: GithubWorld,
  name: string,
  commit: WorldCommit,
  places: Places,
): Schemas['branch-with-protection'] {
  const { api, page } = places;
  const protection = world.protection.get(name);
  const checks = protection?.shownToAll ? (protection.checks ?? []) : [];
  return {
    name,
    commit: listedCommit(commit, places),
    _links: { self: `${api}/branches/${name}`, html: `${page}/tree/${name}` },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: checks.length > 0 ? 'non_admins' : 'off',
        contexts: checks.map(({ context }) => context),
        checks: checks.map(({ context, app }) => ({ context, app_id: app })),
      },
    },
    protection_url: `${api}/branches/${name}/protection`,
  };
}

export function requiredAnswer(
  name: string,
  checks: NonNullable<Protection['checks']>,
  { api }: Places,
): Schemas['status-check-policy'] {
  const url = `${api}/branches/${name}/protection/required_status_checks`;
  return {
    url,
    strict: false,
    contexts: checks.map(({ context }) => context),
    contexts_url: `${url}/contexts`,
    checks: checks.map(({ context, app }) => ({ context, app_id: app })),
  };
}

export function rulesAnswer(world: GithubWorld, branch: string): Schemas['repository-rule-detailed'][] {
  const rules = world.rules.get(branch);
  const from = {
    ruleset_source_type: 'Repository',
    ruleset_source: `${world.owner}/${world.repo}`,
    ruleset_id: 42,
  } as const;
  if (!rules) return [];
  return [
    { type: 'deletion', ...from },
    ...(rules.checks.length === 0
      ? []
      : [
          {
            type: 'required_status_checks' as const,
            parameters: {
              strict_required_status_checks_policy: false,
              required_status_checks: rules.checks.map(({ context, app }) => ({
                context,
                ...(app === null ? {} : { integration_id: app }),
              })),
            },
            ...from,
          },
        ]),
    ...(rules.workflows.length === 0
      ? []
      : [
          {
            type: 'workflows' as const,
            parameters: { workflows: rules.workflows.map((path) => ({ path, repository_id: 7_001 })) },
            ...from,
          },
        ]),
  ];
}

export function checkRunAnswer(
  check: WorldCheck,
  index: number,
  { api, page }: Places,
): Schemas['check-run'] {
  const id = 90_000 + index;
  const url = `${api}/check-runs/${id}`;
  const apiRoot = api.slice(0, api.indexOf('/repos/'));
  const pages = new URL(page).origin;
  return {
    id,
    head_sha: check.commit,
    node_id: `CR_${id}`,
    external_id: String(id),
    url,
    html_url: `${page}/runs/${id}`,
    details_url: `${page}/runs/${id}`,
    status: 'completed',
    conclusion: 'success',
    started_at: check.at,
    completed_at: check.at,
    output: {
      title: null,
      summary: null,
      text: null,
      annotations_count: 0,
      annotations_url: `${url}/annotations`,
    },
    name: check.name,
    check_suite: { id: 5 },
    app: {
      id: check.app.id,
      slug: check.app.name.toLowerCase().replaceAll(' ', '-'),
      node_id: `A_${check.app.id}`,
      owner: account('github', 9_919, apiRoot, pages),
      name: check.app.name,
      description: null,
      external_url: pages,
      html_url: `${pages}/apps/${check.app.id}`,
      created_at: '2018-07-30T09:30:17Z',
      updated_at: '2024-04-10T20:33:16Z',
      permissions: { checks: 'write', metadata: 'read' },
      events: ['push'],
    },
    pull_requests: [],
  };
}

export function statusAnswer(
  world: GithubWorld,
  commit: string,
  places: Places,
): Schemas['combined-commit-status'] {
  const { api, page } = places;
  const statuses = world.statuses.filter((one) => one.commit === commit);
  return {
    state: statuses.length === 0 ? 'pending' : 'success',
    statuses: statuses.map(({ context, at }, index) => ({
      url: `${api}/statuses/${commit}`,
      avatar_url: `${new URL(page).origin}/avatars/1`,
      id: index + 1,
      node_id: `SC_${index + 1}`,
      state: 'success',
      description: null,
      target_url: null,
      context,
      created_at: at,
      updated_at: at,
    })),
    sha: commit,
    total_count: statuses.length,
    repository: minimalRepository(world, places),
    commit_url: `${api}/commits/${commit}`,
    url: `${api}/commits/${commit}/status`,
  };
}
