import { choose, type DashboardBound, seenIn } from '#lib/checks/dashboard/chosen.ts';
import type { DashboardRead } from '#lib/checks/dashboard/dashboard.ts';
import { readDashboards } from '#lib/checks/dashboard/read-dashboards.ts';
import { dashboardDrift } from '#lib/checks/drift/dashboard-drift.ts';
import { rulesDrift } from '#lib/checks/drift/rules-drift.ts';
import { loadedRules, type RuleRead, readRuleFile } from '#lib/checks/drift/rules-read.ts';
import { beginsAt } from '#lib/checks/kit-file/difference.ts';
import { rulesAnswer } from '#lib/checks/metrics/observed.ts';
import type { DriftDifference, RunsView } from '#lib/domain/drift.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { KitFileState } from '#lib/domain/kit-view.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { type Observation, questionKey } from '#lib/domain/question.ts';
import { wayRound } from '#lib/kit/way-round.ts';
import type { Meant } from './compare-kit.ts';
import type { PlannedCheck } from './plan.ts';

/** A file of the kit, and how the repository's stands against it. */
export interface FileHere {
  readonly file: KitFile;
  readonly repository: FileAtCommit | null;
  readonly state: KitFileState;
  readonly onPurpose: readonly Meant[];
}

/** What a place says of a file that was seen there. */
export type Running = Pick<RunsView, 'state' | 'fact' | 'way' | 'differences' | 'more' | 'href'>;

/** Differences listed of one place; the rest is counted. */
const mostDifferences = 100;

/** Compares what a check last saw run with the kit's file and the repository's. Pure. */
export function compareRunning(here: FileHere, check: PlannedCheck, observation: Observation): Running {
  const [question] = check.questions;
  // A check that asks something else than it did has not been answered yet.
  if (!question || questionKey(question) !== questionKey(observation.question))
    return nothing('unknown', 'Not looked at yet');
  return question.ask === 'dashboard'
    ? compareDashboard(here, check, observation)
    : compareRules(here, check, observation);
}

function nothing(
  state: Running['state'],
  fact: string,
  way: string | null = null,
  href: string | null = null,
): Running {
  return { state, fact, way, differences: [], more: 0, href };
}

function compareDashboard(here: FileHere, check: PlannedCheck, observation: Observation): Running {
  const answer = seenIn(observation);
  // The bound parameters are this kind's own, made by its `bind`.
  const chosen = choose(answer, check.bound as unknown as DashboardBound);
  if (!chosen.ok) {
    const { verdict, what, way, href } = chosen;
    if (verdict === 'unknown') return nothing('unknown', capital(what), way, href);
    const isThere = answer.dashboards.length + answer.elsewhere.length > 0;
    const there = what.startsWith('Grafana') ? what : `in Grafana ${what}`;
    const deploy = `${repositoryHas(here.state)}, but ${there}. ${way}`;
    return nothing(isThere ? 'drifted' : 'missing', capital(what), deploy, href);
  }
  const { held, dashboard } = chosen;
  const wanted = dashboardIn(here.file.text, held.uid);
  if (!wanted) return nothing('unknown', 'The kit’s file holds no dashboard');
  const { dataSources } = answer;
  const repository = textOf(here.repository, (text) => dashboardIn(text, held.uid));
  return told(here, 'Grafana', 'holds', held.href, {
    kitRuns: dashboardDrift(wanted, dashboard, dataSources),
    kitRepository: repository && dashboardDrift(wanted, repository, dataSources),
    repositoryRuns: repository && dashboardDrift(repository, dashboard, dataSources),
  });
}

function compareRules(here: FileHere, check: PlannedCheck, observation: Observation): Running {
  const { path } = here.file;
  const wanted = rulesIn(here.file.text);
  if (!wanted || wanted.length === 0) return nothing('unknown', 'The kit’s file holds no rules');
  const loaded = loadedRules(rulesAnswer(observation));
  const href = check.source ? `${check.source.address.replace(/\/+$/, '')}/rules` : null;
  const kitRuns = rulesDrift(wanted, loaded, path);
  if (kitRuns.filter(({ kind }) => kind === 'rule-gone').length === wanted.length) {
    const way = `${repositoryHas(here.state)}, but Prometheus has loaded none of its ${wanted.length} rules. Load the file.`;
    return nothing('missing', 'None of its rules is loaded', way, href);
  }
  const repository = textOf(here.repository, rulesIn);
  return told(here, 'Prometheus', 'has loaded', href, {
    kitRuns,
    kitRepository: repository && rulesDrift(wanted, repository, path),
    repositoryRuns: repository && rulesDrift(repository, loaded, path),
  });
}

interface TwoByTwo {
  readonly kitRuns: readonly DriftDifference[];
  readonly kitRepository: readonly DriftDifference[] | null;
  readonly repositoryRuns: readonly DriftDifference[] | null;
}

function told(here: FileHere, where: string, verb: string, href: string | null, places: TwoByTwo): Running {
  const isMeant = (at: string) => here.onPurpose.some((one) => beginsAt(at, one.at) || beginsAt(one.at, at));
  const { differences, ...way } = wayRound({ ...places, repository: here.state, isMeant, where, verb });
  const more = Math.max(0, differences.length - mostDifferences);
  return { ...way, differences: differences.slice(0, mostDifferences), more, href };
}

function repositoryHas(state: KitFileState): string {
  switch (state) {
    case 'same':
      return 'The repository has the file as the kit has it';
    case 'on-purpose':
      return 'The repository has the file as agreed';
    case 'differs':
      return 'The repository has the file, which differs from the kit’s';
    case 'missing':
      return 'The repository has no such file';
    case 'unreadable':
    case 'not-looked-at':
      return 'The repository’s file was not read';
  }
}

function textOf<T>(file: FileAtCommit | null, read: (text: string) => T | null): T | null {
  return file?.found === 'file' && file.text !== null ? read(file.text) : null;
}

/** Of several in one file, the one of that uid. */
function dashboardIn(text: string, uid: string): DashboardRead | null {
  const read = readDashboards(text);
  if (!read.ok) return null;
  return read.dashboards.find((one) => one.uid === uid) ?? read.dashboards[0] ?? null;
}

function rulesIn(text: string): readonly RuleRead[] | null {
  const read = readRuleFile(text);
  return read.ok ? read.rules : null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
