import { z } from 'zod';
import { jsonSchema } from '#lib/domain/json.ts';
import type { Client } from './client.ts';
import { type DashboardHit, type DashboardsApi, isGone, type Told } from './dashboards-api.ts';

const text = z.string().max(2000);
const settingsSchema = z.object({
  namespace: z
    .string()
    .regex(/^[a-z0-9-]{1,63}$/)
    .catch('default'),
});
const groupSchema = z.object({ versions: z.array(z.object({ version: text })) });
const dashboardSchema = z.object({
  metadata: z.object({
    name: text,
    generation: z.number().optional(),
    creationTimestamp: text.nullish(),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: jsonSchema,
});
const folderSchema = z.object({ spec: z.object({ title: text }) });
const searchSchema = z.object({
  hits: z.array(z.object({ resource: text, name: text, title: text, folder: text.default('') })).nullable(),
});

/** By whom a dashboard is kept that nobody changes in Grafana itself: files, and repositories. */
const keepers: readonly string[] = ['repo', 'classic-file-provisioning'];

/**
 * Dashboards as Grafana from 12 on tells them under `/apis`, where the older form is switched off:
 * https://grafana.com/docs/grafana/latest/developer-resources/api-reference/http-api/apis/. In the namespace of the
 * token's organisation, and in the newest version of the classic schema that is served.
 */
export function resourceDashboards(client: Client): DashboardsApi {
  const part = encodeURIComponent;

  const namespace = async (): Promise<Told<string>> => {
    const reply = await client.get('/api/frontend/settings', settingsSchema);
    if (reply.ok) return { ok: true, value: reply.value.namespace, answers: [] };
    return isGone(reply.failure) ? { ok: true, value: 'default', answers: [] } : reply;
  };
  const at = async (group: string): Promise<Told<string>> => {
    const named = await namespace();
    if (!named.ok) return named;
    const reply = await client.get(`/apis/${group}`, groupSchema);
    if (!reply.ok && !isGone(reply.failure)) return reply;
    const isStable = reply.ok && reply.value.versions.some(({ version }) => version === 'v1');
    const value = `/apis/${group}/${isStable ? 'v1' : 'v1beta1'}/namespaces/${named.value}`;
    return { ok: true, value, answers: [] };
  };

  /** The title of a folder; `General` for none. One that may not be seen is not guessed. */
  const folderTitle = async (uid: string): Promise<Told<string>> => {
    if (uid === '' || uid === 'general') return { ok: true, value: 'General', answers: [] };
    const base = await at('folder.grafana.app');
    if (!base.ok) return base;
    const reply = await client.get(`${base.value}/folders/${part(uid)}`, folderSchema);
    if (reply.ok) return { ok: true, value: reply.value.spec.title, answers: [reply.answer] };
    if (reply.failure.status !== 403) return reply;
    const message = `${client.title} does not show the folder ${uid.slice(0, 60)} of a dashboard: give the token folders:read.`;
    return { ok: false, failure: { ...reply.failure, message } };
  };

  return {
    byUid: async (uid) => {
      const base = await at('dashboard.grafana.app');
      if (!base.ok) return base;
      const reply = await client.get(`${base.value}/dashboards/${part(uid)}`, dashboardSchema);
      if (!reply.ok) return reply;
      const { metadata, spec } = reply.value;
      const { annotations } = metadata;
      const folder = await folderTitle(annotations['grafana.app/folder'] ?? '');
      if (!folder.ok) return folder;
      const value = {
        json: spec,
        url: `/d/${part(uid)}`,
        folder: folder.value,
        version: metadata.generation ?? null,
        updatedAt: annotations['grafana.app/updatedTimestamp'] ?? metadata.creationTimestamp ?? null,
        provisioned: keepers.includes(annotations['grafana.app/managedBy'] ?? ''),
      };
      return { ok: true, value, answers: [reply.answer, ...folder.answers] };
    },
    byTitle: async (title) => {
      const named = await namespace();
      if (!named.ok) return named;
      // The search is served in this version alone, beside whatever others the dashboards are.
      const path = `/apis/dashboard.grafana.app/v0alpha1/namespaces/${named.value}/search`;
      const reply = await client.get(`${path}?type=dashboards&limit=1000&query=${part(title)}`, searchSchema);
      if (!reply.ok) return reply;
      const hits: DashboardHit[] = [];
      const answers = [reply.answer];
      for (const one of reply.value.hits ?? []) {
        // Only of those that are meant is the folder asked for.
        if (one.resource !== 'dashboards' || one.title.trim() !== title) continue;
        const folder = await folderTitle(one.folder);
        if (!folder.ok) return folder;
        answers.push(...folder.answers);
        hits.push({ uid: one.name, title: one.title, folder: folder.value, url: `/d/${part(one.name)}` });
      }
      return { ok: true, value: hits, answers };
    },
  };
}
