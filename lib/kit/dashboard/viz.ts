import type { PanelSpec } from '#lib/domain/kit-spec.ts';
import type { ThresholdSpec } from '#lib/domain/spec.ts';
import { stepsOf } from './thresholds.ts';
import { grafanaUnit } from './unit.ts';

/** What of a panel decides how it is drawn. */
export interface Drawn {
  readonly panel: PanelSpec;
  readonly threshold: ThresholdSpec | null;
  /** It draws more than one line or number. */
  readonly several: boolean;
}

/** Field options common to all: unit, steps, and colours from the steps where numbers have bounds. */
export function fieldDefaults({ panel, threshold }: Drawn) {
  const lines = panel.type === 'timeseries';
  return {
    color: lines
      ? { mode: 'palette-classic' as const }
      : threshold
        ? { mode: 'thresholds' as const }
        : { mode: 'fixed' as const, fixedColor: 'text' },
    custom: customField(panel.type, threshold !== null),
    mappings: [],
    thresholds: { mode: 'absolute' as const, steps: [...stepsOf(threshold)] },
    unit: grafanaUnit(panel.unit),
  };
}

function customField(type: PanelSpec['type'], bounded: boolean) {
  switch (type) {
    case 'timeseries':
      return {
        axisSoftMin: 0,
        drawStyle: 'line' as const,
        fillOpacity: 10,
        lineInterpolation: 'linear' as const,
        lineWidth: 2,
        showPoints: 'auto' as const,
        spanNulls: false,
        thresholdsStyle: { mode: bounded ? ('line' as const) : ('off' as const) },
      };
    case 'table':
      return {
        align: 'auto' as const,
        cellOptions: { type: bounded ? ('color-text' as const) : ('auto' as const) },
        inspect: false,
      };
    default:
      return {};
  }
}

/** The last value that is one: what a number shows. */
const reduceOptions = { calcs: ['lastNotNull'], fields: '', values: false };

/** Options of each type of panel, as its plugin has them. */
export function vizOptions({ panel, several }: Drawn) {
  switch (panel.type) {
    case 'timeseries':
      return {
        legend: {
          calcs: several ? ['lastNotNull', 'max'] : [],
          displayMode: several ? ('table' as const) : ('list' as const),
          placement: 'bottom' as const,
          showLegend: true,
        },
        tooltip: { mode: 'multi' as const, sort: 'desc' as const },
      };
    case 'stat':
      return {
        colorMode: 'value' as const,
        graphMode: several ? ('none' as const) : ('area' as const),
        justifyMode: 'auto' as const,
        orientation: 'auto' as const,
        percentChangeColorMode: 'standard' as const,
        reduceOptions,
        showPercentChange: false,
        textMode: several ? ('value_and_name' as const) : ('auto' as const),
        wideLayout: true,
      };
    case 'gauge':
      return {
        minVizHeight: 75,
        minVizWidth: 75,
        orientation: 'auto' as const,
        reduceOptions,
        showThresholdLabels: false,
        showThresholdMarkers: true,
        sizing: 'auto' as const,
      };
    case 'bargauge':
      return {
        displayMode: 'basic' as const,
        legend: { calcs: [], displayMode: 'list' as const, placement: 'bottom' as const, showLegend: false },
        maxVizHeight: 300,
        minVizHeight: 16,
        minVizWidth: 8,
        namePlacement: 'auto' as const,
        orientation: 'horizontal' as const,
        reduceOptions,
        showUnfilled: true,
        sizing: 'auto' as const,
        valueMode: 'color' as const,
      };
    case 'table':
      return {
        cellHeight: 'sm' as const,
        frameIndex: 0,
        showHeader: true,
        sortBy: [{ desc: true, displayName: valueColumn(panel, 0) }],
      };
    case 'heatmap':
      return {
        calculate: false,
        cellGap: 1,
        color: { exponent: 0.5, fill: 'dark-orange', reverse: false, scheme: 'Oranges', steps: 64 },
        exemplars: { color: 'rgba(255,0,255,0.7)' },
        legend: { show: true },
        showValue: 'auto' as const,
        tooltip: { mode: 'single' as const },
        yAxis: { axisPlacement: 'left' as const, unit: grafanaUnit(panel.unit) },
      };
  }
}

/** The heading of a table's column of values: a plain legend, else the unit, else the panel's title. */
export function valueColumn({ queries, unit, title }: PanelSpec, at: number): string {
  const legend = queries[at]?.legend ?? null;
  if (legend !== null && !legend.includes('{{')) return legend;
  const name = unit ?? title;
  return at === 0 ? name : `${name} ${at + 1}`;
}
