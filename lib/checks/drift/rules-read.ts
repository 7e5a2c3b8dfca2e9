import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import { durationMs } from '../promql/duration.ts';
import { yamlParts } from '../yaml-parts.ts';

/** A rule as a rule file or a Prometheus has it. */
export interface RuleRead {
  readonly kind: 'alert' | 'record';
  readonly name: string;
  readonly group: string;
  /** Name of the file that it was loaded from; null where that is not said. */
  readonly file: string | null;
  readonly expr: string;
  /** Null where it is not said, or not to be read. */
  readonly forMs: number | null;
  readonly keepFiringForMs: number | null;
  /** Null where they are not said. */
  readonly labels: Readonly<Record<string, string>> | null;
  readonly annotations: Readonly<Record<string, string>>;
}

export type RuleFileRead =
  | { readonly ok: true; readonly rules: readonly RuleRead[] }
  | { readonly ok: false; readonly message: string };

/** Parts of YAML, of which some 25 000 are read in a second; the largest file of a kit has some 2 000. */
const mostYaml = 20_000;

/** YAML reads a bound or a version among labels as a number. */
const texts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
  .nullish();
const length = z.union([z.string(), z.number()]).transform(String).nullish();
const fileSchema = z.object({
  groups: z
    .array(
      z.object({
        name: z.string(),
        rules: z
          .array(
            z.object({
              alert: z.string().nullish(),
              record: z.string().nullish(),
              expr: z.union([z.string(), z.number()]).transform(String),
              for: length,
              keep_firing_for: length,
              labels: texts,
              annotations: texts,
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
});

/**
 * Reads a file of Prometheus's rules, of which some 2 000 are read in a second and no more are.
 * Format: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/
 */
export function readRuleFile(text: string): RuleFileRead {
  if (yamlParts(text) > mostYaml)
    return { ok: false, message: `it is YAML of more than ${mostYaml} parts, and was not compared` };
  let value: unknown;
  try {
    value = parseYaml(text, { schema: 'core', maxAliasCount: 100, logLevel: 'error' });
  } catch {
    return { ok: false, message: 'it is not YAML' };
  }
  const read = fileSchema.safeParse(value);
  if (!read.success) return { ok: false, message: 'it is no file of Prometheus’s rules' };
  const rules = (read.data.groups ?? []).flatMap(({ name: group, rules }) =>
    (rules ?? []).flatMap((rule): RuleRead[] => {
      const name = rule.alert ?? rule.record;
      if (typeof name !== 'string') return [];
      return [
        {
          kind: typeof rule.alert === 'string' ? 'alert' : 'record',
          name,
          group,
          file: null,
          expr: rule.expr,
          forMs: durationMs(rule.for ?? '0'),
          keepFiringForMs: durationMs(rule.keep_firing_for ?? '0'),
          labels: rule.labels ?? {},
          annotations: rule.annotations ?? {},
        },
      ];
    }),
  );
  return { ok: true, rules };
}

/** The rules that a Prometheus has loaded. */
export function loadedRules({ alerts, recording }: RulesAnswer): readonly RuleRead[] {
  const nothing = { file: null, forMs: 0, keepFiringForMs: 0, annotations: {} };
  return [
    ...alerts.map(({ name, group, file, query, forMs, keepFiringForMs, labels, annotations }) => {
      const keeps = keepFiringForMs ?? null;
      return {
        kind: 'alert',
        name,
        group,
        file,
        expr: query,
        forMs,
        keepFiringForMs: keeps,
        labels,
        annotations,
      } as const;
    }),
    ...recording.map(({ name, query, group, labels = null }) => {
      return { ...nothing, kind: 'record', name, group, expr: query, labels } as const;
    }),
  ];
}
