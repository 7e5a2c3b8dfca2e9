'use client';

import { LinesChart } from '#components/chart/lines-chart.tsx';
import { Numbers } from '#components/chart/numbers.tsx';
import { withUnit } from '#components/chart/unit.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { PanelPreview, PanelSeries } from '#lib/domain/kit-view.ts';

const mostLines = 3;

/** One panel of a dashboard in its place: its title, its newest value, and what it draws. */
export function PanelFigure({ panel }: { readonly panel: PanelPreview }) {
  const { title, about, grid, state, series } = panel;
  const [first] = series;
  const isLone = series.length === 1 && first !== undefined && hasLines(panel);
  const place = {
    '--panel-x': grid.x + 1,
    '--panel-w': grid.w,
    '--panel-y': grid.y + 1,
    '--panel-h': grid.h,
  } as React.CSSProperties;
  return (
    <li className="panel" style={place} data-state={state}>
      <figure>
        <figcaption title={about ?? undefined}>
          <b className="clip font-medium">{title}</b>
          {isLone ? <Newest of={first} unit={panel.unit} /> : <Caption panel={panel} />}
        </figcaption>
        <PanelBody panel={panel} />
      </figure>
    </li>
  );
}

function hasLines({ type, range }: PanelPreview): boolean {
  return range !== null && type !== 'table' && type !== 'bargauge';
}

const stateWords = { quiet: 'Quiet', 'no-data': 'No data', failed: 'Not answered' } as const;

/** How many there are and in what unit; or the word for why there is none. */
function Caption({ panel }: { readonly panel: PanelPreview }) {
  const { state, says, unit } = panel;
  const said = state === 'data' ? says : stateWords[state];
  return (
    <span className="panel-count">
      {said}
      {state === 'data' && unit !== null ? `, ${unit}` : ''}
    </span>
  );
}

/** The last value; beyond a bound with its word and shape. */
function Newest({ of, unit }: { readonly of: PanelSeries; readonly unit: string | null }) {
  return (
    <span className={`panel-newest${of.beyond ? ` is-${of.beyond}` : ''}`}>
      {of.beyond ? <Shape of={of.beyond === 'critical' ? 'fail' : 'stale'} size="small" /> : null}
      {of.beyond ? `${of.beyond} ` : ''}
      {withUnit(of.last, unit)}
    </span>
  );
}

function PanelBody({ panel }: { readonly panel: PanelPreview }) {
  const { state, says, series, range } = panel;
  if (state !== 'data' || series.length === 0) return <Nothing state={state} says={says} />;
  if (!hasLines(panel) || range === null)
    return <Numbers title={panel.title} series={series} others={panel.others} as="rows" />;
  if ((panel.type === 'stat' || panel.type === 'gauge') && series.length > 1)
    return <Numbers title={panel.title} series={series} others={panel.others} as="tiles" />;
  const { endedAt, quiet } = panel;
  return (
    <LinesChart
      label={`${panel.title}: ${textOf(panel)}`}
      lines={series.slice(0, mostLines)}
      others={panel.others}
      bounds={panel.bounds}
      unit={panel.unit}
      range={range}
      ended={
        endedAt === null
          ? null
          : { at: endedAt, word: quiet ? 'Quiet' : 'No data', tone: quiet ? 'na' : 'fail' }
      }
      named={series.length > 1}
    />
  );
}

/** The numbers that the drawing shows. */
function textOf({ series, others, unit, bounds }: PanelPreview): string {
  return [
    ...series.slice(0, mostLines).map(({ name, last }) => `${name} ${withUnit(last, unit)}`),
    ...(others > 0 ? [`${others} more`] : []),
    ...bounds.map(({ word, value }) => `${word} at ${withUnit(value, unit)}`),
  ].join(', ');
}

const shapes = { quiet: 'pass', 'no-data': 'fail', failed: 'unknown', data: 'pass' } as const;

/** No line, and why. */
function Nothing({ state, says }: { readonly state: PanelPreview['state']; readonly says: string }) {
  return (
    <div className={`panel-nothing is-${shapes[state]}`}>
      <Shape of={shapes[state]} />
      <p>{says}</p>
    </div>
  );
}
