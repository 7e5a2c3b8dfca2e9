import { Prose } from '#components/ui/prose.tsx';
import type { KitCorrectionView } from '#lib/domain/kit-view.ts';

interface Props {
  readonly corrections: readonly KitCorrectionView[];
  readonly label: string;
}

/** What was wrong before, what stands now, and why. */
export function Corrections({ corrections, label }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="scroller" tabIndex={0} aria-label={label}>
      <table className="table kit-corrections">
        <thead>
          <tr>
            <th scope="col">Was</th>
            <th scope="col">Now</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {corrections.map(({ id, was, now, why }) => (
            <tr key={id}>
              <td>
                <Prose text={was} />
              </td>
              <th scope="row">
                <Prose text={now} />
              </th>
              <td>
                <Prose text={why} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
