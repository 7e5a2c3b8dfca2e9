import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test as base, expect } from '@playwright/test';
import { currentUser, layoutOf } from '#lib/server/postgres/layout.ts';
import { dataIn } from '../demo/place.ts';

export interface Demo {
  /** `http://localhost:PORT` */
  readonly origin: string;
  readonly board: string;
  /** Takes a step of the story. */
  readonly step: (name: string) => Promise<void>;
  /** Commits to the demo's repository, and leaves the candidate where it is. Gives the commit. */
  readonly commit: () => Promise<string>;
  /** All that its processes have said so far. */
  readonly said: () => string;
  /** Where its repository and Prometheus keep what they keep. */
  readonly folder: string;
  /** The same of its database. */
  readonly home: string;
  /** Ends the process that serves pages, hard; its keeper starts it again. */
  readonly killPages: () => Promise<void>;
}

/**
 * A running demo for all journeys of a worker, and pages that fail on any error in the console, and on anything that they
 * load from elsewhere.
 */
export const test = base.extend<
  { quietConsole: undefined; nothingElsewhere: undefined },
  { demo: Demo; demoOf: string }
>({
  /** Journeys that name another one have a demo of their own: what others did to theirs is not in it. */
  demoOf: ['all', { option: true, scope: 'worker' }],
  demo: [
    async ({ demoOf: _ }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'big-green-journey-'));
      const { child, board, story, said } = await startDemo(folder);
      const step = async (name: string) => {
        const answer = await fetch(`${story}/step`, {
          method: 'POST',
          body: new URLSearchParams({ step: name }),
        });
        if (!answer.ok) throw new Error(await answer.text());
      };
      await use({
        origin: new URL(board).origin,
        board,
        step,
        said,
        folder,
        home: layoutOf({
          dataDir: dataIn(join(folder, 'data', `demo-${child.pid}`)),
          user: currentUser(),
        }).home,
        commit: () => commit(join(folder, 'data', `demo-${child.pid}`, 'the-block')),
        killPages: () => killPages(child.pid ?? 0),
      });
      await stopDemo(child);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  quietConsole: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      page.on('pageerror', (error) => errors.push(error.message));
      await use(undefined);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
  nothingElsewhere: [
    async ({ context }, use) => {
      const elsewhere: string[] = [];
      context.on('request', (request) => {
        const url = new URL(request.url());
        // A page that is gone to is no part of the one before it; the rest is loaded by the page that is there.
        if (request.isNavigationRequest() || ['data:', 'blob:'].includes(url.protocol)) return;
        if (url.origin !== new URL(request.frame().url()).origin) elsewhere.push(url.href);
      });
      await use(undefined);
      expect(elsewhere).toEqual([]);
    },
    { auto: true },
  ],
});

interface Started {
  readonly child: ChildProcess;
  readonly board: string;
  readonly story: string;
  readonly said: () => string;
}

async function startDemo(folder: string): Promise<Started> {
  const port = await freePort();
  const args = ['--conditions=react-server', '--disable-warning=ExperimentalWarning', 'e2e/demo/demo.ts'];
  const env = { ...process.env, PORT: String(port), BIG_GREEN_DATA: join(folder, 'data') };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let told = false;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The demo did not start:\n${said}`)), 110_000);
    const read = (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (told) return;
      const board = /board of The Block is at\s+(\S+)/.exec(said)?.[1];
      const story = /story is driven at\s+(\S+)/.exec(said)?.[1];
      if (!board || !story) return;
      told = true;
      clearTimeout(late);
      resolve({ child, board, story, said: () => said });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', () => reject(new Error(`The demo ended:\n${said}`)));
  });
}

async function commit(repository: string): Promise<string> {
  const author = ['-c', 'user.name=Sam Adeyemi', '-c', 'user.email=sam@the-block.example'];
  const git = (...args: string[]) => promisify(execFile)('git', ['-C', repository, ...author, ...args]);
  await git('commit', '--quiet', '--allow-empty', '--message', 'Journey');
  return (await git('rev-parse', 'HEAD')).stdout.trim();
}

async function killPages(demo: number): Promise<void> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  const pages = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, parent, ...args]) => Number(parent) === demo && args.join(' ').includes('lib/server/web/'));
  if (!pages) throw new Error('No process of the demo serves pages.');
  process.kill(Number(pages[0]), 'SIGKILL');
}

function stopDemo(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
