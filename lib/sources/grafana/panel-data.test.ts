import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { onLoopback } from '#e2e/loopback.ts';
import { isSilence } from '#lib/domain/failure.ts';
import type { PanelDataSeen } from '#lib/domain/observations/grafana.ts';
import type { Collection, Question } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { failureOf, seenBy } from '../collected.fixture.ts';
import { askSource } from '../registry.ts';

const endMs = Date.parse('2026-11-20T08:00:00Z');
const minute = 60_000;

/** What a Grafana says to a panel's query whose clock stands at `endMs`. */
async function told(
  status: number,
  body: unknown,
  more: Partial<Extract<Question, { ask: 'panel-data' }>> = {},
): Promise<Collection> {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(status, {
        'content-type': 'application/json',
        date: new Date(endMs).toUTCString(),
      });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  const { url, stop } = await onLoopback(server);
  const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
  onTestFinished(async () => {
    await outgoing.close();
    await stop();
  });
  const source: SourceSpec = {
    id: 'grafana',
    title: 'Grafana',
    kind: 'grafana',
    network: null,
    address: url,
    everyMs: 60_000,
    timeoutMs: 5000,
    buildInfo: null,
  };
  const question: Question = {
    ask: 'panel-data',
    source: 'grafana',
    dataSource: { uid: 'prom', type: 'prometheus' },
    expr: 'a',
    instant: false,
    rangeMs: 60 * minute,
    ...more,
  };
  return askSource(source, [question], { outgoing, now: Date.now, commit: null });
}

const failed = (error: string, status?: number) => ({
  results: { Q0: { error, ...(status === undefined ? {} : { status }), frames: [] } },
});
const refusedPost = 'Post "http://prometheus:9090/api/v1/query_range": dial tcp: connect: connection refused';

describe('a data source that does not answer behind a Grafana that does is silence', () => {
  test.each<[string, number, unknown]>([
    ['unreachable', 400, failed(refusedPost, 502)],
    ['unreachable, of a plugin that knows no status', 500, failed(refusedPost, 500)],
    ['unreachable, of a Grafana that tells no status', 400, failed(refusedPost)],
    ['starting', 207, failed('unexpected response: Service Unavailable', 503)],
    ['too slow', 400, failed('context deadline exceeded', 504)],
    ['asked too often', 400, failed('too many requests', 429)],
    ['answering 5xx, by the words of older ones', 400, failed('server_error: server error: 503')],
  ])('%s', async (_, status, body) => {
    const failure = failureOf(await told(status, body));
    expect(isSilence(failure)).toBe(true);
    expect(failure.message).toContain('Grafana answers, and its data source prom does not');
  });

  test('as is a Grafana whose own answer is a 5xx without any', async () => {
    for (const body of [{ message: 'Query data error' }, '<html>Bad gateway</html>'])
      expect(failureOf(await told(500, body))).toMatchObject({ kind: 'server-error', status: 500 });
  });
});

describe('a data source that answers with a refusal is heard', () => {
  test.each([
    ['a query that does not parse', failed('bad_data: 1:4: parse error: unexpected end of input', 400)],
    ['the same in another status', failed('bad_data: parse error', 500)],
    ['a query that cannot be run', failed('execution: found duplicate series', 422)],
    ['a password that is not right', failed('401 Unauthorized', 401)],
    ['no Prometheus at that address', failed('404 page not found', 404)],
    ['words that nobody knows, without a status', failed('the plugin says no')],
  ])('%s', async (_, body) => {
    const { error } = seenBy<PanelDataSeen>(await told(400, body));
    expect(error).toBe(body.results.Q0.error);
  });
});

/** A frame with values so many minutes before the range's end; `NaN` as Grafana writes it. */
const frame = (...points: readonly (readonly [number, number])[]) => ({
  schema: { fields: [{ type: 'time' }, { type: 'number', labels: {} }] },
  data: {
    values: [
      points.map(([before]) => endMs - before * minute),
      points.map(([, value]) => (Number.isNaN(value) ? null : value)),
    ],
    entities: [null, { NaN: points.flatMap(([, value], at) => (Number.isNaN(value) ? [at] : [])) }],
  },
});
const frames = (...all: ReturnType<typeof frame>[]) => ({ results: { Q0: { status: 200, frames: all } } });
const atEnd = async (body: unknown, more = {}) => seenBy<PanelDataSeen>(await told(200, body, more)).atEnd;

describe('what a query over a range has at its end', () => {
  test('is what is nearer than five minutes, by Grafana’s own clock', async () => {
    expect(await atEnd(frames(frame([10, 1], [0, 1])))).toEqual({
      series: 1,
      numbers: 1,
      lastNumberMsBefore: 0,
    });
    expect(await atEnd(frames(frame([60, 1], [5, 1])))).toMatchObject({ numbers: 1 });
    expect(await atEnd(frames(frame([60, 1], [14, 1])))).toEqual({
      series: 0,
      numbers: 0,
      lastNumberMsBefore: 14 * minute,
    });
  });

  test('or nearer than two steps, where those are longer', async () => {
    const rangeMs = 24 * 60 * minute;
    expect(await atEnd(frames(frame([20, 1])), { rangeMs })).toMatchObject({ series: 1 });
    expect(await atEnd(frames(frame([25, 1])), { rangeMs })).toMatchObject({ series: 0 });
  });

  test('is of all series: one that goes on is enough, and the newest number is told', async () => {
    const both = frames(frame([40, 1]), frame([20, 1], [1, 1]));
    expect(await atEnd(both)).toEqual({ series: 1, numbers: 1, lastNumberMsBefore: minute });
  });

  test('tells a NaN from nothing', async () => {
    expect(await atEnd(frames(frame([14, 1], [1, Number.NaN])))).toEqual({
      series: 1,
      numbers: 0,
      lastNumberMsBefore: 14 * minute,
    });
  });

  test('is not asked of an instant', async () => {
    expect(await atEnd(frames(frame([0, 1])), { instant: true })).toBeNull();
  });
});
