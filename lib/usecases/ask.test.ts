import { expect, test } from 'vitest';
import { serveGithub } from '#e2e/github/serve.ts';
import type { CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { job, nowMs, run, runsQuestion, smallWorld, token } from '#lib/sources/github/github.fixture.ts';
import { ask } from './ask.ts';
import type { PlannedCheck } from './plan.ts';

test('what a source never changes is asked for in the first cycle alone', async () => {
  const { world, commits } = smallWorld();
  const [commit = ''] = commits;
  world.runs.push(run(commit, { attempts: [[job('Stride 1')]] }));
  const now = () => nowMs;
  const github = await serveGithub(world, { now });
  const outgoing = createOutgoing({ allow: ['127.0.0.1'], now });
  const planned = {
    launch: { head: { candidate: { commit } } },
    check: { source: 'github' },
    kind: { follows: () => [] },
    bound: {},
    questions: [runsQuestion()],
    source: { id: 'github', title: 'GitHub', kind: 'github', address: github.address, timeoutMs: 5_000 },
  } as unknown as PlannedCheck;
  const cycle = async () => {
    const from = github.asked.length;
    const asked = await ask([planned], { outgoing, now }, { origin: github.origin, token }, () => {
      throw new Error('No other source is asked.');
    });
    const [observation] = asked.of(planned);
    const seen = observation?.outcome.ok ? (observation.outcome.value as CiRunsSeen) : null;
    const paths = github.asked.slice(from).map(({ path }) => path);
    return {
      jobs: seen?.commits[0]?.runs[0]?.jobs?.map(({ name }) => name),
      asked: paths.filter((path) => path.includes('/jobs?')).length,
    };
  };
  expect(await cycle()).toEqual({ jobs: ['Stride 1'], asked: 1 });
  expect(await cycle()).toEqual({ jobs: ['Stride 1'], asked: 0 });
  await outgoing.close();
  await github.stop();
});
