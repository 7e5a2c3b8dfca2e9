'use client';

import { Shape } from '#components/verdict/shape.tsx';
import { formatNumber } from './number.ts';

interface Numbered {
  readonly name: string;
  readonly last: number;
  /** The worst bound that it is beyond. */
  readonly beyond: 'warning' | 'critical' | null;
}

interface Props {
  /** Of what they are, read aloud. */
  readonly title: string;
  readonly series: readonly Numbered[];
  /** Those that are not among them. */
  readonly others: number;
  readonly as: 'rows' | 'tiles';
}

/** What stands as numbers with their names, their unit in the caption: a table's rows with a bar each, or a stat's tiles. */
export function Numbers({ title, series, others, as }: Props) {
  const most = Math.max(...series.map(({ last }) => Math.abs(last)), 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="panel-scroll" tabIndex={0} aria-label={`Values of ${title}`}>
      <dl className={as === 'rows' ? 'panel-rows' : 'panel-tiles'}>
        {series.map((one) => (
          <div key={one.name}>
            <dt className="clip" title={one.name}>
              {one.name}
            </dt>
            <dd className={one.beyond ? `is-${one.beyond}` : undefined}>
              {one.beyond ? <Beyond of={one} /> : null}
              {formatNumber(one.last)}
            </dd>
            {as === 'rows' ? (
              <i
                aria-hidden="true"
                style={{ width: `${most === 0 ? 0 : (100 * Math.abs(one.last)) / most}%` }}
              />
            ) : null}
          </div>
        ))}
      </dl>
      {others > 0 ? <p className="note">{others} more</p> : null}
    </section>
  );
}

function Beyond({ of }: { readonly of: Numbered }) {
  return (
    <>
      <Shape of={of.beyond === 'critical' ? 'fail' : 'stale'} size="small" />
      {`${of.beyond} `}
    </>
  );
}
