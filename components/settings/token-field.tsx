import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly note?: string;
}

/** Where a token is typed: covered, and remembered by no browser. */
export function TokenField({ label, value, set, note }: Props) {
  const field = useId();
  return (
    <div>
      <label htmlFor={field}>{label}</label>
      <input
        id={field}
        className="field mono mt-1 block w-full"
        type="password"
        autoComplete="off"
        spellCheck={false}
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
