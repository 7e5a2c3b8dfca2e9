'use client';

import { withKeys } from '#components/ui/with-keys.ts';
import type { KitFileView } from '#lib/domain/kit-view.ts';

/** Differences in meaning: where, what each says, and what follows from it. */
export function Differences({ file }: { readonly file: KitFileView }) {
  const { differences, more, path } = file;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className="scroller" tabIndex={0} aria-label={`Differences in meaning of ${path}`}>
        <table className="table kit-meaning">
          <thead>
            <tr>
              <th scope="col">Where</th>
              <th scope="col">Kit</th>
              <th scope="col">Repository</th>
              <th scope="col">Why it matters</th>
            </tr>
          </thead>
          <tbody>
            {withKeys(differences, ({ at }) => at).map(([key, one]) => (
              <tr key={key}>
                <th scope="row">{one.at}</th>
                <td>
                  <Said text={one.kit} />
                </td>
                <td className={one.meant ? undefined : 'text-fail'}>
                  <Said text={one.repository} />
                </td>
                <td>
                  {one.meant ? <span className="text-ink-3">On purpose: </span> : null}
                  {one.why}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {more > 0 ? <p className="note">{more} more; comparing lines shows all of them.</p> : null}
    </>
  );
}

function Said({ text }: { readonly text: string | null }) {
  return text === null ? <span className="text-ink-3">nothing</span> : <code>{text}</code>;
}
