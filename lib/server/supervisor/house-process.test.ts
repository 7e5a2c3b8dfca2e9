import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChildNews, keepRunning, type RunningChild } from './house-process.ts';
import { claimPort } from './port.ts';

let folder = '';
let started: RunningChild | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'big-green-supervisor-'));
});
afterEach(async () => {
  await started?.stop();
  started = null;
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program of a line or two, which finds its folder in `F`. */
async function keep(program: string, news: Partial<ChildNews> = {}) {
  const file = join(folder, 'child.mjs');
  writeFileSync(
    file,
    `import { appendFileSync } from 'node:fs'; const F = ${JSON.stringify(folder)};\n${program}`,
  );
  const told: string[] = [];
  const log = (text: string) => void told.push(text);
  const plan = { name: 'worker' as const, args: [file], env: { PATH: '/usr/bin:/bin' } };
  const child = await keepRunning(plan, { log, gaveUp: log, ...news });
  started = child;
  return { child, told };
}

const ready = `console.log(JSON.stringify({ ready: true }));`;
const stay = `setInterval(() => {}, 1000); process.on('disconnect', () => process.exit(0));`;

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 400 && !holds(); turn += 1) await sleep(50);
  expect(holds()).toBe(true);
}
const lives = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a child of the supervisor', () => {
  test('is started again when it is killed, and says so', async () => {
    const { child, told } = await keep(`${ready} ${stay}`);
    const first = child?.pid() ?? 0;
    process.kill(first, 'SIGKILL');
    await until(() => (child?.pid() ?? first) !== first);
    expect(told).toEqual(['The worker process ended; starting it again.']);
  });

  test('that goes on dying is given up, after five times', async () => {
    const { child, told } = await keep(
      `${ready} appendFileSync(F + '/starts', 'x'); setTimeout(() => process.exit(3), 50);`,
    );
    await until(() => told.some((text) => text.includes('died 5 times')));
    await sleep(1000);
    expect(readFileSync(join(folder, 'starts'), 'utf8')).toBe('xxxxx');
    expect(child?.pid()).toBeNull();
  });

  test('that ends before it is ready is not started again', async () => {
    const { child, told } = await keep(`process.exit(1);`);
    expect({ child, told }).toEqual({ child: null, told: [] });
  });

  test('that does not heed the request to end is forced to', async () => {
    const { child } = await keep(`${ready} ${stay} process.on('SIGTERM', () => {});`);
    const pid = child?.pid() ?? 0;
    await child?.stop();
    expect(lives(pid)).toBe(false);
    expect(child?.pid()).toBeNull();
  });

  test('is ended on the way up when it is not wanted any more', async () => {
    const stopping = new AbortController();
    const coming = keep(`appendFileSync(F + '/pid', String(process.pid)); ${stay}`, {
      signal: stopping.signal,
    });
    const pid = () => {
      try {
        return Number(readFileSync(join(folder, 'pid'), 'utf8'));
      } catch {
        return 0;
      }
    };
    await until(() => pid() > 0);
    stopping.abort();
    expect((await coming).child).toBeNull();
    expect(lives(pid())).toBe(false);
  });

  test('whose channel to the supervisor is cut ends by itself, though it has no ear for that', async () => {
    const { child, told } = await keep(`${ready} setInterval(() => {}, 1000); process.disconnect();`);
    const first = child?.pid() ?? 0;
    await until(() => told.length > 0);
    expect(lives(first)).toBe(false);
  });

  test('stays down while it is paused, and comes back', async () => {
    const { child, told } = await keep(`${ready} ${stay}`);
    await child?.pause();
    await sleep(800);
    expect(child?.pid()).toBeNull();
    await child?.resume();
    expect(lives(child?.pid() ?? 0)).toBe(true);
    expect(told).toEqual([]);
  });
});

describe('claimPort', () => {
  test('names a port that is taken and what to do; gives any free one for 0', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await claimPort(port)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(`Port ${port} is taken`),
    });
    await new Promise((resolve) => server.close(resolve));
    expect(await claimPort(port)).toEqual({ kind: 'port', port });
    expect(await claimPort(0)).toEqual({ kind: 'port', port: expect.any(Number) });
  });
});
