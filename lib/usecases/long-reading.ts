import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ReadableSection, readableSection } from '#lib/checks/runbook/readable-section.ts';
import type { ChecklistImport } from '#lib/domain/checklist.ts';
import type { ChecklistHistory } from '#lib/domain/history.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { HistoryInput, Watch } from './checklist-history.ts';
import { type GivenDocument, type ImportInput, importChecklist } from './import-checklist.ts';
import { refusal } from './problems.ts';

/** What the thread is started with. */
export type ReadingAsked =
  | { readonly kind: 'import'; readonly given: ImportInput }
  | { readonly kind: 'history'; readonly given: HistoryInput }
  | { readonly kind: 'runbook'; readonly given: RunbookInput };

/** A document, and the title of the section that is to be read. */
export interface RunbookInput {
  readonly text: string;
  readonly title: string;
}

/** What the thread says: how far it has come, and at last what it came to. */
export type ReadingTold =
  | { readonly kind: 'progress'; readonly read: number; readonly of: number }
  | {
      readonly kind: 'result';
      readonly result: Result<ChecklistImport | ChecklistHistory | ReadableSection>;
    };

// By its path from the project's root, where every process of the house is started: a bundle has no file of its own.
const program = join(process.cwd(), 'lib/usecases/long-reading-thread.ts');

/** Shorter documents are read at once: a thread starts in about a second, they take 30 ms and 400 at the worst. */
const mostAtHand = 64 * 1024;
const longestMs = 120_000;
/** In MiB: what one thread may hold before it is ended in place of the process. */
const mostMemory = 512;
/** Threads at once; each takes a core. */
const mostAtOnce = 3;
let underWay = 0;
const remedy = 'The command line reads it: see `big-green help`.';

/** Reads a Markdown checklist into the draft of a spec; a long one in a thread: the process answers others meanwhile. */
export async function readImport(given: ImportInput, signal?: AbortSignal): Promise<Result<ChecklistImport>> {
  if (lengthOf(given.document) + lengthOf(given.previous) <= mostAtHand) return importChecklist(given);
  return readAside<ChecklistImport>({ kind: 'import', given }, signal ? { signal } : {});
}

/** Reads a checklist's history, in a thread. Ends when the signal does, whatever it is at. */
export function readHistory(given: HistoryInput, watch: Watch): Promise<Result<ChecklistHistory>> {
  return readAside<ChecklistHistory>({ kind: 'history', given }, watch);
}

/** The parser's time grows with the square of these: what no person writes is read in a thread too. */
const mostLines = 2000;
const mostBars = 2000;

/** Reads a runbook's section; one of a document that is long, or made to be slow, in a thread. */
export async function readRunbook(
  given: RunbookInput,
  signal?: AbortSignal,
): Promise<Result<ReadableSection>> {
  const { text, title } = given;
  const count = (mark: string) => text.split(mark).length - 1;
  if (text.length <= mostAtHand && count('\n') <= mostLines && count('|') <= mostBars)
    return { ok: true, value: readableSection(text, title) };
  return readAside<ReadableSection>({ kind: 'runbook', given }, signal ? { signal } : {});
}

async function readAside<T>(asked: ReadingAsked, { signal, onRead }: Watch): Promise<Result<T>> {
  if (underWay >= mostAtOnce)
    return refusal('unavailable', `${underWay} long readings are under way.`, 'Try again in a moment.');
  underWay += 1;
  const thread = new Worker(program, {
    workerData: asked,
    execArgv: ['--conditions=react-server'],
    resourceLimits: { maxOldGenerationSizeMb: mostMemory },
  });
  const stopped = AbortSignal.any([AbortSignal.timeout(longestMs), ...(signal ? [signal] : [])]);
  try {
    return await new Promise<Result<T>>((resolve, reject) => {
      thread.on('message', (told: ReadingTold) => {
        if (told.kind === 'progress') onRead?.(told.read, told.of);
        else resolve(told.result as Result<T>);
      });
      thread.on('error', (error) => (isOutOfMemory(error) ? resolve(tooLarge()) : reject(error)));
      thread.on('exit', () => reject(new Error('A long reading ended without a word.')));
      const end = () => resolve(tooLong());
      if (stopped.aborted) end();
      else stopped.addEventListener('abort', end, { once: true });
    });
  } finally {
    await thread.terminate();
    underWay -= 1;
  }
}

function lengthOf(document: GivenDocument | undefined): number {
  return document?.content.length ?? 0;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function tooLarge(): Result<never> {
  return refusal(
    'unavailable',
    `Reading it takes over ${mostMemory} MiB of memory, and was stopped.`,
    remedy,
  );
}

function tooLong(): Result<never> {
  return refusal(
    'unavailable',
    `Reading it takes over ${longestMs / 1000} seconds, and was stopped.`,
    remedy,
  );
}
