'use client';

import { formatNumber } from '#components/chart/number.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { PanelPreview, PanelSeries } from '#lib/domain/kit-view.ts';

interface Props {
  readonly panel: PanelPreview;
  readonly as: 'rows' | 'tiles';
}

/** What stands as numbers with their names, their unit in the caption: a table's rows with a bar each, or a stat's tiles. */
export function PanelNumbers({ panel, as }: Props) {
  const { series, others, title } = panel;
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

function Beyond({ of }: { readonly of: PanelSeries }) {
  return (
    <>
      <Shape of={of.beyond === 'critical' ? 'fail' : 'stale'} size="small" />
      {`${of.beyond} `}
    </>
  );
}
