import { writeDuration } from '#lib/domain/duration.ts';
import type { RunbookPath, RunbookSpec, RunbookStep } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { boundAlerts, withUnit } from '../bound.ts';
import { madeFrom } from '../made-by-kit.ts';

/** A piece of a Markdown document. Text is Markdown already, as the spec's prose is. */
export type Block =
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2 | 3 | 4;
      readonly text: string;
      /** Id of the runbook whose section it opens. */
      readonly runbook?: string;
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'commands'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** The document at a path: every runbook that the spec puts there, in its order. */
export function documentBlocks(spec: Spec, file: string): readonly Block[] {
  const runbooks = (spec.kit?.runbooks ?? []).filter((runbook) => runbook.file === file);
  return [
    { kind: 'heading', level: 1, text: `Runbooks: ${spec.launch.title}` },
    {
      kind: 'text',
      text: `${madeFrom} Change the spec, not these sections. Commands can be pasted as they stand: what they need to know, they ask for.`,
    },
    ...runbooks.flatMap((runbook) => sectionBlocks(spec, runbook)),
  ];
}

function sectionBlocks(spec: Spec, runbook: RunbookSpec): readonly Block[] {
  const { about, symptoms, diagnosis, resolution, over } = runbook;
  return [
    { kind: 'heading', level: 2, text: runbook.title, runbook: runbook.id },
    ...(about === null ? [] : [{ kind: 'text', text: about } as const]),
    { kind: 'heading', level: 3, text: 'Symptoms' },
    { kind: 'list', items: symptoms },
    { kind: 'heading', level: 3, text: 'Diagnosis' },
    ...stepBlocks(diagnosis),
    { kind: 'heading', level: 3, text: 'Resolution' },
    ...resolution.flatMap(pathBlocks),
    { kind: 'heading', level: 3, text: 'Alert thresholds' },
    ...thresholdBlocks(spec, runbook),
    ...(over.length === 0
      ? []
      : ([
          { kind: 'heading', level: 3, text: 'Over when' },
          { kind: 'list', items: over },
        ] as const)),
  ];
}

function pathBlocks({ when, steps }: RunbookPath): readonly Block[] {
  return [{ kind: 'heading', level: 4, text: `When: ${when}` }, ...stepBlocks(steps)];
}

function stepBlocks(steps: readonly RunbookStep[]): readonly Block[] {
  return steps.flatMap(({ title, text, run, look }, index): readonly Block[] => {
    const head = `**Step ${index + 1}: ${title}.**`;
    return [
      { kind: 'text', text: text === null ? head : `${head} ${text}` },
      ...(run === null ? [] : [{ kind: 'commands', text: run } as const]),
      ...(look === null ? [] : [{ kind: 'text', text: `Look for: ${look}` } as const]),
    ];
  });
}

function thresholdBlocks(spec: Spec, { alerts, limits }: RunbookSpec): readonly Block[] {
  const bounds = new Map(boundAlerts(spec).map((one) => [one.alert.name, one]));
  const rows = alerts.flatMap((name) => {
    const declared = spec.alerts.find((alert) => alert.name === name);
    if (!declared) return [];
    const of = bounds.get(name);
    if (!of) return [[`\`${name}\``, declared.severity, `\`${declared.metric}\``, 'as its rule says', '']];
    const { threshold, bound, rule } = of;
    const fires = `${threshold.side} ${withUnit(bound, threshold.unit)}`;
    const during = rule.forMs === 0 ? 'at once' : `for ${writeDuration(rule.forMs)}`;
    return [[`\`${name}\``, declared.severity, threshold.title, fires, during]];
  });
  const table: Block[] =
    rows.length === 0
      ? []
      : [{ kind: 'table', head: ['Alert', 'Severity', 'What', 'Fires', 'How long'], rows }];
  if (limits.length === 0) return table;
  const lead =
    rows.length === 0 ? 'No alert watches this. What counts as a breach:' : 'No alert watches these:';
  return [...table, { kind: 'text', text: lead }, { kind: 'list', items: limits }];
}
