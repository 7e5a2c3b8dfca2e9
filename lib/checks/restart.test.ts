import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import { environment } from '#lib/server/env.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { askPrometheus } from '#lib/sources/prometheus/index.ts';
import { judge } from './judge.ts';
import { metric } from './metric.ts';
import { registerCheck } from './register.ts';
import { declare } from './situations/situation.ts';
import { specOf } from './spec.fixture.ts';

const binary = await findPrometheus(environment().prometheusBin);

/** What the kind says of one metric now. The window holds a few scrapes, and nothing from before the restart. */
async function look(prometheus: RunningPrometheus) {
  const kind = registerCheck(metric);
  const metrics = [declare('launch_balance', { type: 'gauge', freshWithinMs: 3000 })];
  const bound = kind.bind({ metric: 'launch_balance' }, specOf({}, { metrics }));
  if (!bound.ok) throw new Error(bound.faults[0]?.message);
  const source = {
    id: 'prometheus',
    title: 'Prometheus',
    kind: 'prometheus',
    network: null,
    address: prometheus.url,
    everyMs: 1000,
    timeoutMs: 10_000,
    buildInfo: null,
  } as const;
  const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
  const { observations } = await askPrometheus(source, kind.reads(bound.bound, source.id), {
    outgoing,
    now: Date.now,
    commit: null,
  });
  await outgoing.close();
  const at = { id: source.id, title: source.title, address: source.address };
  const judged = judge(kind, bound.bound, observations, {
    nowMs: Date.now(),
    source: at,
    commit: null,
    itemStates: new Map(),
  });
  if (judged.kind === 'failed') throw new Error(judged.failure.message);
  return judged.judgement;
}

test.skipIf(binary === null && !environment().ci)(
  'a Prometheus that was started again is unknown until it has scraped, and never red for it',
  async () => {
    const target = await startExposition('# TYPE launch_balance gauge\nlaunch_balance 7\n');
    const dir = await mkdtemp(join(tmpdir(), 'big-green-restart-'));
    const options = { binary: binary ?? '', targets: [{ job: 'node', addresses: [target.address] }], dir };
    const untilPass = async (prometheus: RunningPrometheus) => {
      const verdicts: string[] = [];
      for (let turn = 0; turn < 60 && verdicts.at(-1) !== 'pass'; turn += 1) {
        const { verdict, sentence } = await look(prometheus);
        verdicts.push(verdict);
        if (verdict !== 'pass')
          expect([verdict, sentence]).toEqual(['unknown', expect.stringContaining('has not scraped')]);
        await sleep(250);
      }
      return verdicts;
    };
    const first = await startPrometheus(options);
    expect((await untilPass(first)).at(-1)).toBe('pass');
    await first.stop();
    await sleep(4000);
    const second = await startPrometheus({ ...options, port: first.port });
    const verdicts = await untilPass(second);
    await second.stop();
    await target.stop();
    await rm(dir, { recursive: true, force: true });
    expect(verdicts[0]).toBe('unknown');
    expect(verdicts.at(-1)).toBe('pass');
    expect(verdicts).not.toContain('fail');
  },
  60_000,
);
