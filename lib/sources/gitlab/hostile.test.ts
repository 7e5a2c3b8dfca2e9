import { describe, expect, test } from 'vitest';
import type { CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import { startStranger } from '../stranger.fixture.ts';
import {
  addPipeline,
  fileQuestion,
  nowMs,
  requiredQuestion,
  runsQuestion,
  smallWorld,
  startGitlab,
  token,
} from './gitlab.fixture.ts';
import { askGitlab } from './index.ts';

/** A sound project of which one path is answered with something else. */
async function lying(
  where: RegExp,
  text: string,
  more: { status?: number; headers?: Record<string, string> } = {},
) {
  const { world, commits } = smallWorld();
  const [candidate = ''] = commits;
  addPipeline(world, candidate);
  const started = await startGitlab(world, {
    instead: (path) => (where.test(path) ? { text, ...more } : null),
  });
  return { ...started, world, candidate };
}

describe('answers that are nonsense are malformed, whichever they stand for', () => {
  const paths: [string, RegExp][] = [
    ['project', /node$/],
    ['commits', /\/commits\?/],
    ['pipelines', /\/pipelines\?/],
    ['pipeline', /\/pipelines\/501$/],
    ['jobs', /\/jobs\?/],
    ['bridges', /\/bridges\?/],
    ['statuses', /\/statuses\?/],
    ['branch', /\/branches\//],
    ['tree', /\/tree\?/],
    ['blob', /\/blobs\//],
  ];
  const bodies: [string, string][] = [
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['half a JSON', '[{"id":5'],
    ['another type', '{"id":"many","name":7,"status":{},"sha":5}'],
    ['null', 'null'],
    ['a list of nulls', '[null]'],
    ['deep', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ];
  test.each(paths.flatMap(([what, where]) => bodies.map(([how, text]) => [what, how, where, text] as const)))(
    '%s: %s',
    async (what, _how, where, text) => {
      const { ask, candidate } = await lying(where, text);
      const questions = [runsQuestion(), fileQuestion('README.md'), requiredQuestion()];
      const collection = await ask(questions, candidate);
      const index = what === 'tree' || what === 'blob' ? 1 : what === 'branch' ? 2 : 0;
      expect(failureOf(collection, index)).toMatchObject({
        kind: 'malformed',
        message: expect.stringContaining('GitLab'),
      });
    },
  );

  test('an answer of 20 MiB is not read', async () => {
    const { ask, candidate } = await lying(/\/pipelines\?/, ' '.repeat(20 * 1024 * 1024));
    expect(failureOf(await ask([runsQuestion()], candidate)).kind).toBe('too-large');
  });
});

describe('answers of something else', () => {
  const other = 'c'.repeat(40);
  test.each<[string, RegExp, string]>([
    ['other commits', /\/commits\?/, JSON.stringify([{ id: other, parent_ids: [], message: 'x' }])],
    ['no commits', /\/commits\?/, '[]'],
    [
      'pipelines of another commit',
      /\/pipelines\?/,
      JSON.stringify([{ id: 1, sha: other, status: 'success' }]),
    ],
    ['another pipeline', /\/pipelines\/501$/, JSON.stringify({ id: 7, sha: other, status: 'success' })],
    [
      'jobs of another pipeline',
      /\/jobs\?/,
      JSON.stringify([{ id: 1, name: 'gate', status: 'success', pipeline: { id: 7 } }]),
    ],
  ])('%s', async (_what, where, text) => {
    const { ask, candidate } = await lying(where, text);
    expect(failureOf(await ask([runsQuestion()], candidate))).toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('look at what stands between'),
    });
  });

  test('a blob whose content does not fit its id, and a folder of another path', async () => {
    const text = JSON.stringify({ sha: 'a'.repeat(40), size: 1, encoding: 'base64', content: 'eA==' });
    const blob = await lying(/\/blobs\//, text);
    expect(failureOf(await blob.ask([fileQuestion('README.md')], blob.candidate)).kind).toBe('malformed');
    const entry = { id: other, name: 'README.md', path: 'docs/README.md', type: 'blob', mode: '100644' };
    const tree = await lying(/\/tree\?/, JSON.stringify([entry]));
    expect(failureOf(await tree.ask([fileQuestion('README.md')], tree.candidate)).kind).toBe('malformed');
  });

  test('a status of another pipeline, or of none that it names, is no job of this one', async () => {
    const rows = [{ pipeline_id: 7 }, {}, { pipeline_id: 501 }].map((more, index) => ({
      id: index + 1,
      name: `s${index}`,
      status: 'success',
      ...more,
    }));
    const { ask, candidate } = await lying(/\/statuses\?/, JSON.stringify(rows));
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate));
    expect(seen.commits[0]?.runs[0]?.jobs?.map(({ name }) => name)).toEqual(['stride 1/2', 'gate', 's2']);
  });

  test('a 401 where there is no token asks for one', async () => {
    const { ask, candidate } = await lying(/node$/, '{"message":"401 Unauthorized"}', { status: 401 });
    const { message } = failureOf(await ask([runsQuestion()], candidate, { credential: null }));
    expect(message).toContain('give this source a token with the scope read_api');
  });

  test('commits that are their own ancestors end', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    const loop = JSON.stringify([{ id: candidate, parent_ids: [candidate], message: '' }]);
    const started = await startGitlab(world, {
      instead: (path) => (/\/commits\?/.test(path) ? { text: loop } : null),
    });
    expect(failureOf(await started.ask([runsQuestion(50)], candidate)).kind).toBe('malformed');
  });

  test('attack 18: words not known are not taken for an end, names are shown with what is hidden in them, links elsewhere and __proto__ are dropped', async () => {
    const name = 'a\\u0000b\\ud800\\u202ec\\u001b[31m';
    const text = `[{"__proto__":{"admin":true},"id":"9007199254740993","name":"${name}","status":"vetoed","web_url":"javascript:alert(1)","duration":-4}]`;
    const { ask, candidate } = await lying(/\/jobs\?/, text);
    const seen = seenBy<CiRunsSeen>(await ask([runsQuestion()], candidate));
    expect(seen.commits[0]?.runs[0]?.jobs).toEqual([
      {
        name: 'a\ufffdb\ufffd\\u{202E}c [31m',
        phase: 'queued',
        conclusion: null,
        tookMs: null,
        href: null,
        mayFail: false,
        failedBefore: 0,
      },
    ]);
    expect({}).not.toHaveProperty('admin');
  });

  test('where a proxy took the paging headers away, a full page has one after it', async () => {
    const entry = (page: number) => (_: unknown, index: number) => {
      const name = `f${page}-${index}`;
      return { id: other, name, path: name, type: 'blob', mode: '100644' };
    };
    const { world, commits } = smallWorld();
    const started = await startGitlab(world, {
      instead: (path) => {
        const page = Number(/\/tree\?.*page=(\d+)$/.exec(path)?.[1] ?? 0);
        const text = JSON.stringify(Array.from({ length: page === 1 ? 100 : 3 }, entry(page)));
        return page === 0 ? null : { text };
      },
    });
    const collection = await started.ask(['f2-2x', 'f1-0/x'].map(fileQuestion), commits[0] ?? '');
    expect(seenBy(collection)).toMatchObject({ found: 'absent' });
    expect(started.gitlab.asked.filter(({ path }) => path.includes('/tree?'))).toHaveLength(2);
  });

  test('pages that never end are given up', async () => {
    const { ask, candidate, gitlab } = await lying(/\/never/, '');
    expect(gitlab.asked).toEqual([]);
    const { world, commits } = smallWorld();
    addPipeline(world, commits[0] ?? '');
    const endless = await startGitlab(world, {
      instead: (path) => {
        const page = Number(/\/jobs\?.*page=(\d+)$/.exec(path)?.[1] ?? 0);
        return page === 0 ? null : { text: '[]', headers: { 'x-next-page': String(page + 1) } };
      },
    });
    await endless.ask([runsQuestion()], candidate);
    expect(endless.gitlab.asked.filter(({ path }) => path.includes('/jobs?'))).toHaveLength(10);
    const back = await lying(/\/jobs\?/, '[]', { headers: { 'x-next-page': '1' } });
    await back.ask([runsQuestion()], back.candidate);
    expect(back.gitlab.asked.filter(({ path }) => path.includes('/jobs?'))).toHaveLength(1);
    expect(await ask([runsQuestion()], candidate)).toMatchObject({
      observations: [{ outcome: { ok: true } }],
    });
  });
});

