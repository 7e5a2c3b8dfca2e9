import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DrillSite } from './drill.ts';

/** Starts a program of the drills, by its file's name, in a process of its own that ends with the drill. */
export function startProgram(site: DrillSite, name: string): ChildProcess {
  const child = fork(fileURLToPath(new URL(`./${name}`, import.meta.url)), {
    execArgv: ['--conditions=react-server', '--disable-warning=ExperimentalWarning'],
  });
  site.undo(async () => void child.kill('SIGKILL'));
  return child;
}

/** The next message of such a program. */
export function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`a program of the drill ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}
