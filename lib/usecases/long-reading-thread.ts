import { parentPort, workerData } from 'node:worker_threads';
import { checklistHistory } from './checklist-history.ts';
import { importChecklist } from './import-checklist.ts';
import type { ReadingAsked, ReadingTold } from './long-reading.ts';

/** The thread's program: one reading, told as it goes on. */
const asked = workerData as ReadingAsked;
const tell = (told: ReadingTold): void => parentPort?.postMessage(told);

const result =
  asked.kind === 'import'
    ? importChecklist(asked.given)
    : await checklistHistory(asked.given, Date.now, {
        onRead: (read, of) => tell({ kind: 'progress', read, of }),
      });
tell({ kind: 'result', result });
