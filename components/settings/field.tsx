import { type ReactNode, useId } from 'react';

interface Props {
  readonly label: string;
  readonly note?: string | undefined;
  /** What is filled in, given its id and that of what describes it. */
  readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ReactNode;
}

/** A field of a form: its label above it, and what is to be said of it below. */
export function Field({ label, note, children }: Props) {
  const id = useId();
  const describedBy = note ? `${id}-note` : undefined;
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy })}
      {note ? (
        <p id={describedBy} className="note mt-1">
          {note}
        </p>
      ) : null}
    </div>
  );
}
