import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One child of the supervisor. */
export interface ChildPlan {
  readonly name: 'web' | 'worker';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface RunningChild {
  pid(): number | null;
  /** Ends it for good. */
  stop(): Promise<void>;
  /** Ends it at once and leaves it down until `resume`: for drills. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** A child that dies this often within a minute is not started again. */
const mostDeaths = 5;
const readyWithinMs = 120_000;

/**
 * Starts a child and keeps it running: it is started again when it dies, a little later each time, and given up
 * after five deaths in a minute. Resolves once it says that it is ready; null when it never did.
 */
export async function keepRunning(
  plan: ChildPlan,
  log: (text: string) => void,
  gaveUp: (text: string) => void,
): Promise<RunningChild | null> {
  let child: ChildProcess | null = null;
  let wanted = true;
  let deaths: number[] = [];
  const start = (): Promise<boolean> => {
    const env = {
      ...plan.env,
      NODE_ENV: plan.args.includes('--dev') ? 'development' : 'production',
    } as NodeJS.ProcessEnv;
    const started = spawn(process.execPath, [...plan.args], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env,
      detached: true,
    });
    child = started;
    started.on('exit', () => {
      if (child === started) child = null;
      if (wanted) again();
    });
    return readiness(started);
  };
  const again = () => {
    const now = Date.now();
    deaths = [...deaths.filter((at) => now - at < 60_000), now];
    if (deaths.length >= mostDeaths) {
      gaveUp(`The ${plan.name} process died ${mostDeaths} times within a minute; its words are above.`);
      return;
    }
    log(`The ${plan.name} process ended; starting it again.`);
    setTimeout(() => wanted && child === null && void start(), 250 * 2 ** deaths.length).unref();
  };
  const end = async (signal: NodeJS.Signals) => {
    wanted = false;
    if (child) await ended(child, signal);
  };
  if (!(await start())) {
    await end('SIGKILL');
    return null;
  }
  return {
    pid: () => child?.pid ?? null,
    stop: () => end('SIGTERM'),
    pause: () => end('SIGKILL'),
    resume: async () => {
      wanted = true;
      deaths = [];
      await start();
    },
  };
}

function readiness(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), readyWithinMs);
    const done = (ready: boolean) => {
      clearTimeout(late);
      resolve(ready);
    };
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
    const force = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill(signal);
  });
}
