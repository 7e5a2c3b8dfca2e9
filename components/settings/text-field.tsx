import { Field } from './field.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly placeholder?: string;
  readonly note?: string;
  readonly mono?: boolean;
  /** Typed without being shown. */
  readonly covered?: boolean;
  /** Takes the focus when it comes. */
  readonly first?: boolean;
}

/** One line of text, with what is to be said of it below. */
export function TextField({
  label,
  value,
  set,
  placeholder,
  note,
  mono = false,
  covered = false,
  first = false,
}: Props) {
  return (
    <Field label={label} note={note}>
      {({ id, describedBy }) => (
        <input
          id={id}
          type={covered ? 'password' : 'text'}
          // biome-ignore lint/a11y/noAutofocus: somebody has just opened this form to type here
          autoFocus={first}
          className={`field mt-1 block w-full${mono ? ' mono' : ''}`}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          aria-describedby={describedBy}
          value={value}
          onChange={({ target }) => set(target.value)}
        />
      )}
    </Field>
  );
}
