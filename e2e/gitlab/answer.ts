import { createHash } from 'node:crypto';
import { bridgeTold, jobTold, pipelineTold, statusTold, wholePipelineTold } from './ci-answers.ts';
import { blobTold, branchTold, commitsUpTo, commitTold, tagTold, treeTold } from './git-answers.ts';
import { mergeRequestTold } from './merge-request-answers.ts';
import { externalChecksTold, projectTold } from './project-answers.ts';
import type { Places } from './shapes.ts';
import { type GitlabWorld, type Role, roles } from './world.ts';

/** An answer: a whole body, a list to be paged, or headers alone. */
export type Answered =
  | { readonly body: unknown }
  | { readonly list: readonly unknown[] }
  | { readonly headers: Readonly<Record<string, string>> };

interface Asked {
  readonly world: GitlabWorld;
  readonly places: Places;
  /** What the path's pattern caught. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly role: Role;
}

type Say = (asked: Asked) => Answered | null;

const missing = (what: string) => ({ message: `404 ${what} Not Found` });

function jobsOf({ world, places, parts: [id], query }: Asked, areBridges: boolean): Answered | null {
  const pipeline = world.pipelines.find((one) => String(one.id) === id);
  if (!pipeline) return null;
  const all = world.jobs
    .filter((job) => job.pipeline === pipeline.id && (job.downstream !== null) === areBridges)
    .filter((job) => areBridges || !job.retried || query.get('include_retried') === 'true')
    .sort((a, b) => b.id - a.id);
  const tell = areBridges ? bridgeTold : jobTold;
  return { list: all.map((job) => tell(world, job, pipeline, places)) };
}

/** What may be asked: pattern of the path after the project's, what a 404 names, the least role, answer. Null: 404. */
const answers: readonly (readonly [RegExp, string, Role, Say])[] = [
  [
    /^$/,
    'Project',
    'Guest',
    ({ world, places, role }) => ({ body: projectTold(world, places, role !== 'Guest') }),
  ],
  [
    /^\/repository\/commits$/,
    'Commit',
    'Reporter',
    ({ world, places, query }) => {
      const ref = query.get('ref_name') ?? world.defaultBranch;
      const commits = commitsUpTo(world, ref, query.get('first_parent') === 'true');
      return { list: commits.map((one) => commitTold(one, places)) };
    },
  ],
  [
    /^\/repository\/commits\/([^/]+)$/,
    'Commit',
    'Reporter',
    ({ world, places, parts: [sha = ''] }) => {
      const commit = world.commits.get(sha);
      return commit ? { body: commitTold(commit, places) } : null;
    },
  ],
  [
    /^\/repository\/tree$/,
    'Tree',
    'Reporter',
    ({ world, query }) => {
      const list = treeTold(world, query.get('ref') ?? world.defaultBranch, query.get('path') ?? '');
      return list ? { list } : null;
    },
  ],
  [
    /^\/repository\/blobs\/([^/]+)$/,
    'Blob',
    'Reporter',
    ({ world, parts: [sha = ''] }) => {
      const content = world.blobs.get(sha);
      return content ? { body: blobTold(sha, content) } : null;
    },
  ],
  [
    /^\/repository\/files\/([^/]+)$/,
    'File',
    'Reporter',
    ({ world, parts: [path = ''], query }) => {
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      const entry = treeTold(world, query.get('ref') ?? '', folder)?.find((one) => one.path === path);
      const content = world.blobs.get(entry?.id ?? '');
      if (!content) return null;
      return {
        headers: {
          'x-gitlab-blob-id': entry?.id ?? '',
          'x-gitlab-size': String(content.length),
          'x-gitlab-content-sha256': createHash('sha256').update(content).digest('hex'),
          'x-gitlab-execute-filemode': String(entry?.mode === '100755'),
        },
      };
    },
  ],
  [
    /^\/repository\/branches\/([^/]+)$/,
    'Branch',
    'Reporter',
    ({ world, places, parts: [name = ''] }) => {
      const commit = world.commits.get(world.branches.get(name) ?? '');
      return commit ? { body: branchTold(world, name, commit, places) } : null;
    },
  ],
  [
    /^\/repository\/tags\/([^/]+)$/,
    'Tag',
    'Reporter',
    ({ world, places, parts: [name = ''] }) => {
      const tag = world.tags.get(name);
      const commit = world.commits.get(tag?.commit ?? '');
      return tag && commit ? { body: tagTold(name, tag, commit, places) } : null;
    },
  ],
  [
    /^\/repository\/commits\/([^/]+)\/statuses$/,
    'Commit',
    'Reporter',
    ({ world, places, query, parts: [sha] }) => ({
      list: world.statuses
        .filter((one) => one.commit === sha && String(one.pipeline) === query.get('pipeline_id'))
        .map((one) => statusTold(one, places)),
    }),
  ],
  [
    /^\/pipelines$/,
    'Pipeline',
    'Reporter',
    ({ world, places, query }) => {
      const by = (key: string, value: string) => [null, value].includes(query.get(key));
      const list = world.pipelines
        .filter((one) => by('sha', one.commit) && by('ref', one.ref) && by('status', one.status))
        .filter(
          (one) => by('source', one.source) && (one.source !== 'parent_pipeline' || query.has('source')),
        )
        .sort((a, b) => b.id - a.id);
      return { list: list.map((one) => pipelineTold(one, places)) };
    },
  ],
  [
    /^\/pipelines\/(\d+)$/,
    'Pipeline',
    'Reporter',
    ({ world, places, parts: [id] }) => {
      const pipeline = world.pipelines.find((one) => String(one.id) === id);
      return pipeline ? { body: wholePipelineTold(pipeline, places) } : null;
    },
  ],
  [/^\/pipelines\/(\d+)\/jobs$/, 'Pipeline', 'Reporter', (asked) => jobsOf(asked, false)],
  [/^\/pipelines\/(\d+)\/bridges$/, 'Pipeline', 'Reporter', (asked) => jobsOf(asked, true)],
  [
    /^\/merge_requests$/,
    'Merge Request',
    'Reporter',
    ({ world, places, query }) => {
      const state = query.get('state') ?? 'all';
      const list = world.mergeRequests
        .filter((one) => [null, one.head].includes(query.get('source_branch')))
        .filter((one) => state === 'all' || one.state === state)
        .toSorted((a, b) => b.number - a.number);
      return { list: list.map((one) => mergeRequestTold(world, one, places)) };
    },
  ],
  [
    /^\/external_status_checks$/,
    'Feature',
    'Maintainer',
    ({ world }) =>
      world.settings.statusChecksMustPass === null ? null : { list: externalChecksTold(world) },
  ],
];

/** Answers one path below the project as GitLab would to a member in a role. */
export function answerPath(
  world: GitlabWorld,
  places: Places,
  path: string,
  query: URLSearchParams,
  role: Role,
): Answered | { readonly status: number; readonly body: unknown } {
  for (const [pattern, what, least, say] of answers) {
    const caught = pattern.exec(path);
    if (!caught) continue;
    if (roles.indexOf(role) < roles.indexOf(least))
      return { status: 403, body: { message: '403 Forbidden' } };
    if (world.settings.buildsAccessLevel === 'disabled' && path.startsWith('/pipelines'))
      return { status: 403, body: { message: '403 Forbidden' } };
    const parts = caught.slice(1).map((part) => decodeURIComponent(part));
    return say({ world, places, parts, query, role }) ?? { status: 404, body: missing(what) };
  }
  return { status: 404, body: { error: '404 Not Found' } };
}
