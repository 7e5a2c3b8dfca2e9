import type { Spec } from '#lib/domain/spec.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import type { Reader } from '#lib/server/database.ts';
import { readSpec } from './read-spec.ts';

/** A launch with all that is in force for it: its spec, its candidate, and where its sources are. */
export interface LaunchInForce {
  readonly head: LaunchHead;
  readonly spec: Spec;
  /** Source id to the physical source it is read from. */
  readonly sources: ReadonlyMap<string, { readonly key: string; readonly address: string }>;
}

/** Specs by digest: they never change, and reading one takes longer than anything else a page does. */
const specs = new Map<string, Spec>();
const specsKept = 200;

/** Reads launches with what is in force, in the order of their ids; unknown ids are left out. */
export async function launchesInForce(db: Reader, ids: readonly string[]): Promise<LaunchInForce[]> {
  const rows = await db.launch.findMany({
    where: { id: { in: [...ids] } },
    include: {
      candidates: { orderBy: { id: 'desc' }, take: 1 },
      sources: { include: { source: { select: { origin: true } } } },
    },
    orderBy: { id: 'asc' },
  });
  const inForce = await readSpecs(db, new Set(rows.map(({ specDigest }) => specDigest)));
  return rows.map((row) => {
    const spec = inForce.get(row.specDigest);
    if (!spec) throw new Error(`Launch ${row.id} names spec ${row.specDigest}, which is not kept.`);
    const [candidate] = row.candidates;
    return {
      spec,
      head: {
        id: row.id,
        title: row.title,
        targetAt: spec.launch.target.at,
        targetBlock: spec.launch.target.block,
        candidate: candidate
          ? { ref: candidate.ref, commit: candidate.commit, pinnedAt: candidate.pinnedAt.toISOString() }
          : null,
        specDigest: row.specDigest,
        version: Number(row.boardVersion),
      },
      sources: new Map(
        row.sources.map(({ sourceId, sourceKey, source }) => [
          sourceId,
          { key: sourceKey, address: source.origin },
        ]),
      ),
    };
  });
}

/** One launch with what is in force, or null. */
export async function launchInForce(db: Reader, id: string): Promise<LaunchInForce | null> {
  const [launch] = await launchesInForce(db, [id]);
  return launch ?? null;
}

/** All that are asked for, however many are kept. */
async function readSpecs(db: Reader, digests: ReadonlySet<string>): Promise<ReadonlyMap<string, Spec>> {
  const found = new Map([...digests].flatMap((digest) => specOf(digest)));
  const missing = [...digests].filter((digest) => !found.has(digest));
  if (missing.length === 0) return found;
  const versions = await db.specVersion.findMany({ where: { digest: { in: missing } } });
  for (const { digest, sourceText, sourceName } of versions) {
    const read = readSpec(sourceText, sourceName);
    // It was read once when it was adopted, so this is a change of ours that broke a format we promised to keep.
    if (!read.ok) throw new Error(`Spec ${digest} cannot be read any more: ${read.problem.message}`);
    found.set(digest, read.value.spec);
    specs.set(digest, read.value.spec);
    const oldest = specs.keys().next().value;
    if (specs.size > specsKept && oldest) specs.delete(oldest);
  }
  return found;
}

function specOf(digest: string): [string, Spec][] {
  const spec = specs.get(digest);
  return spec ? [[digest, spec]] : [];
}
