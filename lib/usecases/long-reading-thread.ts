import { parentPort, workerData } from 'node:worker_threads';
import { readableSection } from '#lib/checks/runbook/readable-section.ts';
import { checklistHistory } from './checklist-history.ts';
import { importChecklist } from './import-checklist.ts';
import type { ReadingAsked, ReadingTold } from './long-reading.ts';

/** The thread's program: one reading, told as it goes on. */
const asked = workerData as ReadingAsked;
const tell = (told: ReadingTold): void => parentPort?.postMessage(told);

switch (asked.kind) {
  case 'import':
    tell({ kind: 'result', result: importChecklist(asked.given) });
    break;
  case 'history': {
    const onRead = (read: number, of: number) => tell({ kind: 'progress', read, of });
    tell({ kind: 'result', result: await checklistHistory(asked.given, Date.now, { onRead }) });
    break;
  }
  case 'runbook': {
    const { text, title } = asked.given;
    tell({ kind: 'result', result: { ok: true, value: readableSection(text, title) } });
  }
}
