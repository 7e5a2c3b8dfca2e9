import { TextField } from './text-field.tsx';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly note?: string;
}

/** Where a token is typed: covered, and remembered by no browser. */
export function TokenField(props: Props) {
  return <TextField {...props} mono covered />;
}
