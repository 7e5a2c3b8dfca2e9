import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import type { EvaluateContext } from '#lib/domain/check-kind.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Judged } from '#lib/domain/judgement.ts';
import type { Question } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { environment } from '#lib/server/env.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { askPrometheus } from '#lib/sources/prometheus/index.ts';
import { alertRule } from './alert-rule.ts';
import { judge } from './judge.ts';
import { metric } from './metric.ts';
import { metricCoverage } from './metric-coverage.ts';
import { query } from './query.ts';
import { registerCheck } from './register.ts';
import { absenceSituations } from './situations/absence.ts';
import { alertSituations } from './situations/alerts.ts';
import { coverageSituations } from './situations/coverage.ts';
import { frozenAtMs } from './situations/exposed.ts';
import { metricSituations } from './situations/metrics.ts';
import { querySituations } from './situations/queries.ts';
import { alerts, inventory, type Situation } from './situations/situation.ts';
import { candidate, startWorld, type World } from './situations/world.ts';
import { specOf } from './spec.fixture.ts';

const { prometheusBin, ci } = environment();
const binary = await findPrometheus(prometheusBin);

test.runIf(ci)('a Prometheus is there to try the situations with', () => {
  expect(binary, 'install prometheus, or name it in PROMETHEUS_BIN').not.toBeNull();
});

const kinds = new Map(
  [registerCheck(metric), registerCheck(metricCoverage), registerCheck(query), registerCheck(alertRule)].map(
    (kind) => [kind.meta.id, kind],
  ),
);
const spec = specOf({}, { metrics: inventory, alerts });
const situations: readonly Situation[] = [
  ...metricSituations,
  ...absenceSituations,
  ...coverageSituations,
  ...querySituations,
  ...alertSituations,
];

function kindOf({ kind }: Situation) {
  const known = kinds.get(kind);
  if (!known) throw new Error(`no kind ${kind}`);
  return known;
}

function boundOf(situation: Situation): JsonObject {
  const bound = kindOf(situation).bind(situation.check, spec);
  if (!bound.ok)
    throw new Error(`${situation.title}: ${bound.faults.map(({ message }) => message).join('; ')}`);
  return bound.bound;
}

/** All situations of one source in one asking, as a cycle has them. */
async function judgeAll(source: SourceSpec, world: World): Promise<ReadonlyMap<Situation, Judged>> {
  const ours = situations.filter((one) => (one.source ?? 'main') === source.id);
  const asked = ours.map((situation) => {
    const bound = boundOf(situation);
    return { situation, bound, questions: kindOf(situation).reads(bound, source.id) };
  });
  const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
  const questions = new Map<string, Question>();
  for (const one of asked)
    for (const question of one.questions) questions.set(JSON.stringify(question), question);
  const { observations } = await askPrometheus(source, [...questions.values()], {
    outgoing,
    now: Date.now,
    commit: candidate,
  });
  await outgoing.close();
  const byQuestion = new Map(
    observations.map((observation) => [JSON.stringify(observation.question), observation]),
  );
  const context: EvaluateContext = {
    nowMs: Date.now(),
    source: { id: source.id, title: source.title, address: world.prometheus.url },
    commit: candidate,
    itemStates: new Map(),
  };
  return new Map(
    asked.map(({ situation, bound, questions }) => [
      situation,
      judge(
        kindOf(situation),
        bound,
        questions.flatMap((question) => byQuestion.get(JSON.stringify(question)) ?? []),
        context,
      ),
    ]),
  );
}

function sourceOf(id: string, address: string, buildInfo: SourceSpec['buildInfo'] = null): SourceSpec {
  return {
    id,
    title: 'Prometheus',
    kind: 'prometheus',
    network: null,
    address,
    everyMs: 15_000,
    timeoutMs: 10_000,
    buildInfo,
  };
}

describe.skipIf(binary === null)('situations, on a real Prometheus', () => {
  let world: World | null = null;
  const judged = new Map<Situation, Judged>();

  beforeAll(async () => {
    world = await startWorld(binary ?? '');
    const { url } = world.prometheus;
    for (const source of [
      sourceOf('main', url),
      sourceOf('built', url, { metric: 'build_info', label: 'commit' }),
      sourceOf('down', world.nowhere),
    ]) {
      for (const [situation, one] of await judgeAll(source, world)) judged.set(situation, one);
    }
  }, 60_000);
  afterAll(() => world?.stop());

  const said = (text: string): string => {
    let told = text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '{t}');
    for (const [address, name] of world?.names ?? []) told = told.replaceAll(address, name);
    return told;
  };

  test.each(situations)('$kind: $title: $verdict', (situation) => {
    const one = judged.get(situation);
    if (!one) throw new Error('not judged');
    const found =
      one.kind === 'failed'
        ? { verdict: one.failure.kind, quiet: false, sentence: said(one.failure.message) }
        : {
            verdict: one.judgement.verdict,
            quiet: one.judgement.quiet,
            sentence: said(one.judgement.sentence),
          };
    expect(found).toEqual({
      verdict: situation.verdict,
      quiet: situation.quiet ?? false,
      sentence: situation.sentence,
    });
    if (one.kind === 'failed') return;
    const { verdict, toGreen, again, deciding } = one.judgement;
    // What is not green says how to make it so, and every verdict can be looked up again.
    if (verdict !== 'pass') expect(toGreen.length).toBeGreaterThan(0);
    if (situation.kind !== 'metric-coverage' && situation.kind !== 'alert-rule')
      expect(again?.href).toContain('/graph?');
    expect(JSON.stringify(deciding)).not.toMatch(/\d{4}-\d\d-\d\dT|\d{9,}/);
  });

  test('a series with an old timestamp was last seen then, and not for as long as Prometheus looks back', () => {
    const frozen = situations.find(({ title }) => title === 'scraped with a timestamp that does not move');
    const one = frozen && judged.get(frozen);
    const at = one?.kind === 'judged' ? one.judgement.readings.lastSampleAt : null;
    expect(Math.abs(Date.parse(String(at)) - frozenAtMs)).toBeLessThanOrEqual(2000);
  });

  test('there are more than sixty of them, each of its own', () => {
    expect(situations.length).toBeGreaterThan(60);
    expect(new Set(situations.map(({ title }) => title)).size).toBe(situations.length);
  });
});
