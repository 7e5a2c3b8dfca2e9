import type { ChildProcess } from 'node:child_process';
import { createHash, type Hash } from 'node:crypto';
import { type Answer, complaint, type Failed, failed } from './failure.ts';
import { type GitRun, killGit, notStarted, startGit } from './git.ts';

/** An object as `git cat-file --batch` gives it. */
export interface GitObject {
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly bytes: number;
  /** Null when it is over the limit for keeping. */
  readonly content: Buffer | null;
  /** Of a blob that was read; null for other types and for one that is too large to read. */
  readonly sha256: string | null;
}

/** One `git cat-file --batch`, asked one thing after the other. Format: git-cat-file(1), "BATCH OUTPUT". */
export interface ObjectReader {
  /** By object id, or a full ref name. `missing` when the repository does not have it. */
  readonly read: (name: string) => Promise<Answer<GitObject | 'missing'>>;
  readonly close: () => void;
  /** How many processes it took: one, unless one had to be ended. */
  readonly processes: () => number;
}

/** Blobs over this are not read at all. */
const readLimit = 64 * 1024 * 1024;
/** Blobs over this are hashed and not kept. */
export const keepLimit = 1024 * 1024;
const header = /^(\S+) (blob|tree|commit|tag) (\d{1,15})$/;

/** Opens a reader that may be asked until `deadlineMs` (of `now`, epoch milliseconds). A dead process is replaced. */
export function openObjects(
  run: Omit<GitRun, 'timeoutMs'> & { readonly deadlineMs: number; readonly now: () => number },
): ObjectReader {
  let current: Batch | null = null;
  let started = 0;
  const read = async (name: string): Promise<Answer<GitObject | 'missing'>> => {
    const leftMs = run.deadlineMs - run.now();
    if (leftMs <= 0) return failed('timeout', 'Git did not answer within the time of this source.');
    if (current === null || current.over()) {
      current = startBatch(startGit(['cat-file', '--batch'], { ...run, timeoutMs: leftMs }));
      started += 1;
    }
    const batch = current;
    const timer = setTimeout(
      () => batch.end(failed('timeout', 'Git did not answer within the time of this source.')),
      leftMs,
    );
    const callOff = (): void => batch.end(failed('timeout', 'Reading the repository was called off.'));
    if (run.signal?.aborted) callOff();
    run.signal?.addEventListener('abort', callOff, { once: true });
    try {
      return await batch.ask(name);
    } finally {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', callOff);
    }
  };
  return { read, close: () => current?.end(failed('refused', 'closed')), processes: () => started };
}

interface Batch {
  readonly ask: (name: string) => Promise<Answer<GitObject | 'missing'>>;
  readonly end: (failure: Failed) => void;
  readonly over: () => boolean;
}

interface Body {
  readonly oid: string;
  readonly type: GitObject['type'];
  readonly bytes: number;
  readonly kept: Buffer[] | null;
  readonly hash: Hash | null;
  /** Of the content and the line feed after it. */
  left: number;
}

function startBatch(child: ChildProcess): Batch {
  let settle: ((answer: Answer<GitObject | 'missing'>) => void) | null = null;
  let line: Buffer = Buffer.alloc(0);
  let body: Body | null = null;
  let ended: Failed | null = null;
  let complaints = '';

  const answer = (with_: Answer<GitObject | 'missing'>): void => {
    const waiting = settle;
    settle = null;
    waiting?.(with_);
  };
  const end = (failure: Failed): void => {
    ended ??= failure;
    killGit(child);
    answer(ended);
  };

  child.on('error', (error) => end(notStarted(error)));
  child.stdin?.on('error', () => {});
  child.stderr?.on('data', (chunk: Buffer) => {
    if (complaints.length < 16_384) complaints += chunk.toString('utf8');
  });
  child.on('close', () => end(readComplaint(complaints)));
  child.stdout?.on('data', (chunk: Buffer) => {
    let rest = chunk;
    while (rest.length > 0 && !ended) {
      if (body) rest = takeBody(rest);
      else rest = takeHeader(rest);
    }
  });

  function takeHeader(chunk: Buffer): Buffer {
    const at = chunk.indexOf(10);
    line = Buffer.concat([line, at < 0 ? chunk : chunk.subarray(0, at)]);
    if (at < 0) {
      if (line.length > 8192) end(failed('malformed', 'Git answered what is not its own format.'));
      return Buffer.alloc(0);
    }
    const text = line.toString('utf8');
    line = Buffer.alloc(0);
    const [, oid, type, size] = header.exec(text) ?? [];
    if (oid === undefined || type === undefined) {
      if (/ (missing|ambiguous)$/.test(text)) answer({ ok: true, value: 'missing' });
      else end(failed('malformed', 'Git answered what is not its own format.'));
      return chunk.subarray(at + 1);
    }
    const bytes = Number(size);
    const found = { oid, type: type as GitObject['type'], bytes };
    if (bytes > readLimit) {
      answer({ ok: true, value: { ...found, content: null, sha256: null } });
      end(failed('too-large', 'Git’s answer is larger than is read.'));
      return Buffer.alloc(0);
    }
    const keeps = type !== 'blob' || bytes <= keepLimit;
    const hash = type === 'blob' ? createHash('sha256') : null;
    body = { ...found, kept: keeps ? [] : null, hash, left: bytes + 1 };
    return chunk.subarray(at + 1);
  }

  function takeBody(chunk: Buffer): Buffer {
    if (!body) return chunk;
    const part = chunk.subarray(0, body.left);
    body.left -= part.length;
    const content = body.left === 0 ? part.subarray(0, part.length - 1) : part;
    body.hash?.update(content);
    body.kept?.push(content);
    if (body.left === 0) {
      const { oid, type, bytes, kept, hash } = body;
      body = null;
      answer({
        ok: true,
        value: {
          oid,
          type,
          bytes,
          content: kept ? Buffer.concat(kept) : null,
          sha256: hash?.digest('hex') ?? null,
        },
      });
    }
    return chunk.subarray(part.length);
  }

  return {
    over: () => ended !== null,
    end,
    ask: (name) =>
      new Promise((resolve) => {
        if (ended) return resolve(ended);
        settle = resolve;
        child.stdin?.write(`${name}\n`);
      }),
  };
}

/** Git ends when an object is there by name and cannot be read. */
function readComplaint(stderr: string): Failed {
  if (/transport '.*' not allowed|promisor|lazy/i.test(stderr)) {
    return failed(
      'not-found',
      'The clone is partial and lacks contents of this commit; fetch them there, or give a full clone.',
    );
  }
  if (/not a git repository/i.test(stderr)) {
    return failed('not-found', 'There is no Git repository at this address.');
  }
  if (/permission denied/i.test(stderr)) {
    return failed(
      'unauthorised',
      'The repository’s files cannot be read by the user that Big Green runs as.',
    );
  }
  return failed('malformed', `Git could not read the repository: ${complaint(stderr)}.`);
}
