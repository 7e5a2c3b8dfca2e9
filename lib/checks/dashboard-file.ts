import { z } from 'zod';
import type { BindResult, CheckKind, EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { compareDashboard } from './dashboard/compare-dashboard.ts';
import type { DashboardRead } from './dashboard/dashboard.ts';
import { tallyPanels } from './dashboard/panel-tally.ts';
import { readDashboards } from './dashboard/read-dashboards.ts';
import { dashboardNamed, type PanelWanted, panelWanted } from './dashboard/wanted.ts';
import { type DocumentWords, fileObserved, judgeUnread, showAgain, whyUnread } from './file-observed.ts';
import { repositoryPath } from './repository-path.ts';

const parameters = z.strictObject({
  dashboard: z.string().min(1).max(200).describe('The dashboard, by its id in the spec’s `dashboards`.'),
  path: repositoryPath
    .describe('Where it stands, read at the candidate’s commit. Default: the dashboard’s `file`.')
    .exactOptional(),
});

type Bound = {
  readonly path: string;
  readonly title: string;
  readonly uid: string;
  readonly panels: readonly PanelWanted[];
};

/** Passes when the dashboard's file at the candidate has every panel that the spec wants, as the spec wants it. */
export const dashboardFile: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'dashboard-file',
    title: 'Dashboard file',
    why: 'A dashboard that lacks a panel, or draws another bound, misleads whoever looks at it in the night of the launch.',
    fix: 'Put the panels right that differ, or take the kit’s file, and move the candidate to that commit.',
  },
  ruleVersion: 1,
  sourceKinds: ['repository', 'github', 'gitlab'],
  parameters,
  bind: ({ dashboard, path }, spec): BindResult<Bound> => {
    const named = dashboardNamed(dashboard, spec);
    if (!named.ok) return named;
    const wanted = named.bound;
    const panels = wanted.panels.map((panel) => panelWanted(panel, spec.thresholds ?? []));
    return { ok: true, bound: { path: path ?? wanted.file, title: wanted.title, uid: wanted.uid, panels } };
  },
  reads: ({ path }, source) => [{ ask: 'file', source, path }],
  evaluate: ([observation], bound, context) => {
    const seen = fileObserved(observation);
    if (seen.text === null) return judgeUnread(seen, bound.path, context, whyUnread(seen, dashboardWords));
    const read = readDashboards(seen.text);
    if (!read.ok)
      return judgeUnread(seen, bound.path, context, [
        'fail',
        `no dashboard can be read from it: ${read.message}`,
        takeKit,
      ]);
    const dashboard = choose(read.dashboards, bound);
    if (dashboard === null) {
      const what = `none of its ${read.dashboards.length} dashboards is “${bound.title}”`;
      return judgeUnread(seen, bound.path, context, [
        'fail',
        what,
        `Add “${bound.title}”, or name another path.`,
      ]);
    }
    return judgePanels(seen, bound, context, dashboard);
  },
};

const takeKit = 'Take the kit’s file, or export the dashboard’s JSON from Grafana.';

const dashboardWords: DocumentWords = {
  is: 'a dashboard',
  name: 'Name the file.',
  itself: 'Name the dashboard’s own file.',
  divide: 'Give each dashboard a file of its own.',
};

/** The one that is meant: by uid, by title, or because it is the only one. */
function choose(dashboards: readonly DashboardRead[], { title, uid }: Bound): DashboardRead | null {
  return (
    dashboards.find((one) => one.uid === uid) ??
    dashboards.find((one) => one.title?.trim() === title) ??
    (dashboards.length === 1 ? (dashboards[0] ?? null) : null)
  );
}

function judgePanels(
  seen: FileAtCommit,
  bound: Bound,
  context: EvaluateContext,
  dashboard: DashboardRead,
): Judgement {
  const findings = compareDashboard(dashboard, bound.panels);
  const holes = findings.filter(({ faults }) => faults.length > 0);
  const tally = tallyPanels(
    findings.map(({ wanted, there, faults }) => ({ title: wanted.title, there, faults })),
  );
  const { verdict, share, named } = tally;
  const otherwise = findings.filter((one) => one.faults.length === 0 && one.otherwise.length > 0);
  const asides = otherwise.map(({ wanted }) => `“${wanted.title}” asks otherwise than the spec`);
  const where = `${bound.path} at ${seen.commit.slice(0, 12)}`;
  return {
    verdict,
    quiet: false,
    fact: { lead: tally.lead, rest: named[0] ?? asides[0] ?? 'each as the spec has it' },
    sentence:
      verdict === 'pass'
        ? `${where}: ${share} panels are as the spec has them${asides.length > 0 ? `; ${asides.slice(0, 3).join('; ')}` : ''}.`
        : `${where}: ${share} panels are as the spec has them: ${named.join('; ')}${tally.more}.`,
    toGreen: tally.toGreen,
    deciding: {
      panels: Object.fromEntries(
        findings.map(({ wanted, faults }) => [
          wanted.title,
          faults.map(({ verdict, what }) => [verdict, what]),
        ]),
      ),
      otherwise: Object.fromEntries(otherwise.map(({ wanted, otherwise }) => [wanted.title, [...otherwise]])),
    },
    readings: {
      commit: seen.commit,
      schema: dashboard.schema,
      schemaVersion: dashboard.schemaVersion,
      panels: dashboard.panels.length,
      unseen: Object.fromEntries(holes.map(({ wanted, unseen }) => [wanted.title, [...unseen]])),
    },
    picture: tally.picture,
    again: showAgain(seen, context.source),
  };
}
