import type { MetricPlace, MetricPlaces, UnreadPlace } from '#lib/domain/coverage.ts';
import type { RunbookSpec, RunbookStep } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { metricNamesIn } from '../promql/names.ts';
import { shellWords } from '../runbook/shell.ts';
import { declaredNames } from './declared-names.ts';
import { byMetric } from './on-panels.ts';

/**
 * The runbooks that each metric is in: those of the alerts it is under, and those whose steps name it. PromQL that
 * commands ask for is read by its grammar; where it does not parse (a shell's variable in it) that is said, and what
 * it names counts as if it stood in a sentence.
 */
export function metricsInRunbooks(spec: Spec): MetricPlaces {
  const declared = declaredNames(spec);
  const of = new Map<string, MetricPlace[]>();
  const unread: UnreadPlace[] = [];
  for (const runbook of spec.kit?.runbooks ?? []) {
    const { id, title, file, alerts } = runbook;
    const name = `runbook “${title}”`;
    const read = named(runbook);
    unread.push(...read.faults.map(({ step, message }) => ({ name: `${name}, step “${step}”`, message })));
    const watched = spec.alerts.filter((alert) => alerts.includes(alert.name)).map(({ metric }) => metric);
    for (const [metric, as] of byMetric([...watched, ...read.names], declared)) {
      const place = { id, title, name, file, as: [...new Set(as)] };
      of.set(metric, [...(of.get(metric) ?? []), place]);
    }
  }
  return { of, unread };
}

function named({ about, symptoms, diagnosis, resolution, limits, over }: RunbookSpec) {
  const steps = [...diagnosis, ...resolution.flatMap((path) => path.steps)];
  const prose = [about, ...symptoms, ...resolution.map(({ when }) => when), ...limits, ...over];
  const names = new Set(prose.flatMap(namesInProse));
  const faults: { step: string; message: string }[] = [];
  for (const step of steps) {
    for (const name of [step.title, step.text, step.look].flatMap(namesInProse)) names.add(name);
    const read = namesInCommands(step);
    for (const name of read.names) names.add(name);
    faults.push(...read.faults.map((message) => ({ step: step.title, message })));
  }
  return { names, faults };
}

const asksPromql = 'query=';

/** The PromQL that a step's commands ask for. */
export function promqlOf({ run }: RunbookStep): readonly string[] {
  const words = run === null ? null : shellWords(run);
  return (words ?? []).flatMap((word) => (word.startsWith(asksPromql) ? word.slice(asksPromql.length) : []));
}

function namesInCommands({ run }: RunbookStep) {
  if (run === null) return { names: [], faults: [] };
  const words = shellWords(run);
  if (words === null) return { names: namesInProse(run), faults: ['its commands do not parse'] };
  const faults: string[] = [];
  const names = words.flatMap((word) => {
    if (!word.startsWith(asksPromql)) return namesInProse(word);
    const expr = word.slice(asksPromql.length);
    const read = metricNamesIn(expr);
    if (read.ok) return read.names;
    faults.push(`${read.message} (${expr})`);
    return namesInProse(expr);
  });
  return { names, faults };
}

/** Words that can only be names. One without `_` or `:`, such as `up`, is as well a word of English or a command. */
function namesInProse(text: string | null): readonly string[] {
  const words = (text ?? '').split(/[^\w:]+/).map((word) => word.replace(/^:+|:+$/g, ''));
  return words.filter((word) => word.includes('_') || word.includes(':'));
}
