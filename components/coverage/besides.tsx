import { Shape } from '#components/verdict/shape.tsx';
import type { CoverageBesides } from '#lib/domain/coverage-besides.ts';

/** What stands beside the matrix: used and emitted by nobody, emitted and used nowhere. */
export function Besides({ besides }: { readonly besides: CoverageBesides }) {
  const { jobs, unread, usedByNobody, usedNowhere, moreUsedNowhere, ofRuntime } = besides;
  const nowhere = usedNowhere.length + moreUsedNowhere;
  return (
    <section className="block-line" aria-labelledby="besides">
      <div className="section-head">
        <h2 id="besides" className="heading">
          Beside the matrix
        </h2>
        <span className="text-ink-3">
          {jobs.length > 0 ? `Names that ${jobs.join(', ')} emitted in the last two hours or so. ` : ''}
          To be read only: they change no verdict and no signature.
        </span>
      </div>
      {unread ? (
        <p className="flex gap-1.5 text-unknown">
          <Shape of="unknown" size="small" label="Unknown" />
          <span className="min-w-0 wrap-anywhere">{unread}</span>
        </p>
      ) : null}
      <div className="besides">
        <section aria-labelledby="used-by-nobody">
          <h3 id="used-by-nobody" className="heading">
            Used, emitted by nobody <span className="group-count">{usedByNobody.length}</span>
          </h3>
          {usedByNobody.length === 0 ? (
            <p className="text-ink-3">
              Every name on a panel, under an alert or in a runbook is declared or emitted.
            </p>
          ) : (
            <ul>
              {usedByNobody.map(({ name, places, isKnown }) => (
                <li key={name}>
                  <Shape
                    of={isKnown ? 'fail' : 'unknown'}
                    size="small"
                    label={isKnown ? 'Emitted by nobody' : 'Cannot be told'}
                  />
                  <span className="min-w-0 wrap-anywhere">
                    <code>{name}</code> <span className="text-ink-2">{`on ${places.join(', ')}`}</span>
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section aria-labelledby="used-nowhere">
          <h3 id="used-nowhere" className="heading">
            Emitted, used nowhere <span className="group-count">{jobs.length === 0 ? '' : nowhere}</span>
          </h3>
          {jobs.length === 0 ? null : nowhere === 0 ? (
            <p className="text-ink-3">
              Everything that is emitted is declared, on a panel, in a rule or in a runbook.
            </p>
          ) : (
            <ul className="besides-names">
              {usedNowhere.map((name) => (
                <li key={name}>
                  <code className="wrap-anywhere">{name}</code>
                </li>
              ))}
            </ul>
          )}
          {moreUsedNowhere > 0 ? <p className="note">{`${moreUsedNowhere} more.`}</p> : null}
          {ofRuntime > 0 ? (
            <p className="note">{`${ofRuntime} more are what client libraries say of their own process.`}</p>
          ) : null}
        </section>
      </div>
    </section>
  );
}
