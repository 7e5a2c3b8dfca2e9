import { writeDuration } from '#lib/domain/duration.ts';
import type { Result } from '#lib/domain/problem.ts';
import type { SourceInSpec, SourceKey } from '#lib/domain/source-settings.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import { type House, house } from '#lib/server/house.ts';
import { writtenSource } from '#lib/spec/edit-source.ts';
import { checksOfSource } from './checks-of-source.ts';
import { specToChange } from './view-sources.ts';

/** How each launch that reads a source has it in its spec. */
export async function viewSourceSpecs(
  key: string,
  at: House = house(),
): Promise<Result<{ readonly specs: readonly SourceInSpec[] }>> {
  const { launches } = await checksOfSource(key, at);
  const digests = launches.map(({ head }) => head.specDigest);
  const versions = await at.db.specVersion.findMany({
    where: { digest: { in: digests } },
    select: { digest: true, sourceText: true, sourceName: true },
  });
  const specs = launches.flatMap((launch) =>
    launch.spec.sources.flatMap((source): SourceInSpec[] => {
      const version = versions.find(({ digest }) => digest === launch.head.specDigest);
      if (!version || launch.sources.get(source.id)?.key !== key) return [];
      const written = writtenSource(version.sourceText, source.id);
      const value = (of: SourceKey) => ({
        key: of,
        written: written?.values[of] ?? null,
        holds: heldBy(source)[of],
      });
      return [
        {
          ...specToChange(launch),
          source: source.id,
          name: version.sourceName,
          line: written?.line ?? null,
          text: written?.text ?? '',
          address: source.address,
          values: [value('title'), value('network'), value('every'), value('timeout')],
        },
      ];
    }),
  );
  return { ok: true, value: { specs } };
}

function heldBy({ title, network, everyMs, timeoutMs }: SourceSpec): Readonly<Record<SourceKey, string>> {
  const [every, timeout] = [everyMs, timeoutMs].map(writeDuration);
  return { title, network: network ?? 'none', every: every ?? '', timeout: timeout ?? '' };
}
