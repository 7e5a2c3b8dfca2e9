'use client';

/** One address of this installation, while it is typed. */
interface AddressRow {
  readonly id: number;
  readonly source: string;
  readonly address: string;
}

export const noAddresses: readonly AddressRow[] = [{ id: 0, source: '', address: '' }];

/** The rows that say something, by source. */
export function addressesOf(rows: readonly AddressRow[]): Readonly<Record<string, string>> {
  const filled = rows
    .map(({ source, address }) => [source.trim(), address.trim()] as const)
    .filter(([source, address]) => source !== '' && address !== '');
  return Object.fromEntries(filled);
}

interface Props {
  readonly rows: readonly AddressRow[];
  readonly setRows: (rows: readonly AddressRow[]) => void;
}

/** Addresses of sources where this installation's differ from the spec's. */
export function AddressFields({ rows, setRows }: Props) {
  const change = (id: number, part: Partial<AddressRow>): void =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <details className="disclose mt-4">
      <summary>Sources at other addresses than the spec says</summary>
      <ul className="mt-2 grid gap-2">
        {rows.map(({ id, source, address }) => (
          <li key={id} className="flex flex-wrap gap-2">
            <input
              className="field mono w-40"
              aria-label="Id of the source in the spec"
              placeholder="prometheus"
              autoComplete="off"
              value={source}
              onChange={({ target }) => change(id, { source: target.value })}
            />
            <input
              className="field mono min-w-0 flex-1"
              aria-label="Its address here"
              placeholder="http://127.0.0.1:9090"
              autoComplete="off"
              value={address}
              onChange={({ target }) => change(id, { address: target.value })}
            />
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button button-ghost mt-2"
        onClick={() => setRows([...rows, { id: rows.length, source: '', address: '' }])}
      >
        One more
      </button>
    </details>
  );
}
