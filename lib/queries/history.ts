import type { ChecklistHistory, HistoryMessage } from '#lib/domain/history.ts';
import { ApiProblem } from './api.ts';
import { launchPath } from './views.ts';

interface Reading {
  readonly launch: string;
  readonly item: string;
  readonly check: string;
  readonly signal: AbortSignal;
  /** Told how many versions are read, of how many. */
  readonly onProgress: (read: number, of: number) => void;
}

/**
 * `GET /api/launches/:id/history?item=&check=`: one JSON message a line, as the reading goes on. Rejects with
 * `ApiProblem` when the server refuses, and as `fetch` does when it is stopped.
 */
export async function readChecklistHistory(reading: Reading): Promise<ChecklistHistory> {
  const { launch, item, check, signal, onProgress } = reading;
  const search = new URLSearchParams({ item, check });
  const response = await fetch(`${launchPath(launch)}/history?${search}`, { cache: 'no-store', signal });
  for await (const line of linesOf(response)) {
    const message = JSON.parse(line) as HistoryMessage;
    if (message.kind === 'progress') onProgress(message.read, message.of);
    else if (message.kind === 'problem') throw new ApiProblem(message.problem);
    else return message.history;
  }
  throw new Error('The reading ended without a word.');
}

async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (!body) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = `${rest}${value}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line !== '');
  }
  if (rest !== '') yield rest;
}
