import type { KitFile } from '#lib/domain/kit-file.ts';

interface Place {
  readonly at: string;
  readonly kit: string | null;
  readonly repository: string | null;
}

type Rules = readonly (readonly [RegExp, string])[];

/** What a difference in a place of each format does; the first that fits. */
const consequences: Readonly<Record<KitFile['format'], Rules>> = {
  'grafana-dashboard': [
    [/ targets › .* expr$/, 'The panel draws something else'],
    [/ thresholds › /, 'The bound drawn is not the one the alert fires at'],
    [/ targets › .* legendFormat$/, 'Its lines are named otherwise'],
    [/ datasource( |$)/, 'It reads from another Prometheus, or from none'],
    [/ unit$/, 'Its numbers are read in another unit'],
    [/ type$/, 'It is drawn otherwise'],
    [/^panels › /, 'The panel shows something else'],
    [/^uid$/, 'Links to the dashboard no longer lead to it'],
  ],
  'prometheus-rules': [
    [/ expr$/, 'It fires, or records, at something else'],
    [/ for$/, 'It fires sooner or later than agreed'],
    [/ labels › severity$/, 'Other people are woken'],
    [/ annotations › runbook/, 'Whoever is woken is sent elsewhere'],
    [/^tests › |_tests?( |$)/, 'The rules are tried on something else'],
  ],
  yaml: [
    [/continue-on-error|allow_failure/, 'A stride may fail and the gate still passes'],
    [/(^| )needs( |$)/, 'The gate waits for other jobs'],
    [/timeout/, 'It may take longer, or is cut off sooner'],
    [/(^| )(on|rules|only|except|paths|branches|if)( |$)/, 'It runs on other occasions'],
    [/ (run|script)( |$)/, 'The job runs something else'],
    [/artifacts|upload/, 'Other files are kept of a run'],
  ],
  shell: [
    [/^mode$/, 'It cannot be run as it stands'],
    [/./, 'The script does something else here'],
  ],
  markdown: [[/./, 'People are told something else here']],
};

/** What follows from a difference, in one clause. Pure. */
export function consequenceOf(format: KitFile['format'], { at, kit, repository }: Place): string {
  const known = consequences[format].find(([place]) => place.test(at))?.[1];
  if (repository === null) return 'The repository lacks what the spec asks for';
  if (kit === null) return 'Nobody agreed to it: the spec does not have it';
  return known ?? 'The file says something else than the spec';
}
