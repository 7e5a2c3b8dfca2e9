import { Fold } from '#components/frame/fold.tsx';
import { Age } from '#components/time/age.tsx';
import { withKeys } from '#components/ui/with-keys.ts';
import type { BoardView } from '#lib/domain/view.ts';

const most = 7;

/** Who owes what, and since when. The longest wait is first. */
export function Owes({ owes }: { readonly owes: BoardView['owes'] }) {
  const rest = owes.length - most;
  return (
    <Fold title="Who owes what" end={owes.length > 0 ? 'since' : null}>
      {owes.length === 0 ? (
        <p className="text-ink-2">Nobody owes anything that is due.</p>
      ) : (
        <table className="owes">
          <tbody>
            {withKeys(owes.slice(0, most), ({ who }) => who).map(([key, { who, what, since }]) => (
              <tr key={key}>
                <th scope="row">{who}</th>
                <td>{what}</td>
                <td>{since ? <Age at={since} /> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 ? <p className="note">{`${rest} more: group by owner to see them.`}</p> : null}
    </Fold>
  );
}
