import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, constants, createBrotliCompress, createGzip, gzipSync } from 'node:zlib';

/** A server on loopback that behaves as no source should. For tests only. */
export interface Hostile {
  readonly origin: string;
  /** Method and path of each request it got, in order. */
  readonly requests: readonly string[];
  /** Headers of the newest request. */
  readonly lastHeaders: () => IncomingMessage['headers'];
  readonly close: () => Promise<void>;
}

type Behaviour = (request: IncomingMessage, response: ServerResponse, other: URL) => void | Promise<void>;

const mebibyte = 1024 * 1024;
const block = Buffer.alloc(64 * 1024, 0x20);

/** Sends blocks of spaces as fast as they are taken, so that what the sender holds stays small. */
async function send(response: ServerResponse, blocks: number): Promise<void> {
  const spaces = function* () {
    for (let sent = 0; sent < blocks; sent += 1) yield block;
  };
  await pipeline(Readable.from(spaces()), response).catch(() => undefined);
}

function json(body: string | Buffer, headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
  };
}

/** Bytes on the wire as they are, then the end of the connection. */
function raw(bytes: string): Behaviour {
  return (request) => {
    request.socket.end(bytes);
  };
}

function redirect(location: string, status = 302): Behaviour {
  return (_request, response) => {
    response.writeHead(status, { location }).end();
  };
}

/** What Prometheus's API answers to an expression that has one series with this value. */
function vector(value: string, more: Readonly<Record<string, unknown>> = {}): Behaviour {
  return (request, response) => {
    const result = [{ metric: {}, value: [Date.now() / 1000, value] }];
    json(JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, ...more }))(
      request,
      response,
      new URL('http://127.0.0.1'),
    );
  };
}

