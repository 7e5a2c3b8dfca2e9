import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly placeholder?: string;
  readonly note?: string;
  readonly mono?: boolean;
  /** Takes the focus when it comes. */
  readonly first?: boolean;
}

/** One line of text, with what is to be said of it below. */
export function TextField({ label, value, set, placeholder, note, mono = false, first = false }: Props) {
  const field = useId();
  return (
    <div>
      <label htmlFor={field}>{label}</label>
      <input
        id={field}
        // biome-ignore lint/a11y/noAutofocus: somebody has just opened this form to type here
        autoFocus={first}
        className={`field mt-1 block w-full${mono ? ' mono' : ''}`}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        aria-describedby={note ? `${field}-note` : undefined}
        value={value}
        onChange={({ target }) => set(target.value)}
      />
      {note ? (
        <p id={`${field}-note`} className="note mt-1">
          {note}
        </p>
      ) : null}
    </div>
  );
}
