import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Exposition, startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import { affirms, holdsWith } from '#lib/checks/promql/holds.ts';
import type { LabelDeclaration, MetricDeclaration } from '#lib/domain/spec.ts';
import { environment } from '#lib/server/env.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { dashboardFiles } from './dashboard-files.ts';

const { prometheusBin, ci } = environment();
const binary = await findPrometheus(prometheusBin);
test.runIf(ci)('a Prometheus is there to ask the panels’ queries', () => {
  expect(binary, 'install prometheus, or name it in PROMETHEUS_BIN').not.toBeNull();
});

const read = readSpec(
  readFileSync(new URL('../../../launches/the-block.yaml', import.meta.url), 'utf8'),
  'spec',
);
if (!read.ok) throw new Error(read.problem.message);
const { spec } = read.value;

/** What of the kit's files Grafana would ask. */
const fileSchema = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      targets: z.array(z.object({ expr: z.string(), instant: z.boolean(), range: z.boolean() })),
    }),
  ),
});
const panels = dashboardFiles(spec).flatMap(({ text }) => fileSchema.parse(JSON.parse(text)).panels);
const quietWhen = new Map(
  spec.kit?.dashboards.flatMap(({ panels }) => panels.map((one) => [one.title, one.quietWhen] as const)),
);

/** A healthy node's metrics as the spec declares them; `afterFirst` also those that appear with their first event. */
function exposed(metrics: readonly MetricDeclaration[], afterFirst: boolean, tick: number): string {
  return metrics
    .filter(({ absentUntilFirst }) => afterFirst || !absentUntilFirst)
    .flatMap(({ name, type, labels }) => [
      `# TYPE ${name} ${type ?? 'untyped'}`,
      ...series(labels).map((own) => {
        if (type !== 'histogram') return `${name}{${own}} ${type === 'counter' ? tick : 7}`;
        const bucket = (le: string) => `${name}_bucket{${own}le="${le}"} ${tick}`;
        return [
          bucket('0.5'),
          bucket('+Inf'),
          `${name}_sum{${own}} ${tick * 0.2}`,
          `${name}_count{${own}} ${tick}`,
        ].join('\n');
      }),
    ])
    .join('\n')
    .concat('\n');
}

/** One line for each required value, or one with any value that may be. */
function series(labels: readonly LabelDeclaration[]): string[] {
  return labels.reduce<string[]>(
    (lines, { name, required, allowed }) => {
      const values = required.length > 0 ? required : [allowed[0] ?? 'any'];
      return lines.flatMap((line) => values.map((value) => `${line}${name}="${value}",`));
    },
    [''],
  );
}

const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    result: z.array(
      z.object({
        value: z.tuple([z.number(), z.string()]).optional(),
        values: z.array(z.tuple([z.number(), z.string()])).optional(),
      }),
    ),
  }),
});

async function valuesOf(url: string, { expr, range }: { expr: string; range: boolean }): Promise<string[]> {
  const now = Date.now() / 1000;
  const body = range
    ? new URLSearchParams({ query: expr, start: `${now - 5}`, end: `${now}`, step: '1' })
    : new URLSearchParams({ query: expr, time: `${now}` });
  const response = await fetch(`${url}/api/v1/${range ? 'query_range' : 'query'}`, { method: 'POST', body });
  const answer: unknown = await response.json();
  const { result } = answerSchema.parse(answer, { error: () => `${expr}: ${JSON.stringify(answer)}` }).data;
  return result.flatMap(({ value, values }) => (values ?? (value ? [value] : [])).map(([, text]) => text));
}

describe.skipIf(binary === null)('the panels’ queries on a real Prometheus', () => {
  let node: Exposition | null = null;
  let prometheus: RunningPrometheus | null = null;
  let afterFirst = false;
  let tick = 0;

  beforeAll(async () => {
    node = await startExposition(() => {
      tick += 5;
      return exposed(spec.metrics, afterFirst, tick);
    });
    prometheus = await startPrometheus({
      binary: binary ?? '',
      targets: [{ job: 'node', addresses: [node.address] }],
    });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await node?.stop();
  });

  /** Each panel: how many values each of its queries gives, and whether it is quiet. */
  async function ask(scrapes: number) {
    if (!node || !prometheus) throw new Error('not started');
    const { url } = prometheus;
    const goal = node.scrapes() + scrapes;
    while (node.scrapes() < goal) await sleep(100);
    await sleep(300);
    return Promise.all(
      panels.map(async ({ title, targets }) => {
        const answers = await Promise.all(targets.map((target) => valuesOf(url, target)));
        const good = answers.every(
          (values) => values.length > 0 && values.every((value) => Number.isFinite(Number(value))),
        );
        const condition = quietWhen.get(title) ?? null;
        const quiet =
          condition !== null &&
          holdsWith(affirms(condition), await valuesOf(url, { expr: condition, range: false }));
        return [title, good ? 'data' : quiet ? 'quiet' : 'nothing'] as const;
      }),
    );
  }

  const quiet = ['Execution Errors', 'Slashing Events', 'Signature Failures'];

  test('a healthy node: data on each, but for those that are rightly quiet', async () => {
    const states = new Map(await ask(7));
    expect(states.size).toBe(14);
    for (const [title, state] of states) {
      expect([title, state]).toEqual([title, quiet.includes(title) ? 'quiet' : 'data']);
    }
  });

  test('after the first error, dispute and slashing: data on all', async () => {
    afterFirst = true;
    const states = await ask(9);
    expect(states.filter(([, state]) => state !== 'data')).toEqual([]);
  });
});
