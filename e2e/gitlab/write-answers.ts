import { z } from 'zod';
import { putInto, writeBlob, writeCommit } from '#e2e/github/objects.ts';
import type { GitEntry } from '#e2e/github/world.ts';
import { branchTold, commitTold, treeTold } from './git-answers.ts';
import { mergeRequestTold } from './merge-request-answers.ts';
import type { Places } from './shapes.ts';
import { type GitlabWorld, type Role, roles } from './world.ts';

interface Writing {
  readonly world: GitlabWorld;
  readonly places: Places;
  readonly body: unknown;
  readonly nowMs: number;
}

interface Said {
  readonly status: number;
  readonly body: unknown;
}

const refuse = (status: number, message: unknown): Said => ({ status, body: { message } });

const commitForm = z.object({
  branch: z.string(),
  start_sha: z.string(),
  commit_message: z.string().min(1),
  actions: z.array(
    z.discriminatedUnion('action', [
      z.object({
        action: z.enum(['create', 'update']),
        file_path: z.string(),
        content: z.string(),
        encoding: z.literal('base64'),
      }),
      z.object({ action: z.literal('chmod'), file_path: z.string(), execute_filemode: z.boolean() }),
    ]),
  ),
});
const requestForm = z.object({
  source_branch: z.string(),
  target_branch: z.string(),
  title: z.string().min(1).max(255),
  description: z.string(),
});

/** Takes one write below the project as GitLab would from a member in a role; null for a path that takes none. */
export function answerWrite(
  path: string,
  role: Role,
  scope: 'api' | 'read_api',
  writing: Writing,
): Said | null {
  const write = { '/repository/commits': commit, '/merge_requests': request }[path];
  if (!write) return null;
  if (scope === 'read_api') {
    return {
      status: 403,
      body: {
        error: 'insufficient_scope',
        error_description: 'The request requires higher privileges than provided by the access token.',
        scope: 'api',
      },
    };
  }
  if (roles.indexOf(role) < roles.indexOf('Developer')) return refuse(403, '403 Forbidden');
  return write(writing);
}

function commit({ world, places, body, nowMs }: Writing): Said {
  const form = commitForm.safeParse(body);
  if (!form.success) return refuse(400, '400 Bad request - actions are invalid');
  const { branch, start_sha: from, commit_message: message, actions } = form.data;
  if (world.branches.has(branch))
    return refuse(
      400,
      `A branch called '${branch}' already exists. Switch to that branch in order to make changes`,
    );
  const base = world.commits.get(from);
  if (!base) return refuse(400, `Cannot find start_sha '${from}'`);
  const { branchPattern } = world.settings;
  if (branchPattern !== null && !new RegExp(branchPattern).test(branch))
    return refuse(400, `Branch name '${branch}' does not follow the pattern '${branchPattern}'`);
  if (branchTold(world, branch, base, places).protected)
    return refuse(403, 'You are not allowed to push into this branch');
  let { tree } = base;
  for (const action of actions) {
    const { file_path: file } = action;
    if (/(^|\/)(\.{1,2}|\.git)?(\/|$)/i.test(file)) return refuse(400, 'invalid path');
    const at = { ...base, tree };
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
    const commits = new Map([...world.commits, ['now', at]]);
    const old = treeTold({ ...world, commits }, 'now', folder)?.find((one) => one.path === file);
    if (action.action === 'create' && old) return refuse(400, 'A file with this name already exists');
    if (action.action !== 'create' && !old) return refuse(400, "A file with this name doesn't exist");
    const mode: GitEntry['mode'] =
      action.action === 'chmod'
        ? action.execute_filemode
          ? '100755'
          : '100644'
        : ((old?.mode as GitEntry['mode'] | undefined) ?? '100644');
    const sha =
      action.action === 'chmod' ? (old?.id ?? '') : writeBlob(world, Buffer.from(action.content, 'base64'));
    tree = putInto(world, tree, [{ path: file, mode, sha }]);
  }
  const made = { tree, parents: [from], message, at: new Date(nowMs).toISOString() };
  const sha = writeCommit(world, made);
  world.branches.set(branch, sha);
  return { status: 201, body: commitTold({ sha, ...made }, places) };
}

function request({ world, places, body, nowMs }: Writing): Said {
  if (!world.settings.mergeRequestsEnabled) return refuse(403, '403 Forbidden');
  const form = requestForm.safeParse(body);
  if (!form.success) return refuse(400, '400 Bad request');
  const { source_branch: head, target_branch: base, title, description } = form.data;
  if (!world.branches.has(head)) return refuse(409, [`Source branch "${head}" does not exist`]);
  const open = world.mergeRequests.find(
    (one) => one.head === head && one.base === base && one.state === 'opened',
  );
  if (open)
    return refuse(409, [`Another open merge request already exists for this source branch: !${open.number}`]);
  const number = world.mergeRequests.length + 1;
  const at = new Date(nowMs).toISOString();
  const told = { number, title, description, head, base, at, state: 'opened' as const };
  world.mergeRequests.push(told);
  return { status: 201, body: mergeRequestTold(world, told, places) };
}
