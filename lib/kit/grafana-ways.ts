import type { Spec } from '#lib/domain/spec.ts';
import type { Block } from './runbook/blocks.ts';
import { shellWord } from './shell-word.ts';

/**
 * The three ways by which a dashboard comes into Grafana, for the readme; nothing where there is none. Sources:
 * grafana.com/docs, “Import dashboards”, “Provision Grafana”, “Dashboard HTTP API”.
 */
export function grafanaWays(spec: Spec): readonly Block[] {
  const dashboards = spec.kit?.dashboards ?? [];
  const [first] = dashboards;
  if (!first) return [];
  const folders = [...new Set(dashboards.flatMap(({ folder }) => folder ?? []))];
  const folder = folders.length === 0 ? '' : ` Folder: ${folders.join(', ')}.`;
  return [
    { kind: 'heading', level: 2, text: 'How dashboards come into Grafana' },
    {
      kind: 'text',
      text: `Each file has its uid and no id, so that it replaces itself whichever way it comes again. None asks for a datasource: the variable at the top of the dashboard begins with Grafana’s default Prometheus, and changes there.${folder}`,
    },
    {
      kind: 'list',
      items: [
        'By hand: Dashboards, New, Import; upload the file and leave its uid as it is.',
        'By provisioning: put the files into a folder of the server, and that folder into `options.path` of a provider with `type: file`, in a YAML file under `provisioning/dashboards`. What is changed in Grafana then cannot be saved there.',
        'By API, with the token of a service account that may write dashboards:',
      ],
    },
    {
      kind: 'commands',
      text: [
        `jq '{ dashboard: ., overwrite: true }' ${shellWord(first.file)} |`,
        '  curl --fail-with-body --json @- -H "Authorization: Bearer $GRAFANA_TOKEN" "$GRAFANA_URL/api/dashboards/db"',
      ].join('\n'),
    },
  ];
}
