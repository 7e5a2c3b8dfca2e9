import type { ProposalTarget } from '#lib/domain/proposal-view.ts';

interface Props {
  readonly targets: readonly ProposalTarget[];
  readonly target: ProposalTarget;
  readonly onPick: (source: string) => void;
}

/** Which source is proposed to. */
export function ProposeWhere({ targets, target, onPick }: Props) {
  return (
    <label className="mt-4 block text-ink-2">
      Where
      <select className="field" value={target.source} onChange={({ target: input }) => onPick(input.value)}>
        {targets.map(({ source, title, address }) => (
          <option key={source} value={source}>
            {title}, {address}
          </option>
        ))}
      </select>
    </label>
  );
}
