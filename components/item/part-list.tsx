import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import type { Part } from './parts.ts';

interface Props {
  readonly title: string;
  readonly parts: readonly Part[];
}

/** A document's outline, or a dashboard's panels: each part, whether it is right, and what it lacks. */
export function PartList({ title, parts }: Props) {
  return (
    <div>
      <h3 className="heading pb-1">{title}</h3>
      <ul className="border-t border-line-2">
        {withKeys(parts, ({ name }) => name).map(([key, { name, verdict, says }]) => (
          <li key={key} className="part">
            <Shape of={verdict} size="small" label={wordOf(verdict)} />
            <b className="font-medium wrap-anywhere">{name}</b>
            <span className={verdict === 'pass' ? 'text-ink-3' : `is-${verdict}`}>{says}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
