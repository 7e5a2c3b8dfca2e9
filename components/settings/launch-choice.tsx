import type { SourceSetting } from '#lib/domain/source-settings.ts';

type Reading = SourceSetting['launches'][number];

interface Props {
  readonly of: readonly Reading[];
  readonly chosen: ReadonlySet<string>;
  readonly set: (chosen: ReadonlySet<string>) => void;
}

/** A launch's reading of a source among those that a form chooses from: two ids of one spec may be one source. */
export function readingKey({ launch, source }: Reading): string {
  return `${launch} ${source}`;
}

/** Which of the launches that read a source; all that there are, where there is one. */
export function LaunchChoice({ of, chosen, set }: Props) {
  if (of.length < 2) return null;
  const flip = (key: string) => {
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    set(next);
  };
  return (
    <fieldset>
      <legend>For these launches</legend>
      {of.map((reading) => (
        <label key={readingKey(reading)} className="mt-1 flex items-center gap-2">
          <input
            type="checkbox"
            checked={chosen.has(readingKey(reading))}
            onChange={() => flip(readingKey(reading))}
          />
          <span className="min-w-0 wrap-anywhere">
            {reading.title}, as <code>{reading.source}</code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
