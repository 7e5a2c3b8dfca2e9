import type { Judgement, Picture } from '#lib/domain/judgement.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import type { PanelFault } from './compare-panel.ts';

/** A wanted panel, and what is not as wanted about it. */
interface PanelTold {
  readonly title: string;
  readonly there: boolean;
  readonly faults: readonly PanelFault[];
}

/** What wanted panels come to together. */
export interface PanelTally {
  readonly verdict: Verdict;
  /** "11 of 14" */
  readonly share: string;
  readonly lead: string;
  /** Each with its faults, at most three, in clauses. */
  readonly named: readonly string[];
  /** "; and 2 more", or empty. */
  readonly more: string;
  readonly toGreen: Judgement['toGreen'];
  readonly picture: Picture;
}

/** Counts the wanted panels of one dashboard, in a file or in Grafana. No panel at all is unknown, never a pass. */
export function tallyPanels(panels: readonly PanelTold[]): PanelTally {
  const holes = panels.filter(({ faults }) => faults.length > 0);
  const fails = holes.some(({ faults }) => faults.some(({ verdict }) => verdict === 'fail'));
  const share = `${panels.length - holes.length} of ${panels.length}`;
  return {
    verdict: fails ? 'fail' : holes.length > 0 || panels.length === 0 ? 'unknown' : 'pass',
    share,
    lead: `${share} ${panels.length === 1 ? 'panel' : 'panels'};`,
    named: holes.slice(0, 3).map(({ title, faults }) => `“${title}”: ${faults.map(saidOf).join(', ')}`),
    more: holes.length > 3 ? `; and ${holes.length - 3} more` : '',
    toGreen: holes.flatMap(({ title, faults }) => faults.map(({ way }) => `“${title}”: ${way}`)).slice(0, 20),
    picture: {
      kind: 'panels',
      panels: panels.map(({ title, faults, there }) => ({
        title,
        state: faults.length === 0 ? 'whole' : there ? 'differs' : 'missing',
      })),
    },
  };
}

/** A fault in words, with the number that goes with it. */
export function saidOf({ what, reading }: PanelFault): string {
  return reading === undefined ? what : `${what} (${reading})`;
}