const zeros = Buffer.alloc(mebibyte);
const behaviours: Readonly<Record<string, Behaviour>> = {
  '/ok': json('{"ok":true}'),
  '/secrets': json('{"password":"canary","log":"sent Bearer canary0123456789canary"}'),
  '/empty': json(''),
  '/secondary-limit': (_request, response) => {
    response.writeHead(403, { 'content-type': 'application/json', 'x-ratelimit-remaining': '4000' });
    response.end('{"message":"You have exceeded a secondary rate limit. Please wait a few minutes."}');
  },
  '/html': (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
  },
  '/half': json('{"status":"success","data":{"result":[1,2,'),
  '/half-text': json('{"status":"succ'),
  '/half-number': json('{"height":12'),
  '/not-json': json('{"a": yes}'),
  '/nan': json('{"value": NaN}'),
  '/prometheus-nan': vector('NaN'),
  '/prometheus-warnings': vector('1', { warnings: ['partial answer: a store did not answer'] }),
  '/prometheus-error': json('{"status":"error","errorType":"bad_data","error":"unknown function"}'),
  '/infinity': json('{"value": [1, -Infinity]}'),
  '/overflow': json('{"value": 1e999}'),
  '/proto': json('{"__proto__":{"admin":true},"a":{"\\u005f_proto__":{"admin":true},"b":1}}'),
  '/duplicate': json('{"mode":"batch","mode":"real_time"}'),
  '/deep': json(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  '/deep-object': json(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  '/big-integer': json('{"supply":340282366920938463463,"height":1e20,"share":0.1234567890123456}'),
  '/odd-text': json('{"lone":"\\ud800","nul":"a\\u0000b"}'),
  '/gzip': json(gzipSync('{"ok":true}'), { 'content-encoding': 'gzip' }),
  '/brotli': json(brotliCompressSync('{"ok":true}'), { 'content-encoding': 'br' }),
  '/gzip-cut': json(
    gzipSync(JSON.stringify(Array.from({ length: 1000 }, (_, index) => index))).subarray(0, 900),
    {
      'content-encoding': 'gzip',
    },
  ),
  '/gzip-not': json('{"ok":true}', { 'content-encoding': 'gzip' }),
  '/unknown-encoding': json('{"ok":true}', { 'content-encoding': 'zstd' }),
  '/gzip-bomb': async (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
    const inflated = Readable.from(Array.from({ length: 4096 }, () => zeros));
    await pipeline(inflated, createGzip({ level: 1 }), response).catch(() => undefined);
  },
  // Inflates little enough for each byte to look honest, and still too far.
  '/gzip-large': async (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' });
    const half = Buffer.concat([randomBytes(16 * 1024), Buffer.alloc(240 * 1024)]);
    const inflated = Readable.from(Array.from({ length: 400 }, () => half));
    await pipeline(inflated, createGzip({ level: 1 }), response).catch(() => undefined);
  },
  '/brotli-bomb': async (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'br', 'content-type': 'application/json' });
    const quick = createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    const inflated = Readable.from(Array.from({ length: 4096 }, () => zeros));
    await pipeline(inflated, quick, response).catch(() => undefined);
  },
  '/100mb': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(100 * mebibyte) });
    return send(response, 1600);
  },
  '/100mb-unannounced': (_request, response) => send(response, 1600),
  '/endless': (_request, response) => send(response, Number.POSITIVE_INFINITY),
  '/slow': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/byte-a-second': (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    const timer = setInterval(() => response.write(' '), 1000);
    response.on('close', () => clearInterval(timer));
  },
  '/never': () => undefined,
  '/reset': (_request, response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"a":1', () => response.destroy());
  },
  '/reset-first': (request) => {
    request.socket.resetAndDestroy();
  },
  '/length-too-long': raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"ok":true}'),
  '/length-too-short': raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{"ok":true}'),
  '/length-nonsense': raw('HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{"ok":true}'),
  '/not-http': raw('SSH-2.0-OpenSSH_9.2\r\n'),
  '/header-flood': raw(`HTTP/1.1 200 OK\r\n${'x-more: aaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(2000)}\r\n{}`),
  '/redirect-same': redirect('/ok'),
  '/redirect-loop': redirect('/redirect-loop'),
  '/redirect-nowhere': (_request, response) => {
    response.writeHead(302).end();
  },
  '/redirect-other': (request, response, other) =>
    redirect(`${other.origin}/ok?token=canary`)(request, response, other),
  '/redirect-scheme': (request, response, other) =>
    redirect(`https://${request.headers.host}/ok`)(request, response, other),
  '/redirect-relative-host': redirect('//169.254.169.254/latest/meta-data'),
  '/redirect-metadata': redirect('http://169.254.169.254/latest/meta-data'),
  '/redirect-decimal': redirect('http://2852039166/latest/meta-data'),
  '/redirect-user': (request, response, other) =>
    redirect(`http://${request.headers.host}@${other.host}/ok`)(request, response, other),
  '/etag': (request, response) => {
    response.setHeader('etag', '"v1"');
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else response.end(JSON.stringify({ for: request.headers.authorization ?? 'nobody' }));
  },
  '/for': (request, response) => {
    response.end(JSON.stringify({ for: request.headers.authorization ?? 'nobody' }));
  },
  '/close-after-first': (request, response) => {
    const used = Reflect.get(request.socket, 'used') === true;
    Reflect.set(request.socket, 'used', true);
    if (used) request.socket.resetAndDestroy();
    else response.end('{"ok":true}');
  },
};

/** `/status/429?retry-after=30`: the status, with the query as headers. */
function statusBehaviour(request: IncomingMessage, response: ServerResponse, url: URL): void {
  const headers = Object.fromEntries(url.searchParams);
  response.writeHead(Number(url.pathname.split('/')[2]), { 'content-type': 'application/json', ...headers });
  response.end(request.method === 'HEAD' ? '' : '{"error":"no"}');
}

/**
 * Starts the hostile server on 127.0.0.1 with a port of the system's choice. Its paths are the keys above, with
 * anything after them, and `/status/<code>`; `other` is where its redirects to another host lead, by default to port 9 of the same address.
 */
export async function startHostile(other = 'http://127.0.0.1:9'): Promise<Hostile> {
  const requests: string[] = [];
  let headers: IncomingMessage['headers'] = {};
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    headers = request.headers;
    const url = new URL(request.url ?? '/', 'http://hostile');
    const behaviour = behaviours[`/${url.pathname.split('/')[1]}`];
    if (behaviour) void behaviour(request, response, new URL(other));
    else if (url.pathname.startsWith('/status/')) statusBehaviour(request, response, url);
    else response.writeHead(404).end();
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    lastHeaders: () => headers,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
