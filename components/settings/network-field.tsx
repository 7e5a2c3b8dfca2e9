import type { SpecToChange } from '#lib/domain/source-settings.ts';
import { Field } from './field.tsx';

interface Props {
  readonly of: SpecToChange['networks'];
  readonly value: string;
  readonly set: (value: string) => void;
}

/** The network that a source speaks of, of those that the spec declares. */
export function NetworkField({ of, value, set }: Props) {
  return (
    <Field label="Network">
      {({ id: field }) => (
        <select
          id={field}
          className="field mt-1 block w-full"
          value={value}
          onChange={({ target }) => set(target.value)}
        >
          <option value="">None</option>
          {of.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
