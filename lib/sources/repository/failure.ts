import type { SourceFailure, SourceFailureKind } from '#lib/domain/failure.ts';

export interface Failed {
  readonly ok: false;
  readonly failure: SourceFailure;
}

/** What went through, or why not. */
export type Answer<T> = { readonly ok: true; readonly value: T } | Failed;

/** A failure of a repository source; `message` is one sentence a person can act on. */
export function failed(kind: SourceFailureKind, message: string, status: number | null = null): Failed {
  return { ok: false, failure: { kind, message, status, retryAt: null } };
}

/** What Git complained of, made fit for people: one line, no control characters, no credentials, at most 300 characters. */
export function complaint(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^(fatal|error|remote|warning): /, '').trim())
    .filter((line) => line !== '');
  return (lines.at(-1) ?? 'it gave no reason')
    .replace(/\/\/[^/@\s]*@/g, '//')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 300)
    .toWellFormed();
}
