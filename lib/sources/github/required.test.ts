import { describe, expect, test } from 'vitest';
import { commitFiles } from '#e2e/github/objects.ts';
import type { GithubWorld, Permission } from '#e2e/github/world.ts';
import type { CiRequiredSeen } from '#lib/domain/observations/ci.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import { allPermissions, files, requiredQuestion, smallWorld, startGithub, token } from './github.fixture.ts';

const missing = (permission: Permission) => new Set(allPermissions.filter((one) => one !== permission));

describe('what a branch requires', () => {
  const app = { id: 15_368, name: 'GitHub Actions' };

  test('by rulesets and by classic protection, what reported, and the file', async () => {
    const { world, commits } = smallWorld();
    const [head = '', third = ''] = commits;
    world.rules.set('main', {
      checks: [{ context: 'Mainnet gate', app: app.id }],
      workflows: ['.github/workflows/scan.yml'],
    });
    world.protection.set('main', { checks: [{ context: 'lint', app: null }], shownToAll: true });
    world.checks.push(
      { name: 'Mainnet gate', commit: head, at: '2026-11-19T09:05:00Z', app },
      { name: 'Mainnet gate', commit: third, at: '2026-11-18T09:05:00Z', app },
      { name: 'ages ago', commit: third, at: '2026-11-01T09:05:00Z', app },
    );
    world.statuses.push({ context: 'external/ci', commit: head, at: '2026-11-19T10:00:00Z' });
    const { ask } = await startGithub(world);
    const seen = seenBy<CiRequiredSeen>(await ask([requiredQuestion('Mainnet gate', null)], null));
    expect(seen).toEqual({
      branch: 'main',
      branchProtected: true,
      required: [
        { check: 'Mainnet gate', by: 'ruleset', app: 'GitHub Actions' },
        { check: '.github/workflows/scan.yml', by: 'ruleset', app: null },
        { check: 'lint', by: 'classic', app: null },
      ],
      pipelinesMustSucceed: null,
      skippedCountsAsSuccess: null,
      unseen: [],
      reported: [
        { check: 'Mainnet gate', app: 'GitHub Actions', at: '2026-11-19T09:05:00.000Z' },
        { check: 'external/ci', app: null, at: '2026-11-19T10:00:00.000Z' },
      ],
      file: expect.objectContaining({
        path: '.github/workflows/fast-mainnet.yml',
        pathFilters: { pullRequest: true, push: false },
      }),
    });
  });

  test('an unprotected branch requires nothing, and nobody needs to administer for that', async () => {
    const { world } = smallWorld();
    world.tokens.set(token, missing('administration'));
    const { ask } = await startGithub(world);
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null))).toMatchObject({
      required: [],
      unseen: [],
    });
  });

  test('protection that the token may not see is unseen, never absent; what the branch tells counts', async () => {
    const { world } = smallWorld();
    world.tokens.set(token, missing('administration'));
    world.protection.set('main', { checks: [{ context: 'Mainnet gate', app: app.id }], shownToAll: false });
    const { ask } = await startGithub(world);
    const unseen = [{ what: 'classic branch protection', permission: 'Administration: read' }];
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null))).toMatchObject({
      required: [],
      unseen,
    });
    world.protection.set('main', { checks: [{ context: 'Mainnet gate', app: app.id }], shownToAll: true });
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null))).toMatchObject({
      required: [{ check: 'Mainnet gate', by: 'classic' }],
      unseen,
    });
  });

  test('a bare 404 for protection is unseen too; GitHub’s own words for none are none', async () => {
    const { world } = smallWorld();
    world.protection.set('main', { checks: null, shownToAll: true });
    let hidden = false;
    const instead = (path: string) =>
      hidden && path.includes('/protection/') ? { status: 404, text: '{"message":"Not Found"}' } : null;
    const { ask } = await startGithub(world, { instead });
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null)).unseen).toEqual([]);
    hidden = true;
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null)).unseen).toEqual([
      { what: 'classic branch protection', permission: 'Administration: read' },
    ]);
  });

  describe('a required check that no commit of the branch has', () => {
    const gate = 'Mainnet gate';
    const pull = { title: 'Add', body: '', head: 'side', base: 'main', at: '2026-11-19T11:00:00Z' };
    const required = { checks: [{ context: gate, app: app.id }], workflows: [] };
    async function started(more: Partial<Omit<GithubWorld, 'tokens'>>) {
      const { world } = smallWorld();
      const side = world.branches.get('side') ?? '';
      world.rules.set('main', required);
      world.checks.push({ name: gate, commit: side, at: '2026-11-19T11:05:00Z', app });
      Object.assign(world, more);
      const { ask, github } = await startGithub(world);
      const see = async (check = gate) => seenBy<CiRequiredSeen>(await ask([requiredQuestion(check)], null));
      const pulls = () => github.asked.filter(({ path }) => path.includes('/pulls?'));
      return { world, see, pulls, side };
    }

    test('is looked for on the heads of pull requests, open and merged, on condition', async () => {
      for (const state of ['open', 'merged'] as const) {
        const { see, pulls } = await started({ pulls: [{ ...pull, number: 7, state }] });
        expect((await see()).reported).toEqual([
          { check: gate, app: app.name, at: '2026-11-19T11:05:00.000Z' },
        ]);
        await see();
        expect(pulls().map(({ counted }) => counted)).toEqual([true, false]);
      }
    });

    test('is not taken from pull requests into other branches, or of before', async () => {
      const others = [
        { ...pull, number: 7, state: 'open', base: 'release/1' },
        { ...pull, number: 8, state: 'open', at: '2026-11-01T11:00:00Z' },
      ] as const;
      const { see } = await started({ pulls: [...others] });
      expect((await see()).reported).toEqual([]);
    });

    test('is not taken from what a server lists that does not know the filter', async () => {
      const { world } = smallWorld();
      const side = world.branches.get('side') ?? '';
      world.rules.set('main', required);
      world.checks.push({ name: gate, commit: side, at: '2026-11-19T11:05:00Z', app });
      const listed = (ref: string) =>
        JSON.stringify([{ updated_at: pull.at, head: { sha: side }, base: { ref } }]);
      let base = 'release/1';
      const { ask } = await startGithub(world, {
        instead: (path) => (path.includes('/pulls?') ? { text: listed(base) } : null),
      });
      const reported = async () =>
        seenBy<CiRequiredSeen>(await ask([requiredQuestion(gate)], null)).reported.length;
      expect(await reported()).toBe(0);
      base = 'main';
      expect(await reported()).toBe(1);
    });

    test('is looked for nowhere else where it is not required, or was reported', async () => {
      const { see, pulls, world } = await started({ pulls: [{ ...pull, number: 7, state: 'open' }] });
      await see('another');
      world.checks.push({
        name: gate,
        commit: world.branches.get('main') ?? '',
        at: '2026-11-19T11:05:00Z',
        app,
      });
      await see();
      expect(pulls()).toEqual([]);
    });

    test('of as many as five pull requests alone', async () => {
      const { world, see } = await started({});
      for (let number = 1; number <= 8; number += 1)
        world.pulls.push({ ...pull, number, state: 'open', head: number === 1 ? 'side' : 'main' });
      expect((await see()).reported).toEqual([]);
    });

    test('and where pull requests may not be seen, the permission is named', async () => {
      const { world, see } = await started({ pulls: [{ ...pull, number: 7, state: 'open' }] });
      world.tokens.set(token, missing('pull_requests'));
      expect((await see()).unseen).toEqual([{ what: 'pull requests', permission: 'Pull requests: read' }]);
    });
  });

  test('without checks and statuses it says so by name', async () => {
    const { world } = smallWorld();
    world.tokens.set(token, new Set<Permission>(['metadata', 'contents']));
    const { ask } = await startGithub(world);
    expect(seenBy<CiRequiredSeen>(await ask([requiredQuestion()], null)).unseen).toEqual([
      { what: 'check runs', permission: 'Checks: read' },
      { what: 'commit statuses', permission: 'Commit statuses: read' },
    ]);
  });

  test.each([
    ['no-such', 'has no branch “no-such”'],
    ['..', 'was not looked for'],
    ['a/../../b', 'was not looked for'],
  ])('branch %s', async (branch, sentence) => {
    const { world } = smallWorld();
    const { ask } = await startGithub(world);
    expect(failureOf(await ask([requiredQuestion('x', branch)], null)).message).toContain(sentence);
  });

  test('a branch with a slash in its name is one branch', async () => {
    const { world } = smallWorld();
    commitFiles(world, files, { branch: 'release/1.0', message: 'Release', at: '2026-11-19T10:00:00Z' });
    world.rules.set('release/1.0', { checks: [{ context: 'gate', app: null }], workflows: [] });
    const { ask } = await startGithub(world);
    const seen = seenBy<CiRequiredSeen>(await ask([requiredQuestion('gate', 'release/1.0')], null));
    expect(seen).toMatchObject({ branch: 'release/1.0', required: [{ check: 'gate' }] });
  });
});
