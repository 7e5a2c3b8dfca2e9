import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultDashboard } from '@grafana/schema';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { paymentsText, specFrom } from '../spec.fixture.ts';
import { dashboardFiles } from './dashboard-files.ts';

/**
 * Grafana publishes its schema as types (`@grafana/schema`, generated from the CUE that its own backend uses). Each file
 * is therefore written out as a constant of those types and compiled: unknown keys, other kinds of values and words
 * outside an enumeration are errors of the compiler's.
 */
const prelude = `
import type { Dashboard } from '@grafana/schema';
import type * as Bargauge from '@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen.d.ts';
import type * as Gauge from '@grafana/schema/dist/esm/raw/composable/gauge/panelcfg/x/GaugePanelCfg_types.gen.d.ts';
import type * as Heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen.d.ts';
import type * as Stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen.d.ts';
import type * as Table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen.d.ts';
import type * as Timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen.d.ts';

/** Values as JSON has them: an enumeration is its words or numbers. */
type Plain<T> = T extends string ? \`\${T}\` : T extends number ? (\`\${T}\` extends \`\${infer N extends number}\` ? N : never)
  : T extends readonly (infer E)[] ? readonly Plain<E>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
type None = Record<string, never>;
`;

/** A file that stands beside this one, and nowhere on disk. */
const file = join(import.meta.dirname, 'dashboards.virtual.ts');
const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2024,
  types: [],
};

/** What the compiler says of dashboards, a line a fault. */
function faultsOf(dashboards: readonly Record<string, unknown>[]): string[] {
  const parts = dashboards.map((dashboard, at) => {
    const panels = dashboard.panels as {
      type: string;
      options: unknown;
      fieldConfig: { defaults: object };
    }[];
    const details = panels.map(({ type, options, fieldConfig }, index) => {
      const custom = 'custom' in fieldConfig.defaults ? fieldConfig.defaults.custom : {};
      const plugin = `${type[0]?.toUpperCase()}${type.slice(1)}`;
      const field =
        type === 'stat' || type.endsWith('gauge') ? 'None' : `Plain<Partial<${plugin}.FieldConfig>>`;
      return [
        `export const options_${at}_${index}: Plain<${plugin}.Options> = ${JSON.stringify(options)};`,
        `export const custom_${at}_${index}: ${field} = ${JSON.stringify(custom)};`,
      ].join('\n');
    });
    return [
      `export const dashboard_${at}: Plain<Dashboard> = ${JSON.stringify(dashboard)};`,
      ...details,
    ].join('\n');
  });
  const source = `${prelude}\n${parts.join('\n')}`;
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, target, ...rest) =>
    path === file ? ts.createSourceFile(path, source, target) : getSourceFile(path, target, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 600));
}

const read = readSpec(
  readFileSync(new URL('../../../launches/the-block.yaml', import.meta.url), 'utf8'),
  'spec',
);
if (!read.ok) throw new Error(read.problem.message);
const { spec } = read.value;
const types = ['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'heatmap'] as const;

/** The shipped dashboards, and one with each type of panel there is, with bounds and without. */
function everyDashboard(): Record<string, unknown>[] {
  const { kit } = spec;
  const [first] = kit?.dashboards ?? [];
  const [one] = first?.panels ?? [];
  if (!kit || !first || !one) throw new Error('it has no dashboard');
  const panels = types.flatMap((type) =>
    [null, 'execution-lag'].map((threshold) => ({ ...one, type, threshold, id: `${type}-${threshold}` })),
  );
  const all = { ...spec, kit: { ...kit, dashboards: [...kit.dashboards, { ...first, panels }] } };
  return [...dashboardFiles(all), ...dashboardFiles(specFrom(paymentsText))].map(({ text }) =>
    JSON.parse(text),
  );
}

test('the version they name is that of the published schema', () => {
  for (const dashboard of everyDashboard())
    expect(dashboard.schemaVersion).toBe(defaultDashboard.schemaVersion);
});

test('every file holds to Grafana’s published schema, and what does not hold to it is told', () => {
  expect(faultsOf(everyDashboard())).toEqual([]);

  const faults = everyDashboard()
    .slice(0, 1)
    .flatMap((dashboard) => [
      { ...dashboard, schemaVersion: '41' },
      { ...dashboard, dashboard: {} },
      { ...dashboard, templating: { list: [{ name: 'datasource', type: 'source' }] } },
    ]);
  expect(faultsOf(faults)).toHaveLength(3);

  const [broken] = everyDashboard() as [{ panels: { type: string; options: object }[] }];
  const [stat] = broken.panels;
  if (stat?.type !== 'stat') throw new Error('the first panel is no stat');
  stat.options = { ...stat.options, colorMode: 'loud' };
  expect(faultsOf([{ ...broken }])).toHaveLength(1);
}, 120_000);
