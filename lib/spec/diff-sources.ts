import { writeDuration } from '#lib/domain/duration.ts';
import type { SourceSpec, Spec } from '#lib/domain/spec.ts';

/** What a new version of a spec changes of its sources, a sentence each. Pure. */
export function sourceWords(before: Spec, after: Spec): string[] {
  const old = new Map(before.sources.map((source) => [source.id, source]));
  const now = new Map(after.sources.map((source) => [source.id, source]));
  const named = ({ title, id }: SourceSpec) => `“${title}” (${id})`;
  return [
    ...before.sources.filter(({ id }) => !now.has(id)).map((source) => `Source removed: ${named(source)}.`),
    ...after.sources.filter(({ id }) => !old.has(id)).map((source) => `Source added: ${named(source)}.`),
    ...after.sources.flatMap((source) => {
      const was = old.get(source.id);
      const parts = was ? changedParts(was, source) : [];
      return parts.length > 0 ? [`Source changed: ${named(source)}, ${parts.join(', ')}.`] : [];
    }),
  ];
}

function changedParts(was: SourceSpec, is: SourceSpec): string[] {
  const told = (source: SourceSpec): readonly (readonly [string, string])[] => [
    ['kind', source.kind],
    ['title', `“${source.title}”`],
    ['address', source.address],
    ['network', source.network ?? 'none'],
    ['every', writeDuration(source.everyMs)],
    ['timeout', writeDuration(source.timeoutMs)],
    ['buildInfo', source.buildInfo ? `${source.buildInfo.metric}, ${source.buildInfo.label}` : 'none'],
  ];
  const before = new Map(told(was));
  return told(is).flatMap(([name, value]) =>
    before.get(name) === value ? [] : [`${name} ${value} where it was ${before.get(name)}`],
  );
}
