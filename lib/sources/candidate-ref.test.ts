import { describe, expect, test } from 'vitest';
import * as github from './github/github.fixture.ts';
import * as gitlab from './gitlab/gitlab.fixture.ts';
import type { Answer } from './repository/failure.ts';

const tagObject = 'f'.repeat(40);

/** Either vendor, with tags on the candidate and on the commit before, and a branch and a tag of one name. */
async function start(vendor: 'github' | 'gitlab') {
  const { world, commits } = vendor === 'github' ? github.smallWorld() : gitlab.smallWorld();
  const [newest = '', before = ''] = commits;
  world.tags.set('v1', { commit: before, annotated: tagObject });
  world.tags.set('light', { commit: before, annotated: null });
  world.tags.set('both', { commit: before, annotated: null });
  world.tags.set('main-too', { commit: newest, annotated: null });
  world.branches.set('both', newest);
  world.branches.set('main-too', newest);
  world.branches.set('release/1', before);
  const started = 'formerNames' in world ? await github.startGithub(world) : await gitlab.startGitlab(world);
  const server = 'github' in started ? started.github : started.gitlab;
  return { ...started, world, newest, before, asked: server.asked };
}

const saidBy = (answer: Answer<string>) => (answer.ok ? answer.value : answer.failure.message);

describe.each(['github', 'gitlab'] as const)('a ref on %s', (vendor) => {
  test('is the commit of a branch, of a tag whatever its kind, of HEAD, or the commit itself', async () => {
    const { resolve, newest, before } = await start(vendor);
    const refs = ['main', 'HEAD', 'refs/heads/main', 'main-too', newest, newest.toUpperCase()];
    for (const ref of refs) expect(await resolve(ref)).toEqual({ ok: true, value: newest });
    for (const ref of ['v1', 'light', 'refs/tags/v1', 'release/1', before])
      expect(await resolve(ref)).toEqual({ ok: true, value: before });
  });

  test('that is a branch and a tag on different commits is not guessed', async () => {
    const { resolve } = await start(vendor);
    expect(saidBy(await resolve('both'))).toContain('write refs/tags/both or refs/heads/both');
  });

  test.each([
    ['none', 'has no branch or tag “none”'],
    ['abcdef1', 'a commit is written with all its digits'],
    ['c'.repeat(40), 'has no commit cccccccccccc'],
    ['main~1', 'write a branch, a tag or a full commit'],
    ['a b', 'has a space or a control character'],
  ])('that leads nowhere says so: %s', async (ref, words) => {
    const { resolve } = await start(vendor);
    expect(saidBy(await resolve(ref))).toContain(words);
  });

  test.each(['a#b', 'a%2Fb', 'ü', 'a&b=c', 'refs/tags/a;b'])(
    'is a name and nothing else, wherever it stands in a request: %s',
    async (ref) => {
      const { resolve, asked } = await start(vendor);
      expect(await resolve(ref)).toMatchObject({ failure: { kind: 'not-found' } });
      const names = asked.map(({ path }) => /(?:\/git\/ref|\/branches|\/tags)\/(.*)$/.exec(path)?.[1]);
      const named = names.flatMap((name) => (name === undefined ? [] : [decodeURIComponent(name)]));
      const short = ref.replace('refs/tags/', '');
      expect(named.length).toBeGreaterThan(0);
      expect(named.every((name) => name.replace(/^(?:heads|tags)\//, '') === short)).toBe(true);
    },
  );

  test('that may not be seen is not taken for one that is not there', async () => {
    const { resolve, world } = await start(vendor);
    if ('formerNames' in world) world.tokens.set(github.token, new Set(['metadata']));
    else world.tokens.set(gitlab.token, 'Guest');
    const wanted = vendor === 'github' ? 'Contents: read' : 'the role Reporter';
    for (const ref of ['main', 'none']) {
      const answer = await resolve(ref);
      expect(answer).toMatchObject({ failure: { kind: 'unauthorised' } });
      expect(saidBy(answer)).toContain(wanted);
    }
  });

  test('that did not move is asked for on condition', async () => {
    const { resolve, asked } = await start(vendor);
    await resolve('v1');
    const first = asked.length;
    await resolve('v1');
    const again = asked.slice(first);
    expect(again.length).toBeGreaterThan(0);
    expect(again.filter(({ status }) => status === 200)).toEqual([]);
  });
});

test('a branch that moves is its new commit', async () => {
  const { resolve, world, newest, before } = await start('github');
  expect(saidBy(await resolve('main'))).toBe(newest);
  world.branches.set('main', before);
  expect(saidBy(await resolve('main'))).toBe(before);
});
