import { describe, expect, test } from 'vitest';
import type { CiRequiredSeen, CiRunsSeen } from '#lib/domain/observations/ci.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import { startStranger } from '../stranger.fixture.ts';
import {
  fileQuestion,
  job,
  nowMs,
  requiredQuestion,
  run,
  runsQuestion,
  smallWorld,
  startGithub,
  token,
} from './github.fixture.ts';
import { askGithub } from './index.ts';

/** A sound repository of which one path is answered with something else. */
async function lying(
  where: RegExp,
  text: string,
  more: { status?: number; headers?: Record<string, string> } = {},
) {
  const { world, commits } = smallWorld();
  const [candidate = ''] = commits;
  world.runs.push(run(candidate));
  const started = await startGithub(world, {
    instead: (path) => (where.test(path) ? { text, ...more } : null),
  });
  return { ...started, world, candidate };
}

describe('answers that are nonsense are malformed, whichever they stand for', () => {
  const paths: [string, RegExp][] = [
    ['commits', /\/commits\?/],
    ['commit', /\/git\/commits\//],
    ['tree', /\/git\/trees\//],
    ['workflow', /fast-mainnet\.yml$/],
    ['runs', /\/runs\?/],
    ['jobs', /\/jobs\?/],
  ];
  const bodies: [string, string][] = [
    ['HTML', '<!doctype html><title>Sign in</title>'],
    ['half a JSON', '{"total_count":1,"workflow_runs":[{"id":'],
    ['another type', '{"total_count":"many","workflow_runs":7,"jobs":{},"tree":3,"sha":5}'],
    ['null', 'null'],
    ['a list of nulls', '[null]'],
    ['deep', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ];
  test.each(paths.flatMap(([what, where]) => bodies.map(([how, text]) => [what, how, where, text] as const)))(
    '%s: %s',
    async (what, _how, where, text) => {
      const { ask, candidate } = await lying(where, text);
      const collection = await ask([runsQuestion(), fileQuestion('README.md')], candidate);
      const index = what === 'commit' || what === 'tree' ? 1 : 0;
      expect(failureOf(collection, index)).toMatchObject({
        kind: 'malformed',
        message: expect.stringContaining('GitHub'),
      });
    },
  );

  test('an answer of 20 MiB is not read', async () => {
    const { ask, candidate } = await lying(/\/runs\?/, ' '.repeat(20 * 1024 * 1024));
    expect(failureOf(await ask([runsQuestion()], candidate)).kind).toBe('too-large');
  });
});

describe('answers of something else', () => {
  const other = 'c'.repeat(40);
  test.each<[string, RegExp, string]>([
    [
      'commits',
      /\/commits\?/,
      JSON.stringify([{ sha: other, parents: [], commit: { message: 'x', committer: null } }]),
    ],
    ['no commits', /\/commits\?/, '[]'],
    [
      'runs of another commit',
      /\/runs\?/,
      JSON.stringify({
        workflow_runs: [
          {
            id: 1,
            workflow_id: 11,
            head_sha: other,
            run_number: 1,
            event: 'push',
            status: 'completed',
            conclusion: 'success',
            created_at: '',
            updated_at: '',
            html_url: '',
          },
        ],
      }),
    ],
    [
      'another workflow',
      /fast-mainnet\.yml$/,
      JSON.stringify({
        id: 12,
        name: 'x',
        path: '.github/workflows/other.yml',
        state: 'active',
        html_url: '',
      }),
    ],
    [
      'jobs of another run',
      /\/jobs\?/,
      JSON.stringify({
        total_count: 1,
        jobs: [{ run_id: 7, name: 'x', status: 'completed', conclusion: 'success' }],
      }),
    ],
  ])('%s', async (_what, where, text) => {
    const { ask, candidate } = await lying(where, text);
    expect(failureOf(await ask([runsQuestion()], candidate))).toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('look at what stands between'),
    });
  });

  test('a blob whose content does not fit its id', async () => {
    const text = JSON.stringify({ sha: 'a'.repeat(40), size: 1, encoding: 'base64', content: 'eA==' });
    const { ask, candidate } = await lying(/\/git\/blobs\//, text);
    expect(failureOf(await ask([fileQuestion('README.md')], candidate)).message).toContain(
      'answered with another',
    );
  });

  test('commits that are their own ancestors end', async () => {
    const { ask, candidate } = await lying(/\/commits\?/, '[]');
    const loop = { sha: candidate, parents: [{ sha: candidate }], commit: { message: '', committer: null } };
    const looping = await lying(/\/commits\?/, JSON.stringify([loop]));
    expect(failureOf(await ask([runsQuestion(50)], candidate)).kind).toBe('malformed');
    expect(failureOf(await looping.ask([runsQuestion(50)], looping.candidate)).kind).toBe('malformed');
  });

  test('attack 18: words not known are unknown, names are shown with what is hidden in them, links elsewhere and __proto__ are dropped', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    const text = (run_id: number) =>
      `{"total_count":1,"__proto__":{"admin":true},"jobs":[{"__proto__":{"admin":true},"run_id":${run_id},"name":"a\\u0000b\\ud800\\u202ec\\u001b[31m","status":"completed","conclusion":"vetoed","html_url":"javascript:alert(1)"}]}`;
    world.runs.push(run(candidate, { conclusion: 'constructor', attempts: [[job('x')]] }));
    const started = await startGithub(world, {
      instead: (path) => (/\/jobs\?/.test(path) ? { text: text(501) } : null),
    });
    const [seen] = seenBy<CiRunsSeen>(await started.ask([runsQuestion()], candidate)).commits;
    expect(seen?.runs[0]).toMatchObject({ phase: 'finished', conclusion: 'unknown' });
    expect(seen?.runs[0]?.jobs).toEqual([
      {
        name: 'a\ufffdb\ufffd\\u{202E}c [31m',
        phase: 'finished',
        conclusion: 'unknown',
        tookMs: null,
        href: null,
        mayFail: false,
        failedBefore: 0,
      },
    ]);
    expect({}).not.toHaveProperty('admin');
  });

  test('attack 18: a job with a mark in its name that nobody sees is not the job of the name without', async () => {
    const { world, commits } = smallWorld();
    const [candidate = ''] = commits;
    world.runs.push(run(candidate, { attempts: [[job('Mainnet gate\u200b'), job('Mainnet g\u0430te')]] }));
    const started = await startGithub(world);
    const [seen] = seenBy<CiRunsSeen>(await started.ask([runsQuestion()], candidate)).commits;
    expect(seen?.runs[0]?.jobs?.map(({ name }) => name)).toEqual([
      'Mainnet gate\\u{200B}',
      'Mainnet g\u0430te',
    ]);
  });

  test('a rule of a kind not known requires nothing; one misshapen is no answer', async () => {
    const { ask } = await lying(/\/rules\//, '[{"type":"quantum","parameters":7},{"type":"workflows"}]');
    expect(failureOf(await ask([requiredQuestion()], null)).message).toContain(
      'a rule “workflows” of a shape',
    );
    const fine = await lying(/\/rules\//, '[{"type":"quantum","parameters":7}]');
    expect(seenBy<CiRequiredSeen>(await fine.ask([requiredQuestion()], null)).required).toEqual([]);
  });
});

test.each([
  ['a page of a proxy’s', '<!doctype html><title>Sign in</title>'],
  ['JSON of another shape', '{"message":"try again"}'],
  ['another blob', JSON.stringify({ sha: 'a'.repeat(40), size: 1, encoding: 'base64', content: 'eA==' })],
])('%s that came once for a file is not kept in its place', async (_what, text) => {
  const { world, commits } = smallWorld();
  let isWrong = true;
  const { ask } = await startGithub(world, {
    instead: (path) => (isWrong && path.includes('/git/blobs/') ? { text } : null),
  });
  const [candidate = ''] = commits;
  expect(failureOf(await ask([fileQuestion('README.md')], candidate)).kind).toBe('malformed');
  isWrong = false;
  expect(seenBy(await ask([fileQuestion('README.md')], candidate))).toMatchObject({ text: '# Node\n' });
});

describe('attack 23: the token', () => {
  test('goes to its own origin alone: no redirect and no address in an answer leads it away', async () => {
    const { origin, heard } = await startStranger();
    const { ask, candidate } = await lying(/\/runs\?/, '', {
      status: 302,
      headers: { location: `${origin}/steal` },
    });
    expect(failureOf(await ask([runsQuestion()], candidate))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('another host or port'),
    });
    const jobs = {
      id: 501,
      workflow_id: 11,
      head_sha: candidate,
      run_number: 1,
      event: 'push',
      status: 'completed',
      conclusion: 'success',
      created_at: '',
      updated_at: '',
      html_url: `${origin}/run`,
      jobs_url: `${origin}/jobs`,
    };
    const led = await lying(/\/runs\?/, JSON.stringify({ workflow_runs: [jobs], next: `${origin}/more` }), {
      headers: { link: `<${origin}/more>; rel="next"` },
    });
    expect(
      seenBy<CiRunsSeen>(await led.ask([runsQuestion()], led.candidate)).commits[0]?.runs[0]?.href,
    ).toBeNull();
    expect(heard).toEqual([]);
  });

  test('is not sent where the source’s address was edited', async () => {
    const { origin, heard } = await startStranger();
    const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
    const { source, github } = await lying(/never/, '');
    const credential = { origin: github.origin, token };
    const context = { outgoing, now: () => nowMs, commit: 'a'.repeat(40), credential };
    const moved = { ...source, address: `${origin}/the-block/node` };
    const failure = failureOf(await askGithub(moved, [runsQuestion()], context));
    await outgoing.close();
    expect(failure).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('set the token again'),
    });
    expect(heard).toEqual([]);
  });

  test.each(['line\r\nx-evil: 1', 'line\nx', 'nul\u0000', 'wide\u2028'])(
    'with %j in it is not sent',
    async (bad) => {
      const { ask, github, candidate } = await lying(/never/, '');
      const credential = { origin: github.origin, token: bad };
      const failure = failureOf(await ask([runsQuestion()], candidate, { credential }));
      expect(failure).toMatchObject({ kind: 'refused', message: expect.stringContaining('line break') });
      expect(github.asked).toEqual([]);
    },
  );

  test('is in nothing that is kept, whatever a server says', async () => {
    const { ask, candidate } = await lying(/\/rules\//, `{"message":"${token}"}`, { status: 403 });
    const echo = await lying(
      /fast-mainnet\.yml$/,
      `{"id":11,"name":"${token}","path":".github/workflows/fast-mainnet.yml","state":"active","html_url":"","download_url":"http://x/?token=AAAA1111BBBB2222"}`,
    );
    const kept = JSON.stringify([
      await ask([runsQuestion(), requiredQuestion(), fileQuestion('README.md')], candidate),
      await echo.ask([runsQuestion(), requiredQuestion()], echo.candidate),
    ]);
    expect(kept).toContain('[redacted]');
    expect(kept).not.toContain(token);
    expect(kept).not.toContain('AAAA1111BBBB2222');
  });
});
