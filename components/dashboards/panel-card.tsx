import { LinesChart } from '#components/chart/lines-chart.tsx';
import { Numbers } from '#components/chart/numbers.tsx';
import { withUnit } from '#components/chart/unit.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { PanelOnScreen } from '#lib/domain/dashboards-view.ts';
import { stateShapes, stateWords } from './panel-words.ts';

/** One required panel: what Grafana shows of it with the spec's bounds, and what is not as required. */
export function PanelCard({ panel }: { readonly panel: PanelOnScreen }) {
  const { title, state, says, query } = panel;
  return (
    <li className="dashboard-panel" data-state={state}>
      <figure>
        <figcaption>
          <Shape of={stateShapes[state]} size="small" />
          <b className="clip font-medium">{title}</b>
          <span className="ml-auto text-ink-3">{countOf(panel)}</span>
        </figcaption>
        <Drawing panel={panel} />
      </figure>
      <p className="dashboard-says">
        <b className={`font-medium word is-${stateShapes[state]}`}>{stateWords[state]}</b> {says}
      </p>
      {query.grafana === null ? null : (
        <details className="disclose" open={state === 'drifted'}>
          <summary>Where they differ</summary>
          <dl className="pairs">
            <dt>Spec</dt>
            <dd>
              <code>{query.spec}</code>
            </dd>
            <dt>Grafana</dt>
            <dd>
              <code>{query.grafana}</code>
            </dd>
          </dl>
        </details>
      )}
    </li>
  );
}

function Drawing({ panel }: { readonly panel: PanelOnScreen }) {
  const { title, state, unit, lines, bounds, range, seriesWithData } = panel;
  const drawn = lines.filter(({ points }) => points.length > 0);
  const others = Math.max(0, seriesWithData - drawn.length);
  if (drawn.length === 0)
    return (
      <div className={`panel-nothing is-${stateShapes[state]}`}>
        <p>{state === 'missing' ? 'Not in Grafana' : 'No data'}</p>
      </div>
    );
  // Asked at one instant, as tables are: there is nothing to draw a line through.
  if (drawn.every(({ points }) => points.length === 1)) {
    const series = drawn.map(({ name, points }) => ({ name, last: points[0]?.[1] ?? 0, beyond: null }));
    return <Numbers title={title} series={series} others={others} as="rows" />;
  }
  return (
    <LinesChart
      label={`${title}: ${textOf(panel)}`}
      lines={drawn}
      others={others}
      bounds={bounds}
      unit={unit}
      range={range}
      ended={null}
      named={drawn.length > 1}
    />
  );
}

function countOf({ state, seriesWithData, lines, unit }: PanelOnScreen): string {
  if (state === 'missing') return 'absent';
  const [only] = lines;
  const last = only?.points.at(-1)?.[1];
  if (seriesWithData === 1 && last !== undefined) return withUnit(last, unit);
  return `${seriesWithData} series`;
}

/** The numbers that the drawing shows. */
function textOf({ lines, bounds, unit }: PanelOnScreen): string {
  const said = lines.flatMap(({ name, points }) => {
    const last = points.at(-1)?.[1];
    return last === undefined ? [] : [`${name} ${withUnit(last, unit)}`];
  });
  return [...said, ...bounds.map(({ word, value }) => `${word} at ${withUnit(value, unit)}`)].join(', ');
}
