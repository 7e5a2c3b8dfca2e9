import { afterEach, describe, expect, test } from 'vitest';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import type { Collection, Question } from '#lib/domain/question.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { type FakePrometheus, fakePrometheus, type Said, success, windowOf } from './fake.fixture.ts';
import { askPrometheus } from './index.ts';

let fake: FakePrometheus | null = null;
afterEach(() => fake?.stop());

async function ask(
  questions: readonly Question[],
  answer: (path: string, query: string, bytes: number) => Said | null,
  now: () => number = Date.now,
): Promise<Collection> {
  fake = await fakePrometheus(answer);
  const outgoing = createOutgoing({ allow: ['127.0.0.1'] });
  const collection = await askPrometheus(fake.source, questions, { outgoing, now, commit: null });
  await outgoing.close();
  return collection;
}

function metric(name: string, type: Extract<Question, { ask: 'metric' }>['type'] = null): Question {
  return { ask: 'metric', source: 'prometheus', name, type, job: null, freshWithinMs: 60_000 };
}

function promql(expr: string, range: Extract<Question, { ask: 'promql' }>['range'] = null): Question {
  return { ask: 'promql', source: 'prometheus', expr, range };
}

function said({ observations }: Collection) {
  return observations.map(({ outcome }) =>
    outcome.ok ? 'ok' : [outcome.failure.kind, told(outcome.failure.message)],
  );
}

function told(message: string): string {
  return message.replaceAll(/127\.0\.0\.1:\d+/g, '{address}');
}

function seen({ observations }: Collection, index = 0): MetricSeen {
  const outcome = observations[index]?.outcome;
  if (!outcome?.ok || !('liveSeries' in outcome.value)) throw new Error('not answered');
  return outcome.value;
}

describe('an answer that is none', () => {
  const page = '<!doctype html><title>Sign in</title>';
  const refusal = (errorType: string, error: string) => JSON.stringify({ status: 'error', errorType, error });
  test.each<[string, Said, string, string]>([
    [
      'a web page',
      { body: page, contentType: 'text/html' },
      'malformed',
      'Prometheus energy answered 200, but the answer is a web page (HTML) and no JSON: a sign-in page, a proxy, or the wrong path.',
    ],
    [
      'half a JSON',
      { body: '{"status":"success","data":{"resultType":"matrix","resul' },
      'malformed',
      'Prometheus energy answered 200, but the answer breaks off after 56 characters: half a JSON, cut by its program or a proxy.',
    ],
    [
      'NaN as a number',
      { body: '{"status":"success","data":{"resultType":"scalar","result":[1,NaN]}}' },
      'malformed',
      'Prometheus energy answered 200, but the answer holds NaN, which is not JSON: its program must write null or a string there.',
    ],
    [
      'JSON of something else',
      { body: '{"data":[]}' },
      'malformed',
      'Prometheus energy answered 200 with JSON that is not of Prometheus’s API: check address and path.',
    ],
    [
      'samples of another shape',
      success({ resultType: 'vector', result: [{ metric: {}, value: 1 }] }),
      'malformed',
      'Prometheus energy answered with JSON that has a sample that is not a time and a text in series 1: it is not an answer of Prometheus.',
    ],
    [
      'an error with 200',
      { body: refusal('execution', 'query timed out in a proxy') },
      'error-status',
      'Prometheus energy refused the query (execution): query timed out in a proxy.',
    ],
    [
      'a refusal with 422',
      { status: 422, body: refusal('execution', 'many-to-many matching not allowed') },
      'error-status',
      'Prometheus energy refused the query (execution): many-to-many matching not allowed.',
    ],
    [
      'a query that took too long',
      { status: 503, body: refusal('timeout', 'query timed out in expression evaluation') },
      'timeout',
      'Prometheus energy gave up on the query: query timed out in expression evaluation.',
    ],
    [
      'a server that starts',
      { status: 503, body: 'Service Unavailable', contentType: 'text/plain' },
      'server-error',
      'Prometheus energy answered 503: it has trouble of its own; look at its log.',
    ],
    [
      'a bad request without a word',
      { status: 400, body: page, contentType: 'text/html' },
      'error-status',
      'Prometheus energy answered 400 without saying why: check that the address is Prometheus’s.',
    ],
    [
      'success with an error’s status',
      { ...success({ resultType: 'vector', result: [] }), status: 500 },
      'server-error',
      'Prometheus energy answered 500: it has trouble of its own; look at its log.',
    ],
    [
      'nesting without end',
      { body: `{"status":"success","data":${'['.repeat(5000)}` },
      'malformed',
      'Prometheus energy answered 200, but the answer is nested more than 200 levels deep: nothing we read is.',
    ],
  ])('%s', async (_title, answer, kind, message) => {
    const collection = await ask([metric('a'), promql('b')], () => answer);
    expect(said(collection)).toEqual([
      [kind, message],
      [kind, message],
    ]);
    expect(collection.observations.map(({ question }) => question.ask)).toEqual(['metric', 'promql']);
  });

  test('a missing endpoint is said to be so', async () => {
    const collection = await ask([{ ask: 'rules', source: 'prometheus' }], () => null);
    expect(said(collection)).toEqual([
      [
        'not-found',
        'Prometheus energy at http://{address}/api/v1/rules answered 404: nothing is at that path; check address and path.',
      ],
    ]);
  });
});

