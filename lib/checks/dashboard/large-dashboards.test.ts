import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { dashboardsOf, panel, panelsOf } from './dashboard.fixture.ts';
import { readDashboards } from './read-dashboards.ts';

describe('hostile input ends', () => {
  test.each<[string, () => string]>([
    ['a million brackets', () => '['.repeat(1_000_000)],
    ['a million brackets that close', () => `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
    ['braces in YAML', () => `a: ${'{a: '.repeat(100_000)}`],
    [
      'aliases of aliases',
      () =>
        `a: &a [x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*${n === 0 ? 'a' : `b${n - 1}`}, *${n === 0 ? 'a' : `b${n - 1}`}]`).join('\n')}`,
    ],
    ['wrappers of wrappers', () => `${'{"dashboard":'.repeat(5000)}{}${'}'.repeat(5000)}`],
    ['50 MB', () => `{"panels":[${'{"title":"a","targets":[{"expr":"up"}]},'.repeat(1_250_000)}null]}`],
    ['a YAML of nothing but dashes', () => '- '.repeat(500_000)],
    ['a YAML of nothing but keys', () => `a:\n${'? '.repeat(500_000)}`],
    ['a YAML whose brackets hide in a text', () => `a: ["]", "\nb: |\n${'  - c: d\n'.repeat(100_000)}`],
    [
      'YAML texts of YAML',
      () =>
        stringify({
          data: Object.fromEntries(
            Array.from({ length: 50 }, (_, n) => [`${n}.yaml`, '- a: b\n'.repeat(9000)]),
          ),
        }),
    ],
    ['more panels than anybody draws', () => `{"panels":[${'{"title":"a"},'.repeat(60_000)}null]}`],
    ['50 MB of YAML', () => `panels:\n${'- title: a\n'.repeat(5_000_000)}`],
  ])('%s', (_, text) => {
    expect(readDashboards(text()).ok).toBe(false);
  });

  test('panels in panels in panels are all read', () => {
    const nested = `${'{"type":"row","panels":['.repeat(50_000)}{"title":"deep"}${']}'.repeat(50_000)}`;
    expect(panelsOf(`{"panels":[${nested}]}`)).toMatchObject([{ title: 'deep' }]);
  });

  test('10 000 panels are read, each query named', () => {
    const panels = Array.from({ length: 10_000 }, (_, n) =>
      panel(`p${n}`, `sum by (a) (rate(metric_${n}{a=~"$x"}[$__rate_interval]))`),
    );
    const read = panelsOf({ panels });
    expect(read).toHaveLength(10_000);
    expect(read.every(({ queries: [one] }, n) => one?.names.ok && one.names.names[0] === `metric_${n}`)).toBe(
      true,
    );
  });

  test('more PromQL than is parsed at once is named, not dropped', () => {
    const long = (n: number) => `${'a + '.repeat(9_000)}metric_${n}`;
    const read = panelsOf({ panels: Array.from({ length: 40 }, (_, n) => panel(`p${n}`, long(n))) });
    const messages = read.flatMap(({ queries }) =>
      queries.map(({ names }) => (names.ok ? 'read' : names.message)),
    );
    expect(messages).toHaveLength(40);
    expect(messages[0]).toBe('read');
    expect(messages.at(-1)).toBe('the file has more PromQL than is parsed at once');
  });

  test.each([
    ['characters', `${'a+'.repeat(30_000)}a`, 'the PromQL has more than 50000 characters and was not parsed'],
    ['words', '"'.repeat(40_000), 'the PromQL has more than 20000 words and signs and was not parsed'],
  ])('a query of too many %s is named', (_, expr, message) => {
    const [read] = panelsOf({ panels: [panel('a', expr)] });
    expect(read?.queries[0]?.names).toEqual({ ok: false, message });
  });

  test('10 000 panels of queries as long as those of node-exporter are all read', () => {
    const panels = Array.from({ length: 10_000 }, (_, n) =>
      panel(
        `p${n}`,
        `sum by (le) (rate(metric_${n}_bucket{job=~"$job", instance=~"$instance", cluster="$cluster"}[$__rate_interval])) / 1000 > 5`,
      ),
    );
    const read = panelsOf({ panels });
    expect(read.every(({ queries }) => queries.every(({ names }) => names.ok))).toBe(true);
  });
});

const reference = new URL('../../../../shared/reference/the-block/monitoring/', import.meta.url);
describe.skipIf(!existsSync(reference))(
  'The Block’s own, where shared/reference is beside the project',
  () => {
    /** Counted on the way through the text, not by the reader. Annotations have an `expr` too, and a colour. */
    function counted(text: string) {
      let [queries, rows] = [0, 0];
      JSON.parse(text, (_, value) => {
        if (typeof value?.expr === 'string' && !('iconColor' in value)) queries += 1;
        if (value?.type === 'row') rows += 1;
        return value;
      });
      return { queries, rows };
    }

    test.each(
      existsSync(reference) ? readdirSync(reference).filter((name) => /grafana|operator/.test(name)) : [],
    )('%s', (name) => {
      const text = readFileSync(new URL(name, reference), 'utf8');
      const [dashboard, ...others] = dashboardsOf(text);
      expect(others).toEqual([]);
      const queries = dashboard?.panels.flatMap(({ queries }) => queries) ?? [];
      expect(queries).toHaveLength(counted(text).queries);
      expect(
        queries.every(({ language, names }) => language === 'promql' && names.ok && names.names.length > 0),
      ).toBe(true);
      expect(new Set(dashboard?.panels.map(({ row }) => row)).size).toBe(Math.max(counted(text).rows, 1));
      expect(dashboard?.panels.every(({ type, title }) => type !== '' && title !== '')).toBe(true);
    });
  },
);
