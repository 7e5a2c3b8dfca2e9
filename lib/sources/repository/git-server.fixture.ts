import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onLoopback } from '#e2e/loopback.ts';

/** A real Git server over HTTP, on this machine: Git's own `http-backend` behind a small door. */
export interface GitServer {
  readonly url: (name: string) => string;
  /** Requests since it began. */
  readonly requests: () => number;
  /** What it does with the next requests instead of answering them. */
  behave: (response: ((response: ServerResponse) => void) | null) => void;
  readonly close: () => Promise<void>;
}

/** Serves the repositories of a folder. Protocol: git-http-backend(1). */
export async function serveGit(root: string): Promise<GitServer> {
  let count = 0;
  let behaviour: ((response: ServerResponse) => void) | null = null;
  const server = createServer((request, response) => {
    count += 1;
    if (behaviour) behaviour(response);
    else answer(root, request, response);
  });
  const { url, stop } = await onLoopback(server);
  return {
    url: (name) => `${url}/${name}`,
    requests: () => count,
    behave: (next) => {
      behaviour = next;
    },
    close: stop,
  };
}

function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://x');
  const backend = spawn('git', ['-c', 'safe.directory=*', 'http-backend'], {
    env: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      REMOTE_ADDR: '127.0.0.1',
    } as Partial<NodeJS.ProcessEnv> as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(backend.stdin);
  const parts: Buffer[] = [];
  backend.stdout.on('data', (part: Buffer) => parts.push(part));
  backend.on('close', () => {
    const all = Buffer.concat(parts);
    const at = all.indexOf('\r\n\r\n');
    const headers = all.toString('latin1', 0, Math.max(at, 0)).split('\r\n');
    let status = 200;
    for (const header of headers) {
      const [name = '', value = ''] = header.split(/: (.*)/s);
      if (name === 'Status') status = Number.parseInt(value, 10);
      else if (name !== '') response.setHeader(name, value);
    }
    response.writeHead(status).end(all.subarray(at + 4));
  });
}
