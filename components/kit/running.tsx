'use client';

import Link from 'next/link';
import { Age } from '#components/time/age.tsx';
import { webHref } from '#components/ui/web-href.ts';
import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { RunsDifference, RunsView } from '#lib/domain/drift.ts';
import { runsWords } from './place-words.ts';

interface Props {
  readonly launch: string;
  readonly place: RunsView;
  readonly path: string;
}

/** What runs of a file beside the kit's and the repository's: which way round it is, and each difference. */
export function Running({ launch, place, path }: Props) {
  const { where, state, fact, way, seenAt, item, differences, more } = place;
  const { of, word } = runsWords[state];
  const href = webHref(place.href);
  return (
    <section className="kit-running" aria-label={`${where}: ${path}`}>
      <div className="heading-row">
        <h3 className="heading inline-flex items-center gap-1.5">
          <Shape of={of} size="small" /> {where}: {word.toLowerCase()}
        </h3>
        {seenAt === null ? null : (
          <span className="text-ink-3">
            seen <Age at={seenAt} /> ago
          </span>
        )}
        {href === undefined ? null : (
          <a className="link" href={href}>
            Open in {where}
          </a>
        )}
        {item === null ? null : (
          <Link className="link" href={`/launches/${launch}/items/${item}`} prefetch={false}>
            The item that reads it
          </Link>
        )}
      </div>
      <p className="kit-way">{way ?? `${fact}.`}</p>
      {differences.length === 0 ? null : (
        <RunsDifferences
          differences={differences}
          label={`Kit, repository and ${where}: ${path}`}
          where={where}
        />
      )}
      {more > 0 ? <p className="note">{more} more differences are not listed.</p> : null}
    </section>
  );
}

interface DifferencesProps {
  readonly differences: readonly RunsDifference[];
  readonly label: string;
  readonly where: string;
}

function RunsDifferences({ differences, label, where }: DifferencesProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="scroller" tabIndex={0} aria-label={label}>
      <table className="table kit-meaning kit-drift">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Kit</th>
            <th scope="col">Repository</th>
            <th scope="col">{where}</th>
          </tr>
        </thead>
        <tbody>
          {withKeys(differences, ({ subject, says }) => `${subject} ${says}`).map(([key, one]) => (
            <tr key={key}>
              <th scope="row">
                {one.subject}
                <span className="kit-says">
                  {one.says}
                  {one.meant ? ', which the spec allows' : ''}
                </span>
              </th>
              <Said of={one} place="kit" />
              <Said of={one} place="repository" />
              <Said of={one} place="runs" />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What a place says; the odd one of the three is marked, in words too. */
function Said({ of, place }: { readonly of: RunsDifference; readonly place: 'kit' | 'repository' | 'runs' }) {
  const text = of[place];
  const isOdd = of.odd === place && !of.meant;
  return (
    <td className={isOdd ? 'text-fail' : undefined}>
      {text === null ? <span className="text-ink-3">nothing</span> : <code>{text}</code>}
      {isOdd ? <span className="kit-odd">only here</span> : null}
    </td>
  );
}
