import type { CheckKind } from '#lib/domain/check-kind.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Observation } from '#lib/domain/question.ts';
import { registerCheck } from './register.ts';
import { specOf } from './spec.fixture.ts';

export const commit = '3f2a'.padEnd(40, '0');

/** A file as a repository gives it. */
export function fileAt(path: string, text: string | null, given: Partial<FileAtCommit> = {}): FileAtCommit {
  return {
    commit,
    path,
    found: 'file',
    oid: 'b10b'.padEnd(40, '0'),
    executable: false,
    bytes: text === null ? 0 : Buffer.byteLength(text),
    sha256: 'd1'.repeat(32),
    text,
    whyNoText: null,
    target: null,
    alike: null,
    ...given,
  };
}

export function absentAt(path: string, given: Partial<FileAtCommit> = {}): FileAtCommit {
  return fileAt(path, null, {
    found: 'absent',
    oid: null,
    executable: null,
    bytes: null,
    sha256: null,
    ...given,
  });
}

/** What a kind over one file says of it. */
export function judgeOver<Parameters extends JsonObject, Bound extends JsonObject>(
  kind: CheckKind<Parameters, Bound>,
  parameters: JsonObject,
  value: FileAtCommit,
  address = '/srv/launch',
): Judgement {
  const registered = registerCheck(kind);
  const bound = registered.bind(parameters, specOf({}));
  if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
  const [question] = registered.reads(bound.bound, 'repo');
  if (question?.ask !== 'file') throw new Error('it does not ask for a file');
  const observation: Observation = {
    question,
    observedAt: '2026-11-23T10:00:00Z',
    tookMs: 1,
    outcome: { ok: true, value },
    answers: [],
  };
  const source = { id: 'repo', title: 'Repository', address };
  return registered.evaluate([observation], bound.bound, { nowMs: 0, source, commit, itemStates: new Map() });
}

/** What is wrong with a kind's parameters. */
export function faultsOf<Parameters extends JsonObject, Bound extends JsonObject>(
  kind: CheckKind<Parameters, Bound>,
  parameters: JsonObject,
): string[] {
  const bound = registerCheck(kind).bind(parameters, specOf({}));
  return bound.ok ? [] : bound.faults.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
