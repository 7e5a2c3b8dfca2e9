import { expect, test } from 'vitest';
import type { Permission } from '#e2e/github/world.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { allPermissions, nowMs, smallWorld, startGithub, token } from './github.fixture.ts';
import { probeGithub } from './index.ts';

const outgoing = createOutgoing({ allow: ['127.0.0.1'] });

async function statesWith(permissions: readonly Permission[], protectedBranch: boolean) {
  const { world } = smallWorld();
  world.tokens.set(token, new Set(permissions));
  if (protectedBranch) world.protection.set('main', { checks: null, shownToAll: false });
  const { source, github } = await startGithub(world);
  const credential = { origin: github.origin, token };
  const parts = await probeGithub(source, { outgoing, now: () => nowMs, commit: null, credential });
  return parts.map(({ name, state }) => `${name}: ${state}`);
}

test('with all permissions all is found, protected or not', async () => {
  const all = [
    'Repository',
    'Contents: read',
    'Actions: read',
    'Checks: read',
    'Commit statuses: read',
    'Pull requests: read',
    'Administration: read',
  ];
  expect(await statesWith(allPermissions, false)).toEqual(all.map((name) => `${name}: found`));
  expect(await statesWith(allPermissions, true)).toEqual(all.map((name) => `${name}: found`));
});

test('each permission that is missing is missing by its name', async () => {
  expect(await statesWith(['metadata', 'contents'], true)).toEqual([
    'Repository: found',
    'Contents: read: found',
    'Actions: read: missing',
    'Checks: read: missing',
    'Commit statuses: read: missing',
    'Pull requests: read: missing',
    'Administration: read: missing',
  ]);
  expect(await statesWith([], true)).toEqual(['Repository: missing']);
});
