import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One child of the supervisor. It says `{"ready":true…}` on a line of its standard output when it is at work. */
export interface ChildPlan {
  readonly name: 'web' | 'worker';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface RunningChild {
  /** Null while it is down. */
  pid(): number | null;
  /** Ends it for good: asks, and after five seconds forces. */
  stop(): Promise<void>;
  /** Ends it for good, at once. */
  kill(): void;
  /** Ends it at once and leaves it down until `resume`: for drills. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** What a child's keeper tells of. */
export interface ChildNews {
  readonly log: (text: string) => void;
  readonly gaveUp: (text: string) => void;
  /** Aborted: it is not wanted any more, even before it was ready. */
  readonly signal?: AbortSignal | undefined;
}

/** A child that dies this often within a minute is not started again. */
const mostDeaths = 5;
const deathsWithinMs = 60_000;
const readyWithinMs = 120_000;
const askedToEndMs = 5000;

/**
 * Starts a child and keeps it running: it is started again when it dies, a little later each time, and given up
 * after five deaths in a minute. Resolves once it says that it is ready; null when it never did.
 */
export async function keepRunning(plan: ChildPlan, news: ChildNews): Promise<RunningChild | null> {
  let child: ChildProcess | null = null;
  let wanted = true;
  let began = false;
  let deaths: number[] = [];
  const start = (): Promise<boolean> => {
    const started = spawnChild(plan);
    child = started;
    const gone = () => {
      if (child !== started) return;
      child = null;
      if (wanted && began) again();
    };
    started.once('exit', gone);
    started.once('error', gone);
    return readiness(started, plan.name);
  };
  const again = () => {
    const now = Date.now();
    deaths = [...deaths.filter((atMs) => now - atMs < deathsWithinMs), now];
    if (deaths.length >= mostDeaths) {
      wanted = false;
      news.gaveUp(`The ${plan.name} process died ${mostDeaths} times within a minute; its words are above.`);
      return;
    }
    news.log(`The ${plan.name} process ended; starting it again.`);
    setTimeout(() => wanted && child === null && void start(), 250 * 2 ** deaths.length).unref();
  };
  const end = async (signal: NodeJS.Signals) => {
    wanted = false;
    if (child) await ended(child, signal);
  };
  const kill = () => {
    wanted = false;
    child?.kill('SIGKILL');
  };
  news.signal?.addEventListener('abort', kill);
  began = !news.signal?.aborted && (await start());
  news.signal?.removeEventListener('abort', kill);
  if (!began || !wanted) {
    await end('SIGKILL');
    return null;
  }
  return {
    pid: () => child?.pid ?? null,
    stop: () => end('SIGTERM'),
    kill,
    pause: () => end('SIGKILL'),
    resume: async () => {
      wanted = true;
      deaths = [];
      if (child === null) await start();
    },
  };
}

const lifeline = new URL('./lifeline.ts', import.meta.url).href;

/** In a process group of its own, so that Ctrl-C reaches the supervisor alone, which ends its children in order. */
function spawnChild(plan: ChildPlan): ChildProcess {
  const NODE_ENV = plan.args.includes('--dev') ? 'development' : 'production';
  return spawn(process.execPath, ['--import', lifeline, ...plan.args], {
    // By its end of the channel a child learns that the supervisor was killed, and ends.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...plan.env, NODE_ENV } as NodeJS.ProcessEnv,
    detached: true,
  });
}

function readiness(child: ChildProcess, name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (ready: boolean) => {
      clearTimeout(late);
      resolve(ready);
    };
    const late = setTimeout(() => {
      process.stderr.write(`The ${name} process was not ready after ${readyWithinMs / 1000} seconds.\n`);
      done(false);
    }, readyWithinMs);
    child.once('exit', () => done(false));
    child.once('error', () => done(false));
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{"ready":true')) done(true);
      else process.stderr.write(`${line}\n`);
    });
  });
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), askedToEndMs);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill(signal);
  });
}
