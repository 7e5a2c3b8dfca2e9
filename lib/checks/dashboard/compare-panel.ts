import { shown } from '../metrics/words.ts';
import type { DatasourceRead, PanelRead, QueryRead, ThresholdsRead } from './dashboard.ts';
import { typeFault } from './panel-type.ts';
import { asksTheSame } from './same-query.ts';
import type { PanelWanted } from './wanted.ts';

/** Something about a panel that is not as the spec has it. */
export interface PanelFault {
  readonly verdict: 'fail' | 'unknown';
  /** After the panel's title: "it is of the type `table`, not `stat`". */
  readonly what: string;
  /** What would put it right. */
  readonly way: string;
  /** After `what`, for people alone: a number that is another at each look, and decides nothing. */
  readonly reading?: string;
}

export interface PanelCompared {
  readonly faults: readonly PanelFault[];
  /** Queries that read the wanted metrics and ask otherwise than the spec does. They turn nothing. */
  readonly otherwise: readonly string[];
  /** Metrics that it is to show and that nobody sees on it. */
  readonly unseen: readonly string[];
}

/** Holds a panel that a dashboard has against the one that the spec wants: all but its title. */
export function comparePanel(panel: PanelRead, wanted: PanelWanted): PanelCompared {
  if (panel.library !== null)
    return { faults: [libraryFault(panel.library)], otherwise: [], unseen: wantedMetrics(wanted) };
  const shown = panel.queries.filter(({ hidden, language }) => !hidden && language === 'promql');
  const type = typeFault(panel.type, wanted.type);
  return {
    faults: [
      ...(panel.unplaced
        ? [fails('no layout places it, so that nobody sees it', 'Place it in the layout.')]
        : []),
      ...(type === null ? [] : [fails(type, `Make it a \`${wanted.type}\`.`)]),
      ...queryFaults(panel, shown, wanted),
      ...datasourceFaults(shown),
      // How another type shows its bounds says nothing.
      ...thresholdFaults(
        type === null ? panel.thresholds : { ...panel.thresholds, drawn: wanted.bounds.length > 0 },
        wanted,
      ),
    ],
    otherwise: wanted.queries.every(({ expr }) => shown.some((query) => asksTheSame(query.expr, expr)))
      ? []
      : shown.map(({ expr }) => expr),
    unseen: panel.unplaced
      ? wantedMetrics(wanted)
      : unreadMetrics(
          shown.filter(({ sketched }) => !sketched),
          wanted,
        ),
  };
}

/** The metrics that a panel is to show, each once. */
export function wantedMetrics({ queries }: PanelWanted): readonly string[] {
  return [...new Set(queries.flatMap(({ metrics }) => metrics))];
}

/** Those of them that no query reads, nor the recording rule that keeps the same value. */
function unreadMetrics(shown: readonly QueryRead[], { queries }: PanelWanted): readonly string[] {
  const read = namesRead(shown);
  const unread = queries.flatMap(({ metrics, record }) =>
    record !== null && read.has(record) ? [] : metrics.filter((name) => !read.has(name)),
  );
  return [...new Set(unread)];
}

function namesRead(shown: readonly QueryRead[]): ReadonlySet<string> {
  return new Set(shown.flatMap(({ names }) => (names.ok ? names.names : [])));
}

function libraryFault(name: string): PanelFault {
  return {
    verdict: 'unknown',
    what: `it is the library panel “${shown(name)}”, whose content is in Grafana and not in the file`,
    way: 'Unlink it from the library, so that the file holds it.',
  };
}

function queryFaults(panel: PanelRead, shown: readonly QueryRead[], wanted: PanelWanted): PanelFault[] {
  const { queries } = wanted;
  const faults = shown.flatMap(({ refId, names, expr, sketched }) => [
    ...(sketched
      ? [
          fails(
            'its query is a plain text, where Grafana reads objects',
            `Write \`{ "expr": … }\` instead of \`${clip(expr)}\`.`,
          ),
        ]
      : []),
    ...(names.ok
      ? []
      : [
          fails(
            `its query${refId === null ? '' : ` ${refId}`} cannot be read: ${names.message}`,
            `Put \`${clip(expr)}\` right.`,
          ),
        ]),
  ]);
  if (shown.length === 0) {
    const hides = panel.queries.some(({ hidden, language }) => hidden && language === 'promql');
    const what = hides ? 'its queries are all hidden' : 'it asks nothing in PromQL';
    return [fails(what, `Let it ask \`${clip(queries[0]?.expr ?? '')}\`.`)];
  }
  // What does not parse may well be the query that is missed.
  if (faults.length > 0 && shown.some(({ names }) => !names.ok)) return faults;
  const names = unreadMetrics(shown, wanted);
  if (names.length === 0) return faults;
  const others = [...namesRead(shown)].filter(
    (name) => !queries.some(({ metrics }) => metrics.includes(name)),
  );
  const instead = others.length > 0 ? `, but ${others.slice(0, 3).join(', ')}` : '';
  return [
    ...faults,
    fails(`it does not read ${names.join(', ')}${instead}`, `Let it ask for ${names.join(', ')}.`),
  ];
}

function datasourceFaults(shown: readonly QueryRead[]): PanelFault[] {
  const said = new Set(shown.flatMap(({ datasource }) => datasourceFault(datasource) ?? []));
  return [...said].map((what) =>
    fails(what, 'Let it ask a variable of the dashboard, of the type datasource.'),
  );
}

function datasourceFault(datasource: DatasourceRead): string | null {
  switch (datasource.kind) {
    case 'default':
      return 'its datasource is not said: it would ask whatever the default is';
    case 'fixed':
      return `its datasource is fixed to \`${datasource.uid}\``;
    case 'own':
      return null;
    case 'variable':
      if (datasource.known === 'variable') return null;
      return datasource.known === 'input'
        ? `its datasource \`${datasource.name}\` is asked for in an import by hand and never else`
        : `its datasource is \`${datasource.name}\`, and the dashboard has no such variable`;
  }
}

function thresholdFaults(read: ThresholdsRead, { bounds, side }: PanelWanted): PanelFault[] {
  const values = read.steps.flatMap(({ value }) => value ?? []).sort((one, other) => one - other);
  const list = (numbers: readonly number[]) => numbers.join(' and ');
  if (bounds.length === 0) {
    if (values.length === 0 || !read.drawn) return [];
    return [
      fails(`it draws ${list(values)} as a bound, and the spec has none there`, 'Remove its thresholds.'),
    ];
  }
  const way = `Draw its bounds at ${list(bounds)}.`;
  if (values.length === 0) return [fails(`it has no thresholds, where ${list(bounds)} are its bounds`, way)];
  if (read.percentage) return [fails('its thresholds are percentages of a range, and not values', way)];
  if (values.length !== bounds.length || values.some((value, at) => value !== bounds[at]))
    return [fails(`its thresholds are ${list(values)}, not ${list(bounds)}`, way)];
  const base = read.steps.find(({ value }) => value === null)?.color ?? '';
  if (side === 'above' ? /red/.test(base) : /green/.test(base))
    return [
      fails(`its colours go the wrong way: values ${side} the bounds are bad`, 'Turn its colours round.'),
    ];
  return read.drawn ? [] : [fails(`its thresholds ${list(values)} are there and not drawn`, 'Show them.')];
}

function fails(what: string, way: string): PanelFault {
  return { verdict: 'fail', what, way };
}

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
