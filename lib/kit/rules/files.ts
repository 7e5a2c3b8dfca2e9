import { stringify } from 'yaml';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { correctionsOf, headerComment } from '../header.ts';
import { alertGroups, recordingGroups } from './rule.ts';
import { ruleTests } from './rule-test.ts';

/** Alerting rules, recording rules, and unit tests of both; each only where the spec has some. */
export function ruleFiles(spec: Spec): readonly KitFile[] {
  const files = spec.kit?.files;
  if (!files) return [];
  const alerts = alertGroups(spec);
  const records = recordingGroups(spec);
  const corrections = correctionsOf(spec, 'alerts');
  const file = (path: string, title: string, head: readonly string[], body: unknown): KitFile => ({
    path,
    part: 'alerts',
    title,
    text: `${head.join('\n')}\n${stringify(body, { lineWidth: 0 })}`,
    executable: false,
    format: 'prometheus-rules',
    corrections,
  });
  const made = [
    ...(alerts.length === 0
      ? []
      : [
          file(
            files.alertRules,
            'Prometheus alerting rules',
            headerComment(spec, 'Alerting rules', corrections),
            { groups: alerts },
          ),
        ]),
    ...(records.length === 0
      ? []
      : [
          file(
            files.recordingRules,
            'Prometheus recording rules',
            headerComment(spec, 'Recording rules', corrections),
            { groups: records },
          ),
        ]),
  ];
  if (alerts.length === 0) return made;
  const { evaluationInterval, tests, untested } = ruleTests(spec);
  const head = [
    ...headerComment(spec, 'Unit tests of the rules, for `promtool test rules`', []),
    ...untested.map(
      ({ alert, why }) => `# Not tried here: ${alert}. No series are made for ${oneLine(why)}.`,
    ),
  ];
  const rules = made.map(({ path }) => relativePath(files.ruleTests, path));
  const body = { rule_files: rules, evaluation_interval: evaluationInterval, tests };
  return [...made, { ...file(files.ruleTests, 'Unit tests of the rules', head, body), corrections: [] }];
}

/** A path as a file beside or elsewhere names it. */
function relativePath(from: string, to: string): string {
  const here = from.split('/').slice(0, -1);
  const there = to.split('/');
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared += 1;
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
