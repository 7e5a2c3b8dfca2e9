import type { Judgement } from '#lib/domain/judgement.ts';
import type { DashboardHeld, DashboardSeen, PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import { shown, spanWords } from '../metrics/words.ts';
import type { PanelFinding } from './compare-dashboard.ts';
import type { PanelFault } from './compare-panel.ts';
import type { DashboardRead } from './dashboard.ts';
import type { LiveQuery } from './live-queries.ts';
import { tallyPanels } from './panel-tally.ts';

/** What the rule over a dashboard in Grafana works on. */
export interface Live {
  readonly held: DashboardHeld;
  /** Parts of it that could not be seen, by the permission that is missing. */
  readonly unseen: DashboardSeen['unseen'];
  readonly dashboard: DashboardRead;
  readonly findings: readonly PanelFinding[];
  readonly queries: readonly LiveQuery[];
  /** For the queries that could be asked, in their order. */
  readonly answers: readonly PanelDataSeen[];
  /** The Prometheus that answers came from, past Grafana; null where all came through it. */
  readonly straight: { readonly title: string; readonly when: 'refused' | 'always' } | null;
}

/** A wanted panel as Grafana shows it. */
export interface PanelNow {
  readonly finding: PanelFinding;
  readonly faults: readonly PanelFault[];
  readonly quiet: boolean;
  /** Series with data, of all its queries. */
  readonly series: number;
  readonly state: 'there' | 'quiet' | 'missing' | 'without-data' | 'drifted' | 'unknown';
}

/** Each wanted panel as it stands, in the spec's order. */
export function panelsNow(live: Live): readonly PanelNow[] {
  const answered = answersOf(live);
  return live.findings.map((finding) => panelNow(finding, answered, live));
}

/** Judges the panels that Grafana holds: each as the spec has it, and with data, or quiet where the spec says so. */
export function judgeLivePanels(live: Live): Judgement {
  const { held, dashboard, straight } = live;
  const from =
    straight === null
      ? ''
      : ` The data was asked from ${shown(straight.title)} itself: ${straight.when === 'always' ? 'so the spec says' : 'Grafana does not let the token ask for it (datasources:query)'}.`;
  const panels = panelsNow(live);
  const tally = tallyPanels(
    panels.map(({ finding: { wanted, there }, faults }) => ({ title: wanted.title, there, faults })),
  );
  const { verdict, share, named } = tally;
  const quiet = panels.filter((panel) => panel.quiet);
  const calm =
    quiet.length > 0
      ? `; ${quiet.map(({ finding }) => `“${finding.wanted.title}”`).join(', ')} quiet, as declared`
      : '';
  const where = `“${shown(held.title, 200)}” in the folder “${shown(held.folder, 200)}”`;
  return {
    verdict,
    quiet: verdict === 'pass' && quiet.length > 0,
    fact: { lead: tally.lead, rest: named[0] ?? `each with data${calm}` },
    sentence:
      verdict === 'pass'
        ? `${where}: ${share} panels are as the spec has them and have data now${calm}.${from}`
        : `${where}: ${share} panels are as required: ${named.join('; ')}${tally.more}.${from}`,
    toGreen: tally.toGreen,
    deciding: {
      uid: held.uid,
      folder: held.folder,
      panels: Object.fromEntries(
        panels.map(({ finding, faults, quiet: isQuiet }) => [
          finding.wanted.title,
          isQuiet ? 'quiet' : faults.map((fault) => [fault.verdict, fault.what]),
        ]),
      ),
    },
    readings: {
      version: held.version,
      updatedAt: held.updatedAt,
      provisioned: held.provisioned,
      dataFrom: straight?.title ?? null,
      schema: dashboard.schema,
      series: Object.fromEntries(panels.map(({ finding, series }) => [finding.wanted.title, series])),
    },
    picture: tally.picture,
    again: { language: 'url', text: held.href, fault: null, href: held.href },
  };
}

type Answered = { readonly query: LiveQuery; readonly data: PanelDataSeen | null };

function answersOf({ queries, answers }: Live): readonly Answered[] {
  let next = 0;
  return queries.map((query) => ({ query, data: query.ok ? (answers[next++] ?? null) : null }));
}

function panelNow(finding: PanelFinding, answered: readonly Answered[], live: Live): PanelNow {
  const own = answered.filter(({ query }) => query.title === finding.wanted.title);
  const shows = own.filter(({ query }) => query.purpose === 'shows');
  const series = shows.reduce((sum, { data }) => sum + (data?.seriesWithData ?? 0), 0);
  const quiet = own.some(({ query, data }) => query.purpose === 'quiet' && isTrue(data));
  const dark = finding.there ? dataFaults(shows) : [];
  const isQuiet = quiet && dark.length > 0 && dark.every(({ isData }) => isData);
  const faults = [...withoutLibrary(finding, live), ...(isQuiet ? [] : dark.map(({ fault }) => fault))];
  return { finding, faults, quiet: isQuiet, series, state: stateOf(finding, faults, isQuiet) };
}

function stateOf({ there }: PanelFinding, faults: readonly PanelFault[], quiet: boolean): PanelNow['state'] {
  const fails = faults.filter(({ verdict }) => verdict === 'fail');
  if (!there) return fails.length > 0 ? 'missing' : 'unknown';
  if (fails.some(({ what }) => what !== noDataWords && what !== noDataNowWords)) return 'drifted';
  if (fails.length > 0) return 'without-data';
  if (faults.length > 0) return 'unknown';
  return quiet ? 'quiet' : 'there';
}

const noDataWords = 'it returns no data';
const noDataNowWords = 'it returns no data now';

/**
 * In Grafana a library panel whose content cannot be had shows nothing: it is gone from the library, or hidden. Its title
 * is in the library too, so that a panel that is not found by its title may be one of these.
 */
function withoutLibrary(
  { there, faults }: PanelFinding,
  { held: { missingLibraryPanels: missing }, unseen }: Live,
): readonly PanelFault[] {
  if (missing.length === 0) return faults;
  const isHidden = unseen.some(({ permission }) => permission === 'library.panels:read');
  const why = isHidden
    ? 'may not be seen: the token lacks library.panels:read'
    : 'is gone, or lies in a folder that the token may not see';
  const way = isHidden
    ? 'Give the token library.panels:read.'
    : 'Put the panel back into the library, or let the token see its folder.';
  const what = there
    ? `its library panel ${why}`
    : `it is not there by its title, and a library panel of the dashboard ${why}`;
  return faults.map((fault) =>
    !there || fault.what.startsWith('it is the library panel') ? { verdict: 'unknown', what, way } : fault,
  );
}

function dataFaults(
  shows: readonly Answered[],
): readonly { readonly fault: PanelFault; readonly isData: boolean }[] {
  const faults = shows.flatMap(({ query, data }) => {
    if (!query.ok)
      return [{ fault: cannotTell(query.why, 'Give it a default that the dashboard keeps.'), isData: false }];
    if (data === null) return [];
    if (data.error !== null) return [{ fault: refused(data.error), isData: false }];
    if (data.seriesWithData === 0)
      return [
        {
          fault: {
            verdict: 'fail',
            what: noDataWords,
            way: `See what \`${clip(query.question.expr)}\` finds.`,
          } as const,
          isData: true,
        },
      ];
    if (data.notNumberSeries === data.seriesWithData)
      return [
        {
          fault: cannotTell('it returns nothing but NaN', 'Declare `quietWhen`, if that is right.'),
          isData: true,
        },
      ];
    return endFaults(query.question.expr, data);
  });
  return [...new Map(faults.map((one) => [one.fault.what, one])).values()];
}

/** Data that ended before the range did is not of now; evidence from before this was told has nothing on it. */
function endFaults(expr: string, { atEnd }: PanelDataSeen): ReturnType<typeof dataFaults> {
  if (!atEnd || atEnd.numbers > 0) return [];
  const { series, lastNumberMsBefore: before } = atEnd;
  const reading = before === null ? 'no number in the range' : `last number ${spanWords(before)} before`;
  const fault: PanelFault =
    series === 0
      ? { verdict: 'fail', what: noDataNowWords, way: `See what \`${clip(expr)}\` finds now.`, reading }
      : {
          ...cannotTell('it returns nothing but NaN now', 'Declare `quietWhen`, if that is right.'),
          reading,
        };
  return [{ fault, isData: true }];
}

/** A query that is wrong is red; a data source that does not answer is not. */
function refused(error: string): PanelFault {
  if (/parse error|bad_data/i.test(error))
    return {
      verdict: 'fail',
      what: `its query is refused: ${shown(clip(error), 300)}`,
      way: 'Put the query right.',
    };
  return cannotTell(
    `its data source did not answer: ${shown(clip(error), 300)}`,
    'Bring the data source back.',
  );
}

function cannotTell(what: string, way: string): PanelFault {
  return { verdict: 'unknown', what, way };
}

/** As a condition holds in PromQL: something is returned. */
function isTrue(data: PanelDataSeen | null): boolean {
  return data !== null && data.error === null && data.seriesWithData > 0;
}

function clip(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
