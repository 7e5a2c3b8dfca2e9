import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { QueryRead } from '#lib/checks/dashboard/dashboard.ts';
import { readDashboards } from '#lib/checks/dashboard/read-dashboards.ts';
import { fillVariables } from '#lib/checks/dashboard/template.ts';
import { parsePromql } from '#lib/checks/promql/parse.ts';
import { medianMs } from './median.ts';

/** Dashboards of others, where they are beside the project. */
const reference = new URL('../../shared/reference/the-block/monitoring/', import.meta.url);

/** Reading whole dashboards beside the PromQL parser alone on the same queries. */
export async function dashboardsBench(): Promise<void> {
  for (const [name, text] of [...referenced(), ...[100, 500, 10_000].map(made)]) await compare(name, text);
}

function referenced(): [string, string][] {
  if (!existsSync(reference)) {
    console.log('dashboards: those of shared/reference are not beside the project');
    return [];
  }
  const names = readdirSync(reference).filter((name) => /grafana|operator/.test(name));
  return names.map((name) => [name, readFileSync(new URL(name, reference), 'utf8')]);
}

/** A dashboard of so many panels, each with the weight that Grafana's export gives it. */
function made(count: number): [string, string] {
  const panels = Array.from({ length: count }, (_, n) => ({
    id: n,
    title: `Panel ${n}`,
    type: 'timeseries',
    datasource: { type: 'prometheus', uid: '$ds' },
    fieldConfig: { defaults: { unit: 's', thresholds: { mode: 'absolute', steps: [] } }, overrides: [] },
    gridPos: { h: 8, w: 12, x: 12 * (n % 2), y: 8 * Math.trunc(n / 2) },
    targets: [{ refId: 'A', expr: `sum by (job) (rate(m_${n}_total{job=~"$job"}[$__rate_interval]))` }],
  }));
  return [`${count} panels`, JSON.stringify({ title: 'Made', panels })];
}

async function compare(name: string, text: string): Promise<void> {
  const read = readDashboards(text);
  if (!read.ok) throw new Error(read.message);
  const queries: QueryRead[] = read.dashboards.flatMap(({ panels }) => panels.flatMap((one) => one.queries));
  const exprs = queries.map(({ expr }) => fillVariables(expr));
  const runs = queries.length > 1000 ? 5 : 100;
  const parser = await medianMs(runs, async () => exprs.map(parsePromql));
  const whole = await medianMs(runs, async () => readDashboards(text));
  console.log(
    `dashboard ${name}, ${queries.length} queries: ${whole.toFixed(2)} ms; the PromQL parser alone ${parser.toFixed(2)} ms; ${(whole / parser).toFixed(2)} times`,
  );
}
