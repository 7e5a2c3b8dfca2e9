import { createServer, type IncomingMessage } from 'node:http';
import { onLoopback } from '#e2e/loopback.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';

/** What the stand-in for Prometheus says to one request. */
export interface Said {
  readonly status?: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FakePrometheus {
  readonly source: SourceSpec;
  /** Paths asked for, in order, each with its query text. */
  readonly asked: readonly {
    readonly path: string;
    readonly query: string;
    readonly bytes: number;
    readonly authorization: string | null;
  }[];
  readonly stop: () => Promise<void>;
}

/** Stands where Prometheus would, to say what a real one cannot be made to say. `answer` null: 404. */
export async function fakePrometheus(
  answer: (path: string, query: string, bytes: number) => Said | null,
): Promise<FakePrometheus> {
  const asked: FakePrometheus['asked'][number][] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const url = new URL(request.url ?? '/', 'http://fake');
    const query = new URLSearchParams(body || url.search).get('query') ?? '';
    const path = url.pathname.replace('/api/v1/', '');
    asked.push({ path, query, bytes: body.length, authorization: request.headers.authorization ?? null });
    const said = answer(path, query, body.length) ?? { status: 404, body: 'not found' };
    const contentType = said.contentType ?? 'application/json';
    response.writeHead(said.status ?? 200, { 'content-type': contentType, ...said.headers }).end(said.body);
  });
  const { url: address, stop } = await onLoopback(server);
  return {
    source: {
      id: 'prometheus',
      title: 'Prometheus energy',
      kind: 'prometheus',
      network: null,
      address,
      everyMs: 15_000,
      timeoutMs: 2000,
      buildInfo: null,
    },
    asked,
    stop,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A whole answer. */
export function success(data: unknown, more: Readonly<Record<string, unknown>> = {}): Said {
  return { body: JSON.stringify({ status: 'success', data, ...more }) };
}

/** A range vector of one sample a name, of now; `up` goes with it. */
export function windowOf(names: readonly string[], more: Readonly<Record<string, unknown>> = {}): Said {
  const at = Math.floor(Date.now() / 1000);
  const result = [...names, 'up'].map((name) => ({
    metric: { __name__: name, job: 'node', instance: 'a' },
    values: [[at, '1']],
  }));
  return success({ resultType: 'matrix', result }, more);
}
