import { z } from 'zod';
import type { BindResult, CheckKind, EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import { compareDashboard, type PanelFinding } from './dashboard/compare-dashboard.ts';
import type { DashboardRead } from './dashboard/dashboard.ts';
import { readDashboards } from './dashboard/read-dashboards.ts';
import { type PanelWanted, panelWanted } from './dashboard/wanted.ts';
import { fileObserved, showAgain } from './file-observed.ts';
import { nearest } from './metrics/declaration.ts';
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
    const all = spec.kit?.dashboards ?? [];
    const wanted = all.find(({ id }) => id === dashboard);
    if (!wanted) {
      const near = nearest(
        dashboard,
        all.map(({ id }) => id),
      );
      const meant = near === null ? '' : `; did you mean \`${near}\`?`;
      const message = `the spec has no dashboard \`${dashboard}\`${meant}`;
      return { ok: false, faults: [{ path: ['dashboard'], message }] };
    }
    const panels = wanted.panels.map((panel) => panelWanted(panel, spec.thresholds ?? []));
    return { ok: true, bound: { path: path ?? wanted.file, title: wanted.title, uid: wanted.uid, panels } };
  },
  reads: ({ path }, source) => [{ ask: 'file', source, path }],
  evaluate: ([observation], bound, context) => {
    const seen = fileObserved(observation);
    if (seen.text === null) return unread(seen, bound, context, whyUnread(seen));
    const read = readDashboards(seen.text);
    if (!read.ok)
      return unread(seen, bound, context, [
        'fail',
        `no dashboard can be read from it: ${read.message}`,
        takeKit,
      ]);
    const dashboard = choose(read.dashboards, bound);
    if (dashboard === null) {
      const what = `none of its ${read.dashboards.length} dashboards is “${bound.title}”`;
      return unread(seen, bound, context, ['fail', what, `Add “${bound.title}”, or name another path.`]);
    }
    return judgePanels(seen, bound, context, dashboard);
  },
};

const takeKit = 'Take the kit’s file, or export the dashboard’s JSON from Grafana.';

type Reason = readonly [verdict: Verdict, what: string, way: string];

function whyUnread({ found, whyNoText, path, alike }: FileAtCommit): Reason {
  if (found === 'absent') {
    const other = alike === null ? '' : `; ${alike} is, and differs in letter case`;
    return ['fail', `it is not there${other}`, `Commit ${path} and move the candidate.`];
  }
  if (found === 'folder') return ['fail', 'it is a folder, not a dashboard', 'Name the file.'];
  if (found !== 'file')
    return ['unknown', `it is a ${found}, which is not followed`, 'Name the dashboard’s own file.'];
  if (whyNoText === 'lfs-pointer')
    return ['unknown', 'its content is kept in Git LFS, outside the repository', 'Keep it in Git itself.'];
  if (whyNoText === 'binary') return ['unknown', 'it is not UTF-8 text', 'Commit it as UTF-8 text.'];
  return ['unknown', 'it is over 1 MiB and was not read', 'Give each dashboard a file of its own.'];
}

function unread(
  seen: FileAtCommit,
  bound: Bound,
  context: EvaluateContext,
  [verdict, what, way]: Reason,
): Judgement {
  return {
    verdict,
    quiet: false,
    fact: { lead: verdict === 'fail' ? 'Missing.' : 'Cannot tell.', rest: `${bound.path}: ${what}` },
    sentence: `${bound.path} at ${seen.commit.slice(0, 12)}: ${what}.`,
    toGreen: [way],
    deciding: { found: seen.found, why: what },
    readings: { commit: seen.commit },
    picture: { kind: 'none' },
    again: showAgain(seen, context.source),
  };
}

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
  const faults = holes.flatMap(({ faults }) => faults);
  const verdict: Verdict = faults.some((fault) => fault.verdict === 'fail')
    ? 'fail'
    : faults.length > 0 || findings.length === 0
      ? 'unknown'
      : 'pass';
  const otherwise = findings.filter((one) => one.faults.length === 0 && one.otherwise.length > 0);
  const share = `${findings.length - holes.length} of ${findings.length}`;
  const named = holes.slice(0, 3).map(clause);
  const more = holes.length > 3 ? `; and ${holes.length - 3} more` : '';
  const asides = otherwise.map(({ wanted }) => `“${wanted.title}” asks otherwise than the spec`);
  const where = `${bound.path} at ${seen.commit.slice(0, 12)}`;
  return {
    verdict,
    quiet: false,
    fact: {
      lead: `${share} ${findings.length === 1 ? 'panel' : 'panels'};`,
      rest: named[0] ?? asides[0] ?? 'each as the spec has it',
    },
    sentence:
      verdict === 'pass'
        ? `${where}: ${share} panels are as the spec has them${asides.length > 0 ? `; ${asides.slice(0, 3).join('; ')}` : ''}.`
        : `${where}: ${share} panels are as the spec has them: ${named.join('; ')}${more}.`,
    toGreen: holes
      .flatMap(({ wanted, faults }) => faults.map(({ way }) => `“${wanted.title}”: ${way}`))
      .slice(0, 20),
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
    picture: {
      kind: 'panels',
      panels: findings.map(({ wanted, faults, there }) => ({
        title: wanted.title,
        state: faults.length === 0 ? 'whole' : there ? 'differs' : 'missing',
      })),
    },
    again: showAgain(seen, context.source),
  };
}

function clause({ wanted, faults }: PanelFinding): string {
  return `“${wanted.title}”: ${faults.map(({ what }) => what).join(', ')}`;
}
