import type { JsonObject } from '#lib/domain/json.ts';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import type { Declared } from './declaration.ts';
import { count, listWords, shown } from './words.ts';

/** Something about a live metric that is not as declared. */
export interface Problem {
  readonly clause: string;
  readonly toGreen: string;
  readonly deciding: JsonObject;
  readonly matcher: string | null;
  /** True when it could be otherwise, had more been read. */
  readonly unknown: boolean;
}

/** Values a label is read with at most; see the source. */
const mostValues = 500;

/** Everything about a live metric that is not as declared, the weightiest first. */
export function problemsOf(seen: MetricSeen, declared: Declared): readonly Problem[] {
  return [
    ...typeProblems(seen, declared),
    ...declared.labels.flatMap((label) => labelProblems(seen, declared, label)),
    ...seriesProblems(seen, declared),
  ];
}

/** How it was found, where that is not plain. */
export function formWords({ form }: MetricSeen): string {
  switch (form) {
    case 'classic-histogram':
      return ' as a classic histogram';
    case 'native-histogram':
      return ' as a native histogram';
    case 'summary':
      return ' as a summary';
    default:
      return '';
  }
}

function typeProblems(seen: MetricSeen, declared: Declared): readonly Problem[] {
  const { type } = declared;
  if (type === null) return [];
  const told = seen.types.filter((one) => one !== 'untyped');
  const wrong = told.filter((one) => one !== type);
  const problem = (clause: string, found: string): Problem => ({
    clause,
    toGreen: `Emit ${declared.name} as ${article(type)}, or correct its type in the spec.`,
    deciding: { type: found },
    matcher: null,
    unknown: false,
  });
  if (wrong.length > 0) {
    const says = told.length === 1 ? 'its target says' : 'its targets disagree:';
    return [problem(`is declared ${article(type)}, and ${says} ${told.join(' and ')}`, told.join(' '))];
  }
  if (type === 'histogram' && (seen.form === 'plain' || seen.form === 'summary')) {
    const what = seen.form === 'plain' ? 'plain series without buckets' : 'a count without buckets';
    return [problem(`is declared a histogram, and is emitted as ${what}`, seen.form)];
  }
  if (type === 'summary' && seen.form !== 'summary') {
    const what = seen.form === 'plain' ? 'plain series' : article('histogram');
    return [problem(`is declared a summary, and is emitted as ${what}`, seen.form ?? '')];
  }
  if (type !== 'histogram' && type !== 'summary' && seen.form === 'native-histogram') {
    return [problem(`is declared ${article(type)}, and is emitted as a native histogram`, seen.form)];
  }
  return [];
}

function article(type: string): string {
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function labelProblems(
  seen: MetricSeen,
  declared: Declared,
  { name, required }: Declared['labels'][number],
): readonly Problem[] {
  // What a histogram's or summary's own series carry is not on the count that speaks for it.
  if (
    (name === 'le' && seen.form === 'classic-histogram') ||
    (name === 'quantile' && seen.form === 'summary')
  ) {
    return [];
  }
  const label = seen.labels[name];
  if (!label) {
    return [
      {
        clause: `is emitted without the label “${shown(name)}”`,
        toGreen: `Emit ${declared.name} with the label “${shown(name)}”.`,
        deciding: { [`label ${name}`]: 'missing' },
        matcher: `${name}!=""`,
        unknown: false,
      },
    ];
  }
  const missing = required.filter((value) => !label.values.includes(value));
  const problems: Problem[] = [];
  if (missing.length > 0) {
    const cut = label.values.length >= mostValues;
    const there = required.length - missing.length;
    const noSeries = `has no live series with ${shown(name)} ${listWords(missing)}`;
    problems.push({
      clause: cut
        ? `has more than ${mostValues} values of ${shown(name)}, so that ${listWords(missing)} cannot be looked for`
        : required.length === 1
          ? noSeries
          : `${noSeries}: ${there} of ${required.length} required values`,
      toGreen: `Let ${declared.name} emit ${shown(name)} ${listWords(missing)}, or make the value \`allowed\` in the spec.`,
      deciding: { [`label ${name}`]: { missing } },
      matcher: `${name}=${JSON.stringify(missing[0] ?? '')}`,
      unknown: cut,
    });
  }
  if (label.without > 0) {
    problems.push({
      clause: `has ${label.without} of ${count(seen.liveSeries, 'live series', 'live series')} without the label “${shown(name)}”`,
      toGreen: `Let every series of ${declared.name} carry the label “${shown(name)}”.`,
      deciding: { [`label ${name} on every series`]: false },
      matcher: `${name}=""`,
      unknown: false,
    });
  }
  return problems;
}

function seriesProblems(seen: MetricSeen, declared: Declared): readonly Problem[] {
  if (seen.liveSeries >= declared.minSeries) return [];
  const [first] = seen.down;
  const down = first
    ? `; ${shown(first.instance)} (job ${shown(first.job)})${seen.down.length > 1 ? ` and ${seen.down.length - 1} more targets are` : ' is'} down`
    : '';
  return [
    {
      clause: `has ${count(seen.liveSeries, 'live series', 'live series')}, and ${declared.minSeries} are declared${down}`,
      toGreen: first
        ? `Bring ${shown(first.instance)} (job ${shown(first.job)}) back, so that Prometheus can scrape it.`
        : `Let ${declared.name} be emitted with at least ${declared.minSeries} series, or correct \`minSeries\`.`,
      deciding: { series: seen.liveSeries, down: seen.down.map(({ job, instance }) => `${job} ${instance}`) },
      matcher: null,
      unknown: false,
    },
  ];
}
