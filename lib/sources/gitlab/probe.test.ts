import { expect, onTestFinished, test } from 'vitest';
import type { Role } from '#e2e/gitlab/world.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { nowMs, smallWorld, startGitlab, token } from './gitlab.fixture.ts';
import { probeGitlab } from './index.ts';

async function statesFor(role: Role | null) {
  const { world } = smallWorld();
  world.tokens.set(token, role);
  const { source, gitlab } = await startGitlab(world);
  const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
  onTestFinished(() => outgoing.close());
  const credential = { origin: gitlab.origin, token };
  const parts = await probeGitlab(source, { outgoing, now: () => nowMs, commit: null, credential });
  return parts.map(({ name, state, says }) => `${name}: ${state}, ${says}`);
}

test('a reporter sees all that is read', async () => {
  expect(await statesFor('Reporter')).toEqual([
    'Project: found, the-block/core/node, main',
    'Merge settings: found, granted',
    'Commits and files: found, granted',
    'Pipelines and jobs: found, granted',
  ]);
});

test('a guest is told what is missing, and somebody else that the project is not shown', async () => {
  expect((await statesFor('Guest')).slice(2)).toEqual([
    expect.stringMatching(/^Commits and files: missing, .*the scope read_api and the role Reporter/),
    expect.stringMatching(/^Pipelines and jobs: missing, .*the scope read_api and the role Reporter/),
  ]);
  expect(await statesFor(null)).toEqual([
    expect.stringMatching(/^Project: missing, GitLab shows no such project/),
  ]);
});