test.each([
  ['a page of a proxy’s', '<!doctype html><title>Sign in</title>'],
  ['JSON of another shape', '{"message":"try again"}'],
  ['another blob', JSON.stringify({ sha: 'a'.repeat(40), size: 1, encoding: 'base64', content: 'eA==' })],
])('%s that came once for a file is not kept in its place', async (_what, text) => {
  const { world, commits } = smallWorld();
  let isWrong = true;
  const { ask } = await startGitlab(world, {
    instead: (path) => (isWrong && path.includes('/repository/blobs/') ? { text } : null),
  });
  const [candidate = ''] = commits;
  expect(failureOf(await ask([fileQuestion('README.md')], candidate)).kind).toBe('malformed');
  isWrong = false;
  expect(seenBy(await ask([fileQuestion('README.md')], candidate))).toMatchObject({ text: '# Node\n' });
});

describe('attack 23: the token', () => {
  test('goes with every request to its own origin, in a header and in no URL', async () => {
    const { ask, gitlab, candidate } = await lying(/never/, '');
    await ask([runsQuestion(), fileQuestion('README.md'), requiredQuestion()], candidate);
    expect(new Set(gitlab.asked.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${token}`]),
    );
    expect(gitlab.asked.some(({ path }) => path.includes(token))).toBe(false);
  });

  test('is not led away by a redirect or by an address in an answer', async () => {
    const { origin, heard } = await startStranger();
    const { ask, candidate } = await lying(/\/pipelines\?/, '', {
      status: 302,
      headers: { location: `${origin}/steal` },
    });
    expect(failureOf(await ask([runsQuestion()], candidate))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('another host or port'),
    });
    const pipeline = { id: 501, sha: candidate, status: 'success', web_url: `${origin}/run` };
    const led = await lying(/\/pipelines(\?|\/501$)/, JSON.stringify([pipeline]), {
      headers: { link: `<${origin}/more>; rel="next"`, 'x-next-page': `${origin}/more` },
    });
    await led.ask([runsQuestion()], led.candidate);
    expect(heard).toEqual([]);
  });

  test('is not sent where the source’s address was edited', async () => {
    const { origin, heard } = await startStranger();
    const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
    const { source, gitlab } = await lying(/never/, '');
    const credential = { origin: gitlab.origin, token };
    const context = { outgoing, now: () => nowMs, commit: 'a'.repeat(40), credential };
    const moved = { ...source, address: `${origin}/the-block/core/node` };
    const failure = failureOf(await askGitlab(moved, [runsQuestion()], context));
    await outgoing.close();
    expect(failure).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('set the token again'),
    });
    expect(heard).toEqual([]);
  });

  test('is in nothing that is kept, whatever a server says; nor is the runners’ token', async () => {
    const { ask, candidate } = await lying(/\/pipelines\?/, `{"message":"${token}"}`, { status: 403 });
    const refused = await ask([runsQuestion()], candidate);
    const settings = {
      id: 1,
      default_branch: 'main',
      ci_config_path: token,
      runners_token: 'GR1348941canary',
    };
    const echo = await lying(/node$/, JSON.stringify(settings));
    const told = await echo.ask([runsQuestion(), requiredQuestion()], echo.candidate);
    for (const collection of [refused, told]) {
      expect(JSON.stringify(collection)).not.toContain(token);
      expect(JSON.stringify(collection)).not.toContain('GR1348941canary');
    }
  });
});
