import type { Fault, Problem } from '#lib/domain/problem.ts';

/** A refusal of the server, with its words. Thrown only inside query and mutation functions, which keep it as `error`. */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

/** What to show for an error of a query or mutation, whatever it was. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiProblem) return error.problem;
  return {
    code: 'unavailable',
    message: 'Big Green did not answer.',
    remedy: 'See that it runs on this machine; this page tries again by itself.',
    faults: [],
  };
}

/** GET of a view-model. Its shape is trusted: it comes from the same build of the same server. */
export async function getView<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    headers: { accept: 'application/json' },
    cache: 'no-store',
    ...(signal ? { signal } : {}),
  });
  return (await answer(response)) as T;
}

/** POST of a verb. Rejects with `ApiProblem` when the server refuses. */
export async function postVerb<T>(path: string, body: unknown): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  return (await answer(response)) as T;
}

async function answer(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body;
  throw new ApiProblem(readProblem(body) ?? unreadable(response.status));
}

function unreadable(status: number): Problem {
  return {
    code: 'unavailable',
    message: `Big Green answered with status ${status} and no explanation.`,
    remedy: 'Try again; if it stays so, look at the log of the web process.',
    faults: [],
  };
}

/** Reads `{ problem }` of an answer; null when there is none. */
export function readProblem(body: unknown): Problem | null {
  if (!isRecord(body) || !isRecord(body.problem)) return null;
  const { code, message, remedy, faults } = body.problem;
  if (typeof message !== 'string') return null;
  return {
    code: isCode(code) ? code : 'unavailable',
    message,
    remedy: typeof remedy === 'string' ? remedy : null,
    faults: Array.isArray(faults) ? faults.filter(isFault) : [],
  };
}

const codes: readonly string[] = [
  'invalid-input',
  'not-found',
  'conflict',
  'refused',
  'source-failed',
  'unavailable',
] satisfies Problem['code'][];

function isCode(code: unknown): code is Problem['code'] {
  return typeof code === 'string' && codes.includes(code);
}

function isFault(fault: unknown): fault is Fault {
  return isRecord(fault) && typeof fault.message === 'string' && typeof fault.line === 'number';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
