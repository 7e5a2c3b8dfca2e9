import type { GrafanaDataSource } from '#lib/domain/observations/grafana.ts';
import type { DatasourceRead, PanelRead, QueryRead } from '../dashboard/dashboard.ts';
import { pairUp } from './pairs.ts';
import { asWritten, type QueryMeanings } from './query-meanings.ts';

/** How what a panel asks differs. */
export interface QueryApart {
  readonly kind: 'query-added' | 'query-gone' | 'query-changed' | 'datasource-changed';
  readonly file: string | null;
  readonly runs: string | null;
  readonly says: string;
}

/** What both sides of a comparison know besides their panels. */
export interface Known {
  readonly meanings: QueryMeanings;
  /** What Grafana's data sources are called; null when it did not say. */
  readonly dataSources: readonly GrafanaDataSource[] | null;
}

/** What a panel's visible queries ask otherwise: by what they mean, whatever they are called and in whatever order. */
export function queriesApart(file: PanelRead, runs: PanelRead, known: Known): readonly QueryApart[] {
  const { meanings } = known;
  const ours = file.queries.filter(({ hidden }) => !hidden);
  const theirs = runs.queries.filter(({ hidden }) => !hidden);
  const same = pairUp(ours, theirs, [({ expr }) => asWritten(expr), (query) => meaning(query, meanings)]);
  const changed = pairUp(same.file, same.runs, [({ refId }) => refId, () => 'in their order']);
  return [
    ...changed.pairs.map(([one, other]): QueryApart => {
      return { kind: 'query-changed', file: one.expr, runs: other.expr, says: 'query changed' };
    }),
    ...changed.file.map(({ expr, refId }): QueryApart => {
      const hides = runs.queries.some((query) => query.hidden && query.refId === refId);
      return { kind: 'query-gone', file: expr, runs: null, says: hides ? 'query hidden' : 'query gone' };
    }),
    ...changed.runs.map(({ expr }): QueryApart => {
      return { kind: 'query-added', file: null, runs: expr, says: 'query added' };
    }),
    ...dataSourcesApart([...same.pairs, ...changed.pairs], known),
  ];
}

/** What a panel asks, in one text for panels that ask the same; null for one that asks nothing. */
export function askedBy({ queries }: PanelRead, meanings: QueryMeanings): string | null {
  const asked = queries.filter(({ hidden }) => !hidden).map((query) => meaning(query, meanings));
  return asked.length === 0 ? null : asked.sort().join('\n');
}

function meaning({ expr, language }: QueryRead, meanings: QueryMeanings): string {
  return language === 'promql' ? meanings.of(expr) : `${language} ${expr.trim()}`;
}

function dataSourcesApart(
  pairs: readonly (readonly [QueryRead, QueryRead])[],
  { dataSources }: Known,
): readonly QueryApart[] {
  const told = new Map<string, QueryApart>();
  for (const [{ datasource: file }, { datasource: runs }] of pairs) {
    if (isFilledIn(file, runs)) continue;
    const [one, other] = [keyOf(file, dataSources), keyOf(runs, dataSources)];
    if (one === other) continue;
    const words = { file: inWords(file), runs: inWords(runs) };
    const says = `data source changed from ${words.file} to ${words.runs}`;
    told.set(says, { kind: 'datasource-changed', ...words, says });
  }
  return [...told.values()];
}

/** An import by hand puts a data source in the place of each input that the file asks for. */
function isFilledIn(file: DatasourceRead, runs: DatasourceRead): boolean {
  if (file.kind !== 'variable' || file.known !== 'input' || runs.kind === 'variable') return false;
  return runs.kind !== 'fixed' || runs.plugin === null || file.plugin === null || runs.plugin === file.plugin;
}

/** The same for what is the same data source, said by uid, by name, or not at all for the default one. */
function keyOf(datasource: DatasourceRead, known: readonly GrafanaDataSource[] | null): string {
  switch (datasource.kind) {
    case 'variable':
      return `$${datasource.name}`;
    case 'own':
      return `own ${datasource.uid}`;
    case 'default':
      return known?.find(({ isDefault }) => isDefault)?.uid ?? 'default';
    case 'fixed': {
      const { uid } = datasource;
      return known?.find((one) => one.uid === uid || one.name === uid)?.uid ?? uid;
    }
  }
}

function inWords(datasource: DatasourceRead): string {
  switch (datasource.kind) {
    case 'variable':
      return `\${${datasource.name}}`;
    case 'default':
      return 'the default';
    case 'own':
    case 'fixed':
      return datasource.uid;
  }
}
