import { z } from 'zod';
import type { CiWorkflow } from '#lib/domain/observations/ci.ts';
import { href, shown } from '../as-told.ts';
import { type Answer, failed } from '../repository/failure.ts';
import type { Client } from './client.ts';

const id = z.union([z.number().int().positive(), z.string().regex(/^\d{1,30}$/)]).transform(String);
const workflowSchema = z.object({
  id,
  name: z.string(),
  path: z.string(),
  state: z.string(),
  html_url: z.string(),
});

export interface WorkflowFound {
  readonly id: string;
  readonly workflow: CiWorkflow;
  readonly answer: number | null;
}

/**
 * The workflow of a file, named alone or by its whole path; null where GitHub knows none. A 404 is taken for that only
 * when the list of workflows may be read: else it may mean that the token may not see them.
 */
export async function findWorkflow(client: Client, file: string): Promise<Answer<WorkflowFound | null>> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (!/^[\w][\w .+@-]*\.ya?ml$/.test(name)) {
    const message = `“${file.slice(0, 120)}” is not the file of a GitHub workflow: name it as in .github/workflows, such as ci.yml.`;
    return failed('refused', message);
  }
  const reply = await client.get('workflow', { workflow_id: name }, workflowSchema);
  if (reply.ok) {
    const { id: workflowId, path, state } = reply.value;
    if (path !== file && !path.endsWith(`/${name}`)) {
      const message = `${client.title} was asked for the workflow ${name} and answered with another: look at what stands between.`;
      return failed('malformed', message, 200);
    }
    if (file.includes('/') && path !== file) return { ok: true, value: null };
    const workflow: CiWorkflow = {
      name: shown(reply.value.name),
      path: shown(path),
      disabled: state !== 'active',
      href: href(reply.value.html_url, client.address.pages),
    };
    return { ok: true, value: { id: workflowId, workflow, answer: reply.answer } };
  }
  if (reply.refusal?.status !== 404) return { ok: false, failure: reply.failure };
  const all = await client.get('workflows', { per_page: 1 }, z.object({ total_count: z.number() }));
  return all.ok ? { ok: true, value: null } : { ok: false, failure: all.failure };
}
