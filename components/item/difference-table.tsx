import { withKeys } from '#components/ui/with-keys.ts';
import type { FileDifference } from './file-differences.ts';

const most = 12;

interface Props {
  readonly differences: readonly FileDifference[];
  /** Id of its check: a page may hold several. */
  readonly check: string;
}

/** Differences in meaning: where, and what each side says. */
export function DifferenceTable({ differences, check }: Props) {
  const more = differences.length - most;
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="scroller" tabIndex={0} aria-label={`Differences of ${check}`}>
        <table className="table differences">
          <caption className="heading pb-1 text-left">Differences in meaning</caption>
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Kit</th>
              <th scope="col">Repository</th>
            </tr>
          </thead>
          <tbody>
            {withKeys(differences.slice(0, most), ({ at }) => at).map(([key, one]) => (
              <tr key={key}>
                <th scope="row">
                  {one.at}
                  {one.isMeant ? <span className="block text-ink-3">on purpose</span> : null}
                </th>
                <td>
                  <Said text={one.kit} />
                </td>
                <td className={one.isMeant ? undefined : 'text-fail'}>
                  <Said text={one.repository} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {more > 0 ? <p className="note">{more} more; all of them are in the raw evidence.</p> : null}
    </div>
  );
}

function Said({ text: said }: { readonly text: string | null }) {
  return said === null ? <span className="text-ink-3">nothing</span> : <code>{said}</code>;
}
