import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Exposition, startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import type { Collection } from '#lib/domain/question.ts';
import type { MetricDeclaration, SourceSpec } from '#lib/domain/spec.ts';
import { environment } from '#lib/server/env.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { askPrometheus } from '#lib/sources/prometheus/index.ts';
import { judge } from './judge.ts';
import { metricCoverage } from './metric-coverage.ts';
import { registerCheck } from './register.ts';
import { declare } from './situations/situation.ts';
import { specOf } from './spec.fixture.ts';

const { prometheusBin, ci } = environment();
const binary = await findPrometheus(prometheusBin);
test.runIf(ci)('a Prometheus is there to try inventories with', () => {
  expect(binary, 'install prometheus, or name it in PROMETHEUS_BIN').not.toBeNull();
});

const reference = new URL('../../../shared/reference/the-block/monitoring/metrics.json', import.meta.url);
const referenceSchema = z.object({
  metrics: z.array(z.object({ name: z.string(), labels: z.array(z.string()) })),
});

/** The Block's own inventory as a spec would declare it, or null where the file is not beside the project. */
function realInventory(): readonly MetricDeclaration[] | null {
  if (!existsSync(reference)) return null;
  const { metrics } = referenceSchema.parse(JSON.parse(readFileSync(reference, 'utf8')));
  const labelled = metrics.map(({ name, labels }) =>
    declare(name, { labels: labels.map((label) => ({ name: label, required: [], allowed: [] })) }),
  );
  return [...new Map(labelled.map((one) => [one.name, one])).values()];
}

const generated = Array.from({ length: 10_000 }, (_, index) =>
  declare(`the_block_generated_subsystem_metric_number_${index}_total`, { group: `part-${index % 4}` }),
);

/** A fifth are histograms, of which the base name has no series. */
function isHistogram(index: number): boolean {
  return index % 5 === 2;
}

function exposed(metrics: readonly MetricDeclaration[], isThere: (index: number) => boolean): string {
  return metrics
    .flatMap(({ name, labels }, index) => {
      if (!isThere(index)) return [];
      const own = labels.map((label) => `${label.name}="x"`).join(',');
      if (!isHistogram(index)) return [`# TYPE ${name} gauge\n${name}{${own}} ${index}\n`];
      const bucket = [own, 'le="+Inf"'].filter((part) => part !== '').join(',');
      return [
        `# TYPE ${name} histogram\n${name}_bucket{${bucket}} 1\n${name}_sum{${own}} 1\n${name}_count{${own}} 1\n`,
      ];
    })
    .join('');
}

async function cover(metrics: readonly MetricDeclaration[], prometheus: RunningPrometheus) {
  const kind = registerCheck(metricCoverage);
  const bound = kind.bind({}, specOf({}, { metrics }));
  if (!bound.ok) throw new Error(bound.faults[0]?.message);
  const source: SourceSpec = {
    id: 'prometheus',
    title: 'Prometheus',
    kind: 'prometheus',
    network: null,
    address: prometheus.url,
    everyMs: 15_000,
    timeoutMs: 20_000,
    buildInfo: null,
  };
  const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
  const context = { outgoing, now: Date.now, commit: null };
  const collection: Collection = await askPrometheus(source, kind.reads(bound.bound, source.id), context);
  await outgoing.close();
  const judged = judge(kind, bound.bound, collection.observations, {
    nowMs: Date.now(),
    source: { id: source.id, title: source.title, address: source.address },
    commit: null,
    itemStates: new Map(),
  });
  if (judged.kind === 'failed') throw new Error(judged.failure.message);
  return { requests: collection.requests, judgement: judged.judgement };
}

describe.skipIf(binary === null)('whole inventories on a real Prometheus', () => {
  let node: Exposition | null = null;
  let prometheus: RunningPrometheus | null = null;

  beforeAll(async () => {
    node = await startExposition();
    prometheus = await startPrometheus({
      binary: binary ?? '',
      targets: [{ job: 'node', addresses: [node.address] }],
    });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await node?.stop();
  });

  async function coverWith(metrics: readonly MetricDeclaration[], isThere: (index: number) => boolean) {
    if (!node || !prometheus) throw new Error('not started');
    node.set(exposed(metrics, isThere));
    const goal = node.scrapes() + 3;
    for (const began = Date.now(); node.scrapes() < goal && Date.now() - began < 20_000; ) await sleep(100);
    await sleep(500);
    return cover(metrics, prometheus);
  }

  const real = realInventory();
  test.skipIf(real === null)('The Block’s own, where shared/reference is beside the project', async () => {
    const metrics = real ?? [];
    expect(metrics.length).toBe(264);

    const all = await coverWith(metrics, () => true);
    expect(all.judgement.sentence).toBe('264 of 264 metrics are emitted as declared, 100 %.');
    expect(all.judgement.verdict).toBe('pass');
    expect(all.requests).toBeLessThanOrEqual(3);

    const isThere = (index: number) => index % 3 !== 0;
    const some = await coverWith(metrics, isThere);
    expect(some.judgement.verdict).toBe('fail');
    expect(some.judgement.fact.lead).toBe('176 of 264.');
    expect(some.judgement.sentence).toMatch(/^176 of 264 metrics are emitted as declared, 66 %: /);
    expect(some.judgement.deciding.holes).toEqual(
      Object.fromEntries(
        metrics.flatMap(({ name }, index) => (isThere(index) ? [] : [[name, { state: 'gone' }]])),
      ),
    );
    expect(some.requests).toBeLessThanOrEqual(7);
  });

  test('10 000 names, all there and with some absent', async () => {
    const all = await coverWith(generated, () => true);
    expect(all.judgement.sentence).toBe('10000 of 10000 metrics are emitted as declared, 100 %.');
    expect(all.requests).toBeLessThanOrEqual(3);

    const some = await coverWith(generated, (index) => index !== 17 && index !== 42);
    expect(some.judgement.verdict).toBe('fail');
    expect(some.judgement.fact.lead).toBe('9998 of 10000.');
    expect(some.judgement.sentence).toMatch(/^9998 of 10000 metrics are emitted as declared, 99 %: /);
    expect(some.requests).toBeLessThanOrEqual(7);
  }, 60_000);

  test('10 000 names, none ever there', async () => {
    const strangers = generated.map((metric) => ({ ...metric, name: `never_${metric.name}` }));
    const none = await coverWith(strangers, () => false);
    expect(none.judgement.sentence).toMatch(
      /^0 of 10000 metrics are emitted as declared, 0 %: never_\w+ was never seen in 15 d; .*; and 9997 more\.$/,
    );
    expect(none.requests).toBeLessThanOrEqual(7);
  }, 60_000);
});
