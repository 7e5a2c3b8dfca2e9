import type { Choice } from './filter.ts';

interface Props {
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly Choice[];
  readonly onPick: (id: string | null) => void;
}

/** One choice of several, or none: the label stands for none. */
export function Pick({ label, value, choices, onPick }: Props) {
  if (choices.length < 2 && value === null) return null;
  const isKnown = choices.some(({ id }) => id === value);
  return (
    <select
      className="pick"
      aria-label={label}
      value={value ?? ''}
      data-chosen={value === null ? undefined : ''}
      onChange={({ target }) => onPick(target.value === '' ? null : target.value)}
    >
      <option value="">{value === null ? label : `Any ${label.toLowerCase()}`}</option>
      {value !== null && !isKnown ? <option value={value}>{value}</option> : null}
      {choices.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}
