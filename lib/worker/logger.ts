import { Logger } from 'graphile-worker';

/** The queue's own words, warnings and errors only: a job that runs is no news. */
export const workerLogger = new Logger(() => (level, message) => {
  if (level === 'error' || level === 'warning') console.error(`worker: ${message}`);
});
