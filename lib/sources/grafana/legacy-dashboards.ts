import type { Client } from './client.ts';
import type { DashboardsApi } from './dashboards-api.ts';
import { dashboardSchema, searchSchema } from './shapes.ts';

/** Dashboards as Grafana 9 to 13 tell them under `/api`, which 13 calls its legacy. */
export function legacyDashboards(client: Client): DashboardsApi {
  return {
    byUid: async (uid) => {
      const reply = await client.get(`/api/dashboards/uid/${encodeURIComponent(uid)}`, dashboardSchema);
      if (!reply.ok) return reply;
      const { dashboard, meta } = reply.value;
      const value = {
        json: dashboard,
        url: meta.url,
        folder: meta.folderTitle === '' ? 'General' : meta.folderTitle,
        version: meta.version ?? null,
        updatedAt: meta.updated ?? null,
        provisioned: meta.provisioned,
      };
      return { ok: true, value, answers: [reply.answer] };
    },
    byTitle: async (title) => {
      const query = encodeURIComponent(title);
      const reply = await client.get(`/api/search?type=dash-db&limit=1000&query=${query}`, searchSchema);
      if (!reply.ok) return reply;
      const value = reply.value.map(({ folderTitle = 'General', ...one }) => ({
        ...one,
        folder: folderTitle,
      }));
      return { ok: true, value, answers: [reply.answer] };
    },
  };
}
