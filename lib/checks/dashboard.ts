import { z } from 'zod';
import type { BindResult, CheckKind, EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { askedOf, type DashboardBound as Bound, type Chosen, choose, seenIn } from './dashboard/chosen.ts';
import { compareDashboard } from './dashboard/compare-dashboard.ts';
import { judgeLivePanels } from './dashboard/live-panels.ts';
import { straightQuestion } from './dashboard/straight-query.ts';
import { dashboardNamed, panelWanted } from './dashboard/wanted.ts';
import { durationText, msOf } from './metrics/declaration.ts';

const parameters = z.strictObject({
  dashboard: z.string().min(1).max(200).describe('The dashboard, by its id in the spec’s `dashboards`.'),
  uid: z.string().min(1).max(40).describe('Its uid in Grafana. Default: the spec’s.').exactOptional(),
  folder: z
    .string()
    .min(1)
    .max(200)
    .describe('The folder it must be in, by title. Default: the spec’s; where that has none, any.')
    .exactOptional(),
  over: durationText
    .describe('The stretch of time in which each query must have data. Default 1h.')
    .exactOptional(),
  data: z
    .strictObject({
      source: z
        .string()
        .min(1)
        .max(200)
        .describe('A source of the kind prometheus: what stands behind Grafana.'),
      when: z
        .enum(['refused', 'always'])
        .describe(
          '`refused`: only where Grafana does not let the token ask (the default). `always`: never through Grafana.',
        )
        .exactOptional(),
    })
    .describe('Where the panels’ data is asked from, if not through Grafana.')
    .exactOptional(),
});

/**
 * Passes when Grafana holds the dashboard, in its folder, with every panel as the spec wants it, and each one's queries
 * return data now, or are quiet where the spec says so.
 */
export const dashboard: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'dashboard',
    title: 'Dashboard',
    why: 'In the night of the launch people look at Grafana, not at a file: a panel without data looks like calm.',
    fix: 'Import the kit’s file into its folder, and see that its data source has what the panels ask for.',
  },
  ruleVersion: 1,
  sourceKinds: ['grafana'],
  parameters,
  bind: ({ dashboard: id, uid, folder, over, data }, spec): BindResult<Bound> => {
    const named = dashboardNamed(id, spec);
    if (!named.ok) return named;
    const behind = data ? behindGrafana(data, spec) : null;
    if (behind?.ok === false) return behind;
    const wanted = named.bound;
    const panels = wanted.panels.map((panel) => ({
      ...panelWanted(panel, spec.thresholds ?? []),
      quietWhen: panel.quietWhen,
    }));
    const rangeMs = over === undefined ? 3_600_000 : msOf(over);
    return {
      ok: true,
      bound: {
        title: wanted.title,
        uid: uid ?? wanted.uid,
        folder: folder ?? wanted.folder,
        rangeMs,
        panels,
        ...(behind ? { data: behind.bound } : {}),
      },
    };
  },
  reads: ({ uid, title, folder }, source) => [{ ask: 'dashboard', source, uid, title, folder }],
  follows: ([observation, ...answered], bound, source) => {
    const chosen = choose(seenIn(observation), bound);
    return chosen.ok ? askedOf(chosen, seenIn(observation), bound, source, answered).questions : [];
  },
  alsoReads: ({ data }) => (data ? [data.source] : []),
  instead: ({ question, outcome }, { data }) =>
    data && question.ask === 'panel-data' && !outcome.ok && outcome.failure.status === 403
      ? straightQuestion(question, data.source)
      : null,
  evaluate: ([first, ...rest], bound, context) => {
    const seen = seenIn(first);
    const chosen = choose(seen, bound);
    if (!chosen.ok) return unfound(chosen, bound, context);
    const { queries, answers } = askedOf(chosen, seen, bound, context.source?.id ?? '', rest);
    if (!queries) throw new TypeError('A dashboard was to be judged before its variables were told.');
    return judgeLivePanels({
      held: chosen.held,
      unseen: seen.unseen,
      dashboard: chosen.dashboard,
      findings: compareDashboard(chosen.dashboard, bound.panels),
      queries,
      answers,
      straight: rest.some(({ question }) => question.ask === 'promql') ? (bound.data ?? null) : null,
    });
  },
};

function behindGrafana(
  { source: id, when = 'refused' }: { readonly source: string; readonly when?: 'refused' | 'always' },
  { sources }: Spec,
): BindResult<NonNullable<Bound['data']>> {
  const source = sources.find((one) => one.id === id);
  const fault = (message: string) =>
    ({ ok: false, faults: [{ path: ['data', 'source'], message }] }) as const;
  if (!source) return fault(`the spec has no source \`${id}\``);
  if (source.kind !== 'prometheus')
    return fault(`a panel’s data is asked from a prometheus; \`${id}\` is a \`${source.kind}\``);
  return { ok: true, bound: { source: id, title: source.title, when } };
}

function unfound(
  { verdict, what, way, href }: Extract<Chosen, { ok: false }>,
  { title, panels }: Bound,
  { source }: EvaluateContext,
): Judgement {
  return {
    verdict,
    quiet: false,
    fact: { lead: verdict === 'fail' ? 'Missing.' : 'Cannot tell.', rest: `“${title}”: ${what}` },
    sentence: `“${title}” in ${source?.title ?? 'Grafana'}: ${what}.`,
    toGreen: [way],
    deciding: { found: false, why: what },
    readings: {},
    picture: { kind: 'panels', panels: panels.map((panel) => ({ title: panel.title, state: 'missing' })) },
    again: href === null ? null : { language: 'url', text: href, fault: null, href },
  };
}
