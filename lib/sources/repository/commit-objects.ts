import { type Answer, failed } from './failure.ts';
import type { ObjectReader } from './objects.ts';
import { parseTree } from './tree.ts';
import type { CommitObjects } from './walk.ts';

/** A commit's trees and blobs from Git; `lacking` says what a clone without that commit should be told. */
export function gitObjects(commit: string, reader: ObjectReader, lacking: string): CommitObjects {
  return {
    root: async () => {
      const read = await reader.read(commit);
      if (!read.ok) return read;
      if (read.value === 'missing') return failed('not-found', lacking);
      if (read.value.type !== 'commit')
        return failed('not-found', `${commit.slice(0, 12)} is a ${read.value.type}, not a commit.`);
      const [, oid] = /^tree ([0-9a-f]{40,64})\n/.exec(read.value.content?.toString('latin1') ?? '') ?? [];
      return oid === undefined ? damaged(commit) : { ok: true, value: oid };
    },
    tree: async (oid) => {
      const read = await reader.read(oid);
      if (!read.ok) return read;
      if (read.value === 'missing') return partial();
      if (read.value.type !== 'tree' || read.value.content === null) return damaged(oid);
      const entries = parseTree(read.value.content, oid.length === 64 ? 32 : 20);
      return entries ? { ok: true, value: { entries, whole: true } } : damaged(oid);
    },
    blob: async ({ oid }) => {
      const read = await reader.read(oid);
      if (!read.ok) return read;
      if (read.value === 'missing') return partial();
      return read.value.type === 'blob' ? { ok: true, value: read.value } : damaged(oid);
    },
  };
}

function partial(): Answer<never> {
  return failed(
    'not-found',
    'The clone has the commit but not all its contents (a partial or damaged clone); fetch them there.',
  );
}

function damaged(oid: string): Answer<never> {
  return failed(
    'malformed',
    `The repository’s object ${oid.slice(0, 12)} cannot be read; run “git fsck” there.`,
  );
}
