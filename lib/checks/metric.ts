import { z } from 'zod';
import type { CheckKind } from '#lib/domain/check-kind.ts';
import { metricSelector, promqlAgain } from './metrics/again.ts';
import {
  type Declared,
  declarationIn,
  inlineFields,
  promqlFault,
  unknownMetric,
  withInline,
} from './metrics/declaration.ts';
import { judgeMetric } from './metrics/finding.ts';
import { metricQuestion, metricSeen, promqlAnswer, quietHolds, quietQuestion } from './metrics/observed.ts';
import { seenReadings } from './metrics/readings.ts';
import { count, shown } from './metrics/words.ts';

const parameters = z.strictObject({
  metric: z
    .string()
    .min(1)
    .max(500)
    .describe('Name of the metric: one of the spec’s inventory, or one that is declared here.'),
  ...inlineFields,
});
type Bound = { readonly metric: Declared };

/** One declared metric has live series, of the declared type, with the declared labels and values. */
export const metric: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'metric',
    title: 'Metric',
    why: 'A panel or an alert over a metric that nobody emits is silent, and silence looks like health.',
    fix: 'Emit the metric from the node as the spec declares it, or correct the declaration.',
  },
  ruleVersion: 2,
  sourceKinds: ['prometheus'],
  parameters,
  bind: ({ metric: name, ...inline }, spec) => {
    const known = declarationIn(spec, name);
    if (!known && Object.keys(inline).length === 0) {
      return { ok: false, faults: [unknownMetric(name, ['metric'], spec)] };
    }
    const declared = withInline(name, known, inline);
    const fault =
      declared.quietWhen === null ? null : promqlFault(declared.quietWhen, ['quietWhen'], '`quietWhen`');
    return fault ? { ok: false, faults: [fault] } : { ok: true, bound: { metric: declared } };
  },
  reads: ({ metric: declared }, source) => [
    metricQuestion(source, declared),
    ...(declared.quietWhen === null ? [] : [quietQuestion(source, declared.quietWhen)]),
  ],
  evaluate: (observations, { metric: declared }, { commit, source }) => {
    const seen = metricSeen(observations[0]);
    const quiet =
      declared.quietWhen === null ? null : quietHolds(declared.quietWhen, promqlAnswer(observations[1]));
    const finding = judgeMetric(seen, declared, { commit, quietHolds: quiet });
    const { clause, short, matcher } = finding;
    return {
      verdict: finding.verdict,
      quiet: finding.quiet,
      fact: {
        lead: `${count(seen.liveSeries, 'live series', 'live series')}.`,
        rest: seen.liveSeries > 0 && finding.verdict === 'pass' ? '' : short,
      },
      sentence: `${shown(finding.name)} ${clause}.`,
      toGreen: [...finding.toGreen],
      deciding: finding.deciding,
      readings: seenReadings(seen),
      picture: {
        kind: 'metrics',
        lines: [seen.liveSeries === 0 ? null : seen.line.map(([, value]) => value)],
      },
      again: promqlAgain(source?.address, metricSelector(seen, declared, matcher), { fault: matcher }),
    };
  },
};
