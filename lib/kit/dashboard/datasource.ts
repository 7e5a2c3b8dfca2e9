const name = 'datasource';

/** What every panel and query asks: the dashboard's own variable, so that no installation's uid stands in the file. */
export const datasource = { type: 'prometheus', uid: `\${${name}}` };

/**
 * The variable by which people choose the Prometheus. Grafana fills in its default one, also for a dashboard that was
 * provisioned or came by API, where the inputs of an import are never asked.
 */
export const datasourceVariable = {
  hide: 0 as const,
  includeAll: false,
  label: 'Prometheus',
  multi: false,
  name,
  options: [],
  query: 'prometheus',
  refresh: 1 as const,
  regex: '',
  skipUrlSync: false,
  type: 'datasource' as const,
};