describe('metrics', () => {
  test('of all questions go in one request, and types in a second', async () => {
    const names = ['a', 'b', 'c'];
    const collection = await ask([...names.map((name) => metric(name, 'counter')), metric('a')], (path) =>
      path === 'query' ? windowOf(names) : success({ a: [{ type: 'counter', help: '', unit: '' }] }),
    );
    expect(said(collection)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(fake?.asked.map(({ path }) => path).sort()).toEqual(['metadata', 'query']);
    expect(collection.requests).toBe(2);
    expect(fake?.asked.find(({ path }) => path === 'query')?.query).toBe('{__name__=~"a|b|c|up"}[60s]');
  });

  test('serve their types for a while, but never against what is declared or for what is absent', async () => {
    let nowMs = Date.now();
    let type = 'counter';
    let emitted = ['a'];
    const it = await fakePrometheus((path) =>
      path === 'query' ? windowOf(emitted) : success({ a: [{ type, help: '', unit: '' }] }),
    );
    fake = it;
    const now = () => nowMs;
    const outgoing = createOutgoing({ allow: ['127.0.0.1'], now });
    const asked = async (declared: 'counter' | 'gauge' = 'counter') => {
      const from = it.asked.length;
      const context = { outgoing, now, commit: null };
      const collection = await askPrometheus(it.source, [metric('a', declared)], context);
      const paths = it.asked.slice(from).map(({ path }) => path);
      expect(collection.requests).toBe(paths.length);
      expect(collection.observations[0]?.answers).not.toHaveLength(0);
      return [seen(collection).types, paths.filter((path) => path === 'metadata').length];
    };
    expect(await asked()).toEqual([['counter'], 1]);
    expect(await asked()).toEqual([['counter'], 0]);
    type = 'gauge';
    expect(await asked('gauge')).toEqual([['gauge'], 1]);
    nowMs += 60_001;
    expect(await asked()).toEqual([['gauge'], 1]);
    emitted = [];
    expect((await asked('gauge'))[1]).toBe(1);
    await outgoing.close();
  });

  test('are found though a server lacks everything but queries (Thanos, Mimir)', async () => {
    const collection = await ask([metric('a', 'counter'), metric('b', 'counter')], (path, query) =>
      path === 'query'
        ? query.includes('max_over_time')
          ? success({ resultType: 'vector', result: [] })
          : windowOf(['a'])
        : null,
    );
    expect(said(collection)).toEqual(['ok', 'ok']);
    expect(seen(collection, 0)).toMatchObject({ liveSeries: 1, types: [] });
    expect(seen(collection, 1).absence).toMatchObject({
      lastSeenAt: null,
      searchedMs: 15 * 86_400_000,
      retentionMs: null,
      jobs: [{ job: 'node', up: 1, down: 0, unknown: 0 }],
    });
    expect(collection.requests).toBeLessThanOrEqual(7);
  });

  test('whose search is refused are absent, and never is not said', async () => {
    const collection = await ask([metric('b', 'counter')], (path, query) => {
      if (path !== 'query') return success({});
      const body = JSON.stringify({ status: 'error', errorType: 'execution', error: 'too many samples' });
      return query.includes('max_over_time') ? { status: 422, body } : windowOf([]);
    });
    expect(seen(collection).absence).toMatchObject({ lastSeenAt: null, searchedMs: null });
  });

  test('whose types cannot be asked for now have no answer, rather than one without types', async () => {
    const collection = await ask([metric('a', 'counter'), metric('b')], (path) =>
      path === 'query' ? windowOf(['a', 'b']) : { status: 503, body: 'down' },
    );
    expect(said(collection)).toEqual([
      ['server-error', 'Prometheus energy answered 503: it has trouble of its own; look at its log.'],
      'ok',
    ]);
  });

  test('are asked for in halves where a proxy allows no more', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `a_rather_long_metric_name_${index}`);
    const collection = await ask(
      names.map((name) => metric(name)),
      (_path, query, bytes) =>
        bytes > 3000
          ? { status: 413, body: '<html>too large</html>' }
          : windowOf(names.filter((name) => query.includes(`${name}|`))),
    );
    expect(said(collection).every((one) => one === 'ok')).toBe(true);
    expect(names.every((_name, index) => seen(collection, index).liveSeries === 1)).toBe(true);
  });

  test('of a server that always sends too much are given up after a few tries', async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `a_rather_long_metric_name_${index}`);
    const huge = success({ resultType: 'matrix', result: [], padding: 'x'.repeat(33 * 1024 * 1024) });
    const collection = await ask(
      names.map((name) => metric(name)),
      () => huge,
    );
    expect(collection.requests).toBeLessThanOrEqual(7);
    expect(new Set(said(collection).map(([kind]) => kind))).toEqual(new Set(['too-large']));
  });

  test('keep what Prometheus warns of', async () => {
    const collection = await ask([metric('a')], () => windowOf(['a'], { warnings: ['store s1 is down'] }));
    expect(seen(collection).warnings).toEqual(['store s1 is down']);
  });

  test('with windows far apart are two requests, and not one with all samples of the longest', async () => {
    const slow: Question = {
      ask: 'metric',
      source: 'prometheus',
      name: 'b',
      type: null,
      job: null,
      freshWithinMs: 3_600_000,
    };
    await ask([metric('a'), slow], (_path, query) => windowOf([query.includes('a|') ? 'a' : 'b']));
    expect(fake?.asked.map(({ query }) => query).sort()).toEqual([
      '{__name__=~"a|up"}[60s]',
      '{__name__=~"b|up"}[3600s]',
    ]);
  });
});

