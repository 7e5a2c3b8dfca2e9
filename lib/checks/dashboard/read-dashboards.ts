import type { Json } from '#lib/domain/json.ts';
import type { DashboardRead, DashboardsRead } from './dashboard.ts';
import { type Findings, findDashboards } from './find-dashboards.ts';
import { DocumentParser } from './parse-document.ts';
import { QueryNames } from './query-names.ts';
import { readV1 } from './read-v1.ts';
import { readV2 } from './read-v2.ts';

/** A file of more panels is refused. */
const mostPanels = 50_000;

/**
 * Reads every Grafana dashboard in a text, whatever wraps it and whichever schema it is of: panels with their titles,
 * types, thresholds and queries, and the metrics of each PromQL query by Prometheus's own grammar. Pure.
 *
 * Nothing is dropped: a query that does not parse, a library panel, a part that is no dashboard is named. Refused are
 * texts of more than 8 million characters, YAML of more than 20 000 parts, and of more than 50 000 panels.
 */
export function readDashboards(text: string): DashboardsRead {
  const parser = new DocumentParser();
  const findings: Findings = { parser, found: [], unread: [] };
  for (const document of parser.parse(text)) {
    if (document.ok) findDashboards(document.value, '', findings);
    else findings.unread.push(document.message);
  }
  return readFound(findings);
}

/** Reads the dashboards in a value that was parsed already, such as what Grafana's API answered. Pure. */
export function readDashboardValue(value: Json): DashboardsRead {
  const findings: Findings = { parser: new DocumentParser(), found: [], unread: [] };
  findDashboards(value, '', findings);
  return readFound(findings);
}

function readFound({ found, unread }: Findings): DashboardsRead {
  if (found.length === 0) return { ok: false, message: unread[0] ?? 'it holds no dashboard' };
  const names = new QueryNames();
  const dashboards: DashboardRead[] = [];
  let panels = 0;
  for (const { schema, dashboard, uid, at } of found) {
    const most = mostPanels + 1 - panels;
    const read =
      schema === 'v1' ? readV1(dashboard, { at, names, most }) : readV2(dashboard, { at, uid, names, most });
    panels += read.panels.length;
    if (panels > mostPanels) return { ok: false, message: `it has more than ${mostPanels} panels` };
    dashboards.push(uid !== null && read.uid === null ? { ...read, uid } : read);
  }
  return { ok: true, dashboards, unread };
}
