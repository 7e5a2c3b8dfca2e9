import { describe, expect, test } from 'vitest';
import { parse, parseDocument, type Scalar } from 'yaml';
import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Spec, ThresholdSpec } from '#lib/domain/spec.ts';
import { kitFiles } from './kit.ts';
import { otherText, paymentsText, shippedText, specFrom } from './spec.fixture.ts';

type Severity = 'warning' | 'critical';

/** Every part of a kit that could carry a bound, by a name; and all the rest of each file. */
function partsOf(files: readonly KitFile[]): Map<string, string> {
  const parts = new Map<string, string>();
  for (const { path, text, format, part } of files) {
    if (format === 'grafana-dashboard') {
      const { panels, ...rest } = JSON.parse(text) as { panels: { title: string }[] };
      for (const panel of panels) parts.set(`panel ${path} ${panel.title}`, JSON.stringify(panel));
      parts.set(path, JSON.stringify(rest));
    } else if (format === 'prometheus-rules') {
      const {
        groups = [],
        tests = [],
        ...rest
      } = parse(text) as {
        groups?: { rules: { alert?: string; record?: string }[] }[];
        tests?: { name: string }[];
      };
      for (const rule of groups.flatMap(({ rules }) => rules))
        parts.set(`rule ${rule.alert ?? rule.record}`, JSON.stringify(rule));
      for (const one of tests) parts.set(`test ${one.name.split(':')[0]}`, JSON.stringify(one));
      parts.set(path, JSON.stringify(rest));
    } else if (part === 'runbooks') {
      const lines = text.split('\n').map((line) => [/^\| `(\w+)` \|/.exec(line)?.[1], line] as const);
      for (const [alert, line] of lines) if (alert) parts.set(`line ${alert}`, line);
      parts.set(path, lines.flatMap(([alert, line]) => (alert ? [] : [line])).join('\n'));
    } else parts.set(path, text);
  }
  return parts;
}

/** What is to change with one bound: the panels of its threshold, and its alerts with their lines and tests. */
function carriers(
  spec: Spec,
  { id }: ThresholdSpec,
  severity: Severity,
  parts: Map<string, string>,
): string[] {
  const alerts = spec.alerts.filter((one) => one.rule?.threshold === id && one.severity === severity);
  const panels = (spec.kit?.dashboards ?? []).flatMap(({ file, panels }) =>
    panels.filter(({ threshold }) => threshold === id).map(({ title }) => `panel ${file} ${title}`),
  );
  const named = alerts.flatMap(({ name }) => [`rule ${name}`, `line ${name}`, `test ${name}`]);
  return [...panels, ...named].filter((name) => parts.has(name)).sort();
}

describe.each([
  ['shipped', shippedText],
  ['payments', paymentsText],
  ['ferry', otherText],
])('a bound that moves in the %s spec', (_, text) => {
  const spec = specFrom(text);
  const before = partsOf(kitFiles(spec));
  const bounds = (spec.thresholds ?? []).flatMap((threshold) =>
    (['warning', 'critical'] as const).flatMap((severity) =>
      threshold[severity] === null ? [] : [{ threshold, severity, bound: threshold[severity] }],
    ),
  );

  test.each(bounds.map((one) => [`${one.threshold.id} ${one.severity}`, one] as const))(
    '%s: changes what carries it, and nothing else',
    (_name, { threshold, severity, bound }) => {
      const document = parseDocument(text);
      const node = document.getIn(['thresholds', threshold.id, threshold.side, severity], true) as Scalar;
      // By a hundredth towards the other side, which passes no other bound.
      const towards = (severity === 'critical') === (threshold.side === 'above') ? 1 : -1;
      node.value = bound + towards * (bound === 0 ? 0.004 : Math.abs(bound) / 100);
      const after = partsOf(kitFiles(specFrom(document.toString({ lineWidth: 0 }))));
      expect([...after.keys()]).toEqual([...before.keys()]);
      const changed = [...after].flatMap(([name, part]) => (before.get(name) === part ? [] : [name]));
      expect(changed.sort()).toEqual(carriers(spec, threshold, severity, before));
    },
  );
});