describe('expressions', () => {
  test('whose labels hold NUL or half a character are kept as what can be stored', async () => {
    const labels = { __name__: 'up', nul: 'a\0', half: 'a\ud800', whole: '😀' };
    const collection = await ask([promql('up')], (path) => {
      const sample: [number, string] = [Date.now() / 1000, '1'];
      const result = [{ metric: labels, ...(path === 'query' ? { value: sample } : { values: [sample] }) }];
      return success({ resultType: path === 'query' ? 'vector' : 'matrix', result });
    });
    const observed = JSON.stringify(collection.observations);
    expect(said(collection)).toEqual(['ok']);
    expect(observed).toContain('"nul":"a\ufffd","half":"a\ufffd","whole":"😀"');
  });

  test('that are the same are asked once', async () => {
    const vector = success({ resultType: 'vector', result: [{ metric: {}, value: [1, '1'] }] });
    const collection = await ask([promql('sum(a)'), promql('sum(a)'), promql('sum(b)')], () => vector);
    expect(said(collection)).toEqual(['ok', 'ok', 'ok']);
    expect(collection.requests).toBe(2);
    expect(collection.observations.map(({ answers }) => answers.length)).toEqual([1, 1, 1]);
  });

  test('over a range are asked again by Prometheus’s clock where ours is wrong', async () => {
    const theirsMs = 1_795_000_000_000;
    const date = { date: new Date(theirsMs).toUTCString() };
    const matrix = { ...success({ resultType: 'matrix', result: [] }), headers: date };
    const oursMs = theirsMs + 600_000;
    const collection = await ask(
      [promql('a', { rangeMs: 60_000, stepMs: 15_000 })],
      () => matrix,
      () => oursMs,
    );
    const outcome = collection.observations[0]?.outcome;
    expect(outcome?.ok && 'range' in outcome.value && outcome.value.range).toEqual({
      fromSeconds: theirsMs / 1000 - 45,
      toSeconds: theirsMs / 1000,
      stepSeconds: 15,
    });
    expect(collection.requests).toBe(2);
  });
});

test('a question for another kind of source is refused in words', async () => {
  const collection = await ask([{ ask: 'file', source: 'prometheus', path: 'README.md' }], () => null);
  expect(said(collection)).toEqual([
    [
      'refused',
      'A Prometheus cannot answer questions of the kind file: give this check a source of its own kind.',
    ],
  ]);
  expect(collection.requests).toBe(0);
});
